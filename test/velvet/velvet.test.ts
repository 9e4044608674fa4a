import jwt from 'jsonwebtoken';
import { tokenOf } from '../customers/people';
import { codesOf, must, person, send } from '../referrals/friends';
import { startTestService, type TestBrand, type TestService } from '../support/test-service';

let t: TestService;
let brand: TestBrand;
let other: TestBrand;

beforeAll(async () => {
  t = await startTestService();
  brand = await t.createBrand('kaapico', { budget: 1000 });
  other = await t.createBrand('tripkart', { budget: 1000 });
});

afterAll(() => t.close());

const by = ({ id }: { id: string }) => ({ customer: { id } });

async function member(): Promise<{ id: string; token: string }> {
  const { id } = await person(t, brand);
  await must(t, brand.apiKey, 'invite-to-velvet', by({ id }));
  const token = await tokenOf(t, brand, { id });
  await must(t, token, 'accept-velvet-invitation');
  return { id, token };
}

async function credentialOf(token: string, input = {}): Promise<string> {
  return (await must(t, token, 'create-velvet-credential', input))['token'] as string;
}

const arrive = (credential: string, at = brand) =>
  send(t, at.apiKey, 'record-velvet-arrival', { credential, storeId: 'MG Road' });

const velvet = `{ velvet { status since revokedAt perks { nodes { name kind redeemedAt } } } }`;

async function seen(bearer: string, { id }: { id: string }) {
  const document = `query ($id: ID!) { customer(by: { id: $id }) ${velvet} }`;
  return (await t.run(document, { id }, bearer)).data['customer']?.velvet;
}

describe('a member', () => {
  test('is invited, accepts, is revoked, and may be invited again; no Mu moves', async () => {
    const customer = await person(t, brand);
    expect(await seen(brand.apiKey, customer)).toBeNull();
    const invited = await must(t, brand.apiKey, 'invite-to-velvet', by(customer));
    expect(invited['velvetMember']).toMatchObject({ status: 'INVITED', since: null });
    expect(codesOf(await send(t, brand.apiKey, 'invite-to-velvet', by(customer)))).toEqual([
      'ALREADY_EXISTS',
    ]);
    const token = await tokenOf(t, brand, { id: customer.id });
    const accepted = await must(t, token, 'accept-velvet-invitation');
    expect(accepted['velvetMember']).toMatchObject({ status: 'ACTIVE' });
    expect(codesOf(await send(t, token, 'accept-velvet-invitation'))).toEqual(['ALREADY_RESOLVED']);
    const revoked = await must(t, brand.apiKey, 'revoke-velvet', by(customer));
    expect(revoked['velvetMember']).toMatchObject({ status: 'REVOKED' });
    expect(codesOf(await send(t, brand.apiKey, 'revoke-velvet', by(customer)))).toEqual([
      'ALREADY_RESOLVED',
    ]);
    expect(codesOf(await send(t, token, 'accept-velvet-invitation'))).toEqual(['ALREADY_RESOLVED']);
    const again = await must(t, brand.apiKey, 'invite-to-velvet', by(customer));
    expect(again['velvetMember']).toMatchObject({
      id: invited['velvetMember'].id,
      status: 'INVITED',
      since: null,
      revokedAt: null,
    });
    const { data } = await t.run('{ brand { budget reserved } }', {}, brand.apiKey);
    expect(data['brand']).toEqual({ budget: 1000, reserved: 0 });
  });

  test('is invited once by 64 callers at the same moment', async () => {
    const customer = await person(t, brand);
    const answers = await Promise.all(
      Array.from({ length: 64 }, () => send(t, brand.apiKey, 'invite-to-velvet', by(customer))),
    );
    expect(answers.filter((one) => one['velvetMember'] !== null)).toHaveLength(1);
  });

  test('accepts for nobody else, and not without an invitation', async () => {
    const customer = await person(t, brand);
    const neighbour = await person(t, brand);
    await must(t, brand.apiKey, 'invite-to-velvet', by(neighbour));
    const token = await tokenOf(t, brand, { id: customer.id });
    for (const input of [{}, by(neighbour)]) {
      const payload = await send(t, token, 'accept-velvet-invitation', input);
      expect(codesOf(payload)).toEqual(['NOT_FOUND']);
    }
    expect(await seen(brand.apiKey, neighbour)).toMatchObject({ status: 'INVITED' });
  });

  test('is one of the brand that invited, and of no other', async () => {
    const email = 'both@example.in';
    const here = await person(t, brand, { email });
    const there = await person(t, other, { email });
    expect(there.id).toBe(here.id);
    await must(t, brand.apiKey, 'invite-to-velvet', by(here));
    expect(await seen(other.apiKey, there)).toBeNull();
    expect(await seen(await tokenOf(t, other, { id: there.id }), there)).toBeNull();
    expect(await seen(await tokenOf(t, brand, { id: here.id }), here)).toMatchObject({
      status: 'INVITED',
    });
    const foreign = await send(t, other.apiKey, 'revoke-velvet', by(await person(t, brand)));
    expect(codesOf(foreign)).toEqual(['NOT_FOUND']);
  });
});

