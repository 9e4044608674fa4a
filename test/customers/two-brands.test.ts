import fc from 'fast-check';
import { runs } from '../support/long';
import {
  newKey,
  startTestService,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { customersOperation, everything, find, identify, idOf, tokenOperation } from './people';

let t: TestService;
let a: TestBrand;
let b: TestBrand;
let stranger: TestBrand;

beforeAll(async () => {
  t = await startTestService();
  a = await t.createBrand('brand-a');
  b = await t.createBrand('brand-b');
  stranger = await t.createBrand('stranger');
});

afterAll(() => t.close());

const entities = `
  query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on Customer { ${everything} } } }`;

async function entity(bearer: string, key: Record<string, unknown>): Promise<unknown> {
  const representations = [{ __typename: 'Customer', ...key }];
  const { data, errors } = await t.runSubgraph(entities, { representations }, bearer);
  expect(errors).toBeUndefined();
  return data['_entities'][0];
}

/** The codes createCustomerToken refuses with. */
async function tokenRefusal(
  brand: TestBrand,
  customer: Record<string, unknown>,
): Promise<string[]> {
  const input = { customer, idempotencyKey: newKey() };
  const { data } = await t.run(tokenOperation, { input }, brand.apiKey);
  const { userErrors } = data['createCustomerToken'];
  return (userErrors as { code: string }[]).map((error) => error.code);
}

describe('one person, two brands', () => {
  const email = 'meera@example.in';
  const phone = '+919820011111';
  let id: string;

  beforeAll(async () => {
    id = await idOf(t, a, {
      externalId: 'a-1',
      email,
      phone,
      traits: { name: 'Meera', segment: 'best' },
      consents: [{ purpose: 'MESSAGES', granted: true }],
      confirmed: ['PHONE'],
    });
  });

  test('the same e-mail is the same person, and each brand sees what it said itself', async () => {
    const { customer } = await identify(t, b, { email: 'MEERA@example.in', traits: { vip: true } });

    expect(customer?.['id']).toBe(id);
    expect(await find(t, b.apiKey, { id })).toEqual({
      id,
      externalId: null,
      email,
      phone: null,
      name: null,
      traits: { vip: true },
      createdAt: expect.any(String),
      identities: [
        { kind: 'EMAIL', value: email, confirmedAt: null, createdAt: expect.any(String) },
      ],
      consents: [],
      relationship: expect.objectContaining({ externalId: null, brand: { slug: 'brand-b' } }),
      relationships: [expect.objectContaining({ brand: { slug: 'brand-b' } })],
    });
    expect(await find(t, a.apiKey, { id })).toMatchObject({
      externalId: 'a-1',
      phone,
      traits: { name: 'Meera', segment: 'best' },
      consents: [{ purpose: 'MESSAGES' }],
      relationships: [{ brand: { slug: 'brand-a' } }],
    });
  });

  test('a brand finds the person by no key that only the other one said', async () => {
    for (const by of [{ phone }, { externalId: 'a-1' }]) {
      expect(await find(t, b.apiKey, by)).toBeNull();
      expect(await tokenRefusal(b, by)).toEqual(['NOT_FOUND']);
    }
    expect(await entity(b.apiKey, { externalId: 'a-1' })).toBeNull();
    const { data } = await t.run(customersOperation, { filter: { externalId: 'a-1' } }, b.apiKey);
    expect(data['customers'].nodes).toEqual([]);
  });

  test('for a brand without a relationship the person is as one who is not there', async () => {
    for (const by of [{ id }, { email }, { phone }, { externalId: 'a-1' }]) {
      expect(await find(t, stranger.apiKey, by)).toBeNull();
      expect(await tokenRefusal(stranger, by)).toEqual(['NOT_FOUND']);
    }
    for (const key of [{ id }, { email }, { externalId: 'a-1' }]) {
      expect(await entity(stranger.apiKey, key)).toBeNull();
    }
    for (const filter of [{}, { email }, { externalId: 'a-1' }]) {
      const { data } = await t.run(customersOperation, { filter }, stranger.apiKey);
      expect(data['customers'].nodes).toEqual([]);
    }
  });

  test('the id tells no time', async () => {
    const [row] = await t.database.query<{ version: string }>(
      `SELECT substr(id::text, 15, 1) AS version FROM customers LIMIT 1`,
    );
    expect(row?.version).toBe('4');
  });
});

describe('keys that lead to two people', () => {
  test('the brand’s externalId wins, and the directory keeps whom it had', async () => {
    const mine = await idOf(t, a, { externalId: 'a-2' });
    const theirs = await idOf(t, b, { email: 'shared@example.in' });

    expect(await idOf(t, a, { externalId: 'a-2', email: 'shared@example.in' })).toBe(mine);

    expect(await find(t, a.apiKey, { email: 'shared@example.in' })).toMatchObject({ id: mine });
    expect(await find(t, b.apiKey, { email: 'shared@example.in' })).toMatchObject({ id: theirs });
    expect(await idOf(t, stranger, { email: 'shared@example.in' })).toBe(theirs);
  });

  test('the e-mail of the directory wins over its phone', async () => {
    const byEmail = await idOf(t, b, { email: 'first@example.in' });
    await identify(t, b, { phone: '+919820022222' });

    const both = { email: 'first@example.in', phone: '+919820022222' };
    expect(await idOf(t, a, both)).toBe(byEmail);
    expect(await find(t, a.apiKey, { phone: '+919820022222' })).toMatchObject({ id: byEmail });
  });

  test('a brand cannot learn from others that two of its customers are one', async () => {
    await identify(t, a, { email: 'linked@example.in', phone: '+919820033333' });
    const known = await idOf(t, b, { externalId: 'b-3', phone: '+919820033333' });

    const guessed = await identify(t, b, { externalId: 'b-4', email: 'linked@example.in' });

    expect(guessed.userErrors).toEqual([]);
    expect(guessed.customer).toMatchObject({ externalId: 'b-4' });
    expect(guessed.customer?.['id']).not.toBe(known);
  });
});

type Key = 'externalId' | 'email' | 'phone';
interface Call {
  keys: Partial<Record<Key, number>>;
  trait: number | null;
  confirmed: boolean;
}

const call: fc.Arbitrary<Call> = fc.record({
  keys: fc.record(
    { externalId: fc.nat(2), email: fc.nat(2), phone: fc.nat(2) },
    { requiredKeys: [] },
  ),
  trait: fc.option(fc.nat(2)),
  confirmed: fc.boolean(),
});

/** The call in a world of keys of its own. */
function inWorld(world: number, { keys, trait, confirmed }: Call): Record<string, unknown> {
  const { externalId, email, phone } = keys;
  return {
    ...(externalId === undefined ? {} : { externalId: `w${world}-x${externalId}` }),
    ...(email === undefined ? {} : { email: `w${world}-e${email}@example.in` }),
    ...(phone === undefined ? {} : { phone: `+9198${10_000_000 + world * 10 + phone}` }),
    ...(trait === null ? {} : { traits: { note: trait } }),
    ...(confirmed && email !== undefined ? { confirmed: ['EMAIL'] } : {}),
  };
}

/** An answer without what may differ from world to world: names of keys, ids, moments. */
function plain(answers: unknown[], world: number): unknown {
  const ids: string[] = [];
  const text = JSON.stringify(answers)
    .replaceAll(`w${world}-`, '')
    .replace(/\+9198(\d{8})/g, (_, digits: string) => `phone ${Number(digits) % 10}`)
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'moment')
    .replace(/cus_\w+/g, (id) => {
      if (!ids.includes(id)) ids.push(id);
      return `customer ${ids.indexOf(id)}`;
    });
  return JSON.parse(text);
}

