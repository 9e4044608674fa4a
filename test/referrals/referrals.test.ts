import { tokenOf } from '../customers/people';
import {
  newKey,
  startTestService,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { activeFriend, balanceOf, claim, codeOf, codesOf, must, person, send } from './friends';

let t: TestService;
let brand: TestBrand;
let other: TestBrand;

beforeAll(async () => {
  t = await startTestService();
  brand = await t.createBrand('kaapico', { budget: 1_000_000 });
  other = await t.createBrand('tripkart', { budget: 1_000_000 });
  await must(t, brand.apiKey, 'upsert-referral-program', { reserve: 100_000, friendMu: 25 });
});

afterAll(() => t.close());

const funds = async (of: TestBrand) =>
  (await t.run('{ brand { budget reserved } }', {}, of.apiKey)).data['brand'];

async function settle(): Promise<void> {
  const { database, clock, log, config } = t.service;
  for (const job of t.service.features.flatMap(({ jobs }) => jobs)) {
    while ((await job.run({ database, clock, log, config, limits: config.limits })) > 0);
  }
}

describe('a programme', () => {
  test('has the published defaults, and sets Mu aside out of the budget', async () => {
    const own = await t.createBrand('program', { budget: 1000 });
    const made = await must(t, own.apiKey, 'upsert-referral-program', {
      reserve: 700,
      friendMu: 50,
    });
    expect(made['referralProgram']).toMatchObject({
      referrerMu: 100,
      friendMu: 50,
      sharePercent: 2,
      shareDays: 90,
      shareCapMu: 200,
      open: true,
      reserved: 700,
    });
    expect(await funds(own)).toEqual({ budget: 300, reserved: 700 });
    const more = await must(t, own.apiKey, 'fund-referral-program', { amount: 100 });
    expect(more['referralProgram']).toMatchObject({ reserved: 800 });
    const same = await must(t, own.apiKey, 'upsert-referral-program', {
      reserve: 800,
      friendMu: 60,
    });
    expect(same['referralProgram']).toMatchObject({
      id: made['referralProgram'].id,
      friendMu: 60,
      reserved: 800,
    });
    const tooMuch = await send(t, own.apiKey, 'fund-referral-program', { amount: 201 });
    expect(tooMuch).toMatchObject({
      referralProgram: null,
      userErrors: [{ code: 'BUDGET_EXHAUSTED', field: ['amount'] }],
    });
  });

  test('gives the rest back when it closes, to the last Mu, and can be opened again', async () => {
    const own = await t.createBrand('closing', { budget: 1000 });
    await must(t, own.apiKey, 'upsert-referral-program', { reserve: 400, friendMu: 0 });
    const customer = await person(t, own);
    const code = await codeOf(t, own, customer);
    const closed = await must(t, own.apiKey, 'upsert-referral-program', {
      friendMu: 0,
      open: false,
    });
    expect(closed['referralProgram']).toMatchObject({ open: false, reserved: 0 });
    expect(await funds(own)).toEqual({ budget: 1000, reserved: 0 });
    const friend = await person(t, own);
    const late = { code, friend: { id: friend.id } };
    expect(codesOf(await send(t, own.apiKey, 'claim-referral', late))).toEqual(['PROGRAM_CLOSED']);
    const link = { customer: { id: customer.id }, channel: 'SMS' };
    expect(codesOf(await send(t, own.apiKey, 'create-referral-link', link))).toEqual([
      'PROGRAM_CLOSED',
    ]);
    await must(t, own.apiKey, 'upsert-referral-program', { reserve: 10, friendMu: 0 });
    await must(t, own.apiKey, 'claim-referral', late);
  });

  test.each([
    [{ friendMu: -1 }, 'AMOUNT_NOT_POSITIVE', 'friendMu'],
    [{ friendMu: 0, referrerMu: 10 ** 15 + 1 }, 'AMOUNT_TOO_LARGE', 'referrerMu'],
    [{ friendMu: 0, sharePercent: 101 }, 'INVALID_VALUE', 'sharePercent'],
    [{ friendMu: 0, shareDays: 3651 }, 'INVALID_VALUE', 'shareDays'],
    [{ friendMu: 0, linkBase: 'http://kaapico.example/' }, 'INVALID_VALUE', 'linkBase'],
    [{ friendMu: 0, reserve: 10 ** 9 }, 'BUDGET_EXHAUSTED', 'reserve'],
  ])('is refused as %j with %s', async (input, code, field) => {
    const own = await t.createBrand(`refused-${newKey().slice(0, 8)}`, { budget: 10 });
    const payload = await send(t, own.apiKey, 'upsert-referral-program', input);
    expect(payload).toMatchObject({
      referralProgram: null,
      userErrors: [{ code, field: [field] }],
    });
    expect(await funds(own)).toEqual({ budget: 10, reserved: 0 });
  });
});

describe('a link', () => {
  test('is one for each customer and channel, with a code of its own', async () => {
    const customer = await person(t, brand);
    const codes = await Promise.all([
      codeOf(t, brand, customer),
      codeOf(t, brand, customer),
      codeOf(t, brand, customer, { channel: 'EMAIL' }),
      codeOf(t, brand, await person(t, brand)),
    ]);
    expect(new Set(codes).size).toBe(3);
    for (const code of codes) expect(code).toMatch(/^[0-9a-z]{16}$/);
  });

  test('leads to a path, or to the brand’s own address', async () => {
    const own = await t.createBrand('addresses', { budget: 10 });
    const customer = await person(t, own);
    const input = { customer: { id: customer.id }, channel: 'SMS' };
    const program = (linkBase: string | null) =>
      must(t, own.apiKey, 'upsert-referral-program', { friendMu: 0, linkBase });
    await program(null);
    const { referralLink: path } = await must(t, own.apiKey, 'create-referral-link', input);
    expect(path.address).toBe(`/r/${path.code}`);
    await program('https://addresses.example/friends?code=');
    const { referralLink: link } = await must(t, own.apiKey, 'create-referral-link', input);
    expect(link.address).toBe(`https://addresses.example/friends?code=${path.code}`);
  });
});

describe('a friend', () => {
  test('is noted, and when the brand knows them both are paid, once', async () => {
    const nisha = await person(t, brand);
    const ira = await person(t, brand);
    const code = await codeOf(t, brand, nisha);
    const claimed = await must(t, brand.apiKey, 'claim-referral', {
      code,
      friend: { id: ira.id },
    });
    expect(claimed['referral']).toMatchObject({ state: 'PENDING', referrerMu: 100, friendMu: 25 });
    expect(await balanceOf(t, brand, nisha)).toBe(0);
    const { id } = claimed['referral'] as { id: string };
    const active = await must(t, brand.apiKey, 'activate-referral', { id });
    const { activatedAt, shareEndsAt } = active['referral'];
    expect(active['referral']).toMatchObject({ state: 'ACTIVE', sharedMu: 0 });
    expect(Date.parse(shareEndsAt) - Date.parse(activatedAt)).toBe(90 * 86_400_000);
    expect([await balanceOf(t, brand, nisha), await balanceOf(t, brand, ira)]).toEqual([100, 25]);
    const again = await send(t, brand.apiKey, 'activate-referral', { id });
    expect(codesOf(again)).toEqual(['ALREADY_RESOLVED']);
    expect(await balanceOf(t, brand, nisha)).toBe(100);
    const told = await t.database.query(
      `SELECT payload FROM outbox WHERE topic = 'referral.activated' AND payload ->> 'referralId' = $1`,
      [id],
    );
    expect(told).toEqual([{ payload: { referralId: id, referrerMu: 100, friendMu: 25 } }]);
  });

  test('is activated by itself once the brand has confirmed an address of theirs', async () => {
    const nisha = await person(t, brand);
    const email = 'confirmed-friend@example.in';
    const ira = await person(t, brand, { email });
    const id = await claim(t, brand, await codeOf(t, brand, nisha), ira);
    await settle();
    expect(await balanceOf(t, brand, nisha)).toBe(0);
    await must(t, brand.apiKey, 'identify-customer', {
      externalId: ira.externalId,
      email,
      confirmed: ['EMAIL'],
    });
    await settle();
    await settle();
    expect([await balanceOf(t, brand, nisha), await balanceOf(t, brand, ira)]).toEqual([100, 25]);
    expect(codesOf(await send(t, brand.apiKey, 'activate-referral', { id }))).toEqual([
      'ALREADY_RESOLVED',
    ]);
  });

  test('waits when the reserve cannot pay both, and neither is paid', async () => {
    const own = await t.createBrand('empty', { budget: 1000 });
    await must(t, own.apiKey, 'upsert-referral-program', { reserve: 124, friendMu: 25 });
    const nisha = await person(t, own);
    const ira = await person(t, own);
    const id = await claim(t, own, await codeOf(t, own, nisha), ira);
    const refused = await send(t, own.apiKey, 'activate-referral', { id });
    expect(codesOf(refused)).toEqual(['BUDGET_EXHAUSTED']);
    await must(t, own.apiKey, 'fund-referral-program', { amount: 1 });
    await must(t, own.apiKey, 'activate-referral', { id });
    expect([await balanceOf(t, own, nisha), await balanceOf(t, own, ira)]).toEqual([100, 25]);
  });

  test('is activated once by 64 callers at the same moment', async () => {
    const nisha = await person(t, brand);
    const ira = await person(t, brand);
    const id = await claim(t, brand, await codeOf(t, brand, nisha), ira);
    const answers = await Promise.all(
      Array.from({ length: 64 }, () => send(t, brand.apiKey, 'activate-referral', { id })),
    );
    expect(answers.filter((answer) => answer['referral'] !== null)).toHaveLength(1);
    expect([await balanceOf(t, brand, nisha), await balanceOf(t, brand, ira)]).toEqual([100, 25]);
  });

  test('came once, whichever of 64 links they used at the same moment', async () => {
    const ira = await person(t, brand);
    const codes = await Promise.all(
      Array.from({ length: 64 }, async () => codeOf(t, brand, await person(t, brand))),
    );
    const claims = await Promise.all(
      codes.map((code) => {
        const input = { code, friend: { id: ira.id } };
        return send(t, brand.apiKey, 'claim-referral', input);
      }),
    );
    const refused = claims.flatMap(codesOf);
    expect(refused).toHaveLength(63);
    expect(new Set(refused)).toEqual(new Set(['ALREADY_REFERRED']));
  });

  test('may claim by their own token, for nobody else', async () => {
    const nisha = await person(t, brand);
    const ira = await person(t, brand);
    const code = await codeOf(t, brand, nisha);
    const token = await tokenOf(t, brand, { id: ira.id });
    const theirs = await send(t, token, 'claim-referral', { code, friend: { id: nisha.id } });
    expect(theirs['userErrors']).toMatchObject([{ code: 'NOT_FOUND', field: ['friend'] }]);
    const own = await must(t, token, 'claim-referral', { code });
    expect(own['referral']).toMatchObject({ state: 'PENDING' });
  });

  test('is nobody of another brand, nor does another brand’s code count', async () => {
    const nisha = await person(t, brand);
    const code = await codeOf(t, brand, nisha);
    await must(t, other.apiKey, 'upsert-referral-program', { reserve: 1000, friendMu: 5 });
    const stranger = await person(t, other);
    const here = await send(t, brand.apiKey, 'claim-referral', {
      code,
      friend: { id: stranger.id },
    });
    expect(here['userErrors']).toMatchObject([{ code: 'NOT_FOUND', field: ['friend'] }]);
    const there = await send(t, other.apiKey, 'claim-referral', {
      code,
      friend: { id: stranger.id },
    });
    expect(there['userErrors']).toMatchObject([{ code: 'NOT_FOUND', field: ['code'] }]);
    const { referral } = await activeFriend(t, brand, nisha);
    const foreign = await send(t, other.apiKey, 'activate-referral', { id: referral });
    expect(codesOf(foreign)).toEqual(['NOT_FOUND']);
  });
});