describe('a perk', () => {
  const perk = { kind: 'ACCESS', name: 'Tasting with the roaster' };

  test('is granted to members only and used once, also by 64 callers at the same moment', async () => {
    const stranger = await person(t, brand);
    const refused = await send(t, brand.apiKey, 'grant-perk', { ...by(stranger), ...perk });
    expect(codesOf(refused)).toEqual(['NOT_A_MEMBER']);
    const { id, token } = await member();
    const granted = await must(t, brand.apiKey, 'grant-perk', { ...by({ id }), ...perk });
    const perkId = granted['velvetPerk'].id as string;
    expect(codesOf(await send(t, other.apiKey, 'redeem-perk', { id: perkId }))).toEqual([
      'NOT_FOUND',
    ]);
    const answers = await Promise.all(
      Array.from({ length: 64 }, () => send(t, brand.apiKey, 'redeem-perk', { id: perkId })),
    );
    expect(answers.filter((one) => one['velvetPerk'] !== null)).toHaveLength(1);
    expect(new Set(answers.flatMap(codesOf))).toEqual(new Set(['ALREADY_RESOLVED']));
    expect(await seen(token, { id })).toMatchObject({
      status: 'ACTIVE',
      perks: { nodes: [{ ...perk, redeemedAt: expect.any(String) }] },
    });
  });

  test('cannot be used once the membership was taken back', async () => {
    const { id } = await member();
    const granted = await must(t, brand.apiKey, 'grant-perk', { ...by({ id }), ...perk });
    await must(t, brand.apiKey, 'revoke-velvet', by({ id }));
    const used = await send(t, brand.apiKey, 'redeem-perk', { id: granted['velvetPerk'].id });
    expect(codesOf(used)).toEqual(['NOT_A_MEMBER']);
  });
});

describe('a credential', () => {
  test('shows the store who has come, once, and the brand hears of it', async () => {
    const { id, token } = await member();
    const credential = await credentialOf(token);
    const payload = await arrive(credential);
    expect(payload['velvetArrival']).toMatchObject({
      storeId: 'MG Road',
      customer: { id, velvet: { status: 'ACTIVE' } },
    });
    const told = await t.database.query(
      `SELECT payload FROM outbox WHERE topic = 'velvet.arrived' AND payload ->> 'customerId' = $1`,
      [id],
    );
    const arrivalId = payload['velvetArrival'].id;
    expect(told).toEqual([{ payload: { arrivalId, customerId: id, storeId: 'MG Road' } }]);
    expect(codesOf(await arrive(credential))).toEqual(['ALREADY_RESOLVED']);
    const kept = await t.database.query(
      `SELECT FROM idempotency_keys WHERE strpos(answer::text, $1) > 0`,
      [credential],
    );
    expect(kept).toEqual([]);
  });

  test('is good for one arrival, also when 64 doors read it at the same moment', async () => {
    const { token } = await member();
    const credential = await credentialOf(token);
    const answers = await Promise.all(Array.from({ length: 64 }, () => arrive(credential)));
    expect(answers.filter((one) => one['velvetArrival'] !== null)).toHaveLength(1);
  });

  test('is over after its seconds, from 1 to 300', async () => {
    const { token } = await member();
    for (const ttlSeconds of [0, 301]) {
      const payload = await send(t, token, 'create-velvet-credential', { ttlSeconds });
      expect(payload).toMatchObject({ token: null, userErrors: [{ code: 'INVALID_VALUE' }] });
    }
    const credential = await credentialOf(token, { ttlSeconds: 300 });
    const before = t.clock.offsetMs;
    try {
      t.clock.offsetMs = before + 301_000;
      expect(codesOf(await arrive(credential))).toEqual(['INVALID_CREDENTIAL']);
    } finally {
      t.clock.offsetMs = before;
    }
    expect(codesOf(await arrive(credential))).toEqual([]);
  });

  test('is nothing to another brand, and whatever we did not sign for a door is nothing', async () => {
    const { id, token } = await member();
    const credential = await credentialOf(token);
    expect(codesOf(await arrive(credential, other))).toEqual(['INVALID_CREDENTIAL']);
    const claims = jwt.decode(credential) as Record<string, unknown>;
    const forged = [
      jwt.sign(claims, 'another key'),
      jwt.sign(claims, '', { algorithm: 'none' }),
      `${credential.slice(0, -2)}xx`,
      token,
      id,
      '',
      '\u0000',
    ];
    for (const text of forged) expect(codesOf(await arrive(text))).toEqual(['INVALID_CREDENTIAL']);
    const asToken = await t.run('{ me { id } }', {}, credential).catch((error: unknown) => error);
    expect(asToken).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('is given to members only, and no longer good when the membership was taken back', async () => {
    const stranger = await tokenOf(t, brand, { id: (await person(t, brand)).id });
    expect(codesOf(await send(t, stranger, 'create-velvet-credential'))).toEqual(['NOT_A_MEMBER']);
    const { id, token } = await member();
    const credential = await credentialOf(token);
    await must(t, brand.apiKey, 'revoke-velvet', by({ id }));
    expect(codesOf(await arrive(credential))).toEqual(['NOT_A_MEMBER']);
  });
});