let worlds = 0;

/** What brand A is answered to its calls and to a look at everything, with B's calls in between. */
async function history(calls: { call: Call; byB: boolean }[], withB: boolean): Promise<unknown> {
  const world = (worlds += 1);
  const answers: unknown[] = [];
  for (const { call: said, byB } of calls) {
    if (byB && !withB) continue;
    const answer = await identify(t, byB ? b : a, inWorld(world, said));
    if (!byB) answers.push(answer);
  }
  for (const at of [0, 1, 2]) {
    for (const key of ['externalId', 'email', 'phone'] as const) {
      const asked = inWorld(world, { keys: { [key]: at }, trait: null, confirmed: false });
      const found = await find(t, a.apiKey, asked);
      found?.['identities'].sort((x: { value: string }, y: { value: string }) =>
        x.value < y.value ? -1 : 1,
      );
      answers.push(found);
    }
  }
  answers.forEach((answer) => {
    const customer = (answer as { customer?: { identities: { value: string }[] } | null } | null)
      ?.customer;
    customer?.identities.sort((x, y) => (x.value < y.value ? -1 : 1));
  });
  return plain(answers, world);
}

test('a brand is answered the same whatever another brand does', async () => {
  const calls = fc.array(fc.record({ call, byB: fc.boolean() }), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(calls, async (said) => {
      expect(await history(said, true)).toEqual(await history(said, false));
    }),
    { numRuns: runs(15) },
  );
});
