import {
  newKey,
  startTestService,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { idOf, tokenOperation } from './people';

let t: TestService;
let brand: TestBrand;
let id: string;

beforeAll(async () => {
  t = await startTestService();
  brand = await t.createBrand('tripkart');
  id = await idOf(t, brand, { externalId: 'crm-1', email: 'asha@example.in' });
});

afterAll(() => t.close());

interface Payload {
  token: string | null;
  expiresAt: string | null;
  replayed: boolean;
  userErrors: { code: string; field: string[] }[];
}

async function create(input: Record<string, unknown>, bearer = brand.apiKey): Promise<Payload> {
  const variables = { input: { idempotencyKey: newKey(), ...input } };
  const { data, errors } = await t.run(tokenOperation, variables, bearer);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data['createCustomerToken'] as Payload;
}

async function whoAmI(token: string): Promise<unknown> {
  const { data } = await t.run('{ me { id } }', {}, token);
  return data['me'];
}

test('a token speaks for the customer for fifteen minutes unless told otherwise', async () => {
  const before = Date.now();
  const { token, expiresAt, replayed, userErrors } = await create({ customer: { id } });

  expect({ replayed, userErrors }).toEqual({ replayed: false, userErrors: [] });
  expect(await whoAmI(token as string)).toEqual({ id });
  const life = Date.parse(expiresAt as string) - before;
  expect(Math.round(life / 60_000)).toBe(15);
});

test('a replay answers the same token byte for byte, also when time has passed', async () => {
  const input = { customer: { externalId: 'crm-1' }, idempotencyKey: newKey() };
  const first = await create(input);
  t.clock.offsetMs = 5_000;
  const again = await create(input);
  const fresh = await create({ customer: { externalId: 'crm-1' } });
  t.clock.offsetMs = 0;

  expect(again).toEqual({ ...first, replayed: true });
  expect(fresh.token).not.toBe(first.token);
});

test('the stored answer does not hold the token', async () => {
  const { token } = await create({ customer: { id } });
  const [row] = await t.database.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM idempotency_keys WHERE position($1 in answer::text) > 0',
    [token?.split('.')[2]],
  );
  expect(row?.count).toBe(0);
});

test('a token lives from 1 second to a day', async () => {
  const refusal = [{ code: 'INVALID_VALUE', field: ['ttlSeconds'], message: expect.any(String) }];
  for (const ttlSeconds of [-1, 0, 86_401]) {
    const { token, userErrors } = await create({ customer: { id }, ttlSeconds });
    expect({ token, userErrors }).toEqual({ token: null, userErrors: refusal });
  }
  for (const ttlSeconds of [1, 86_400]) {
    const { token, userErrors } = await create({ customer: { id }, ttlSeconds });
    expect({ token, userErrors }).toEqual({ token: expect.any(String), userErrors: [] });
  }
});

test('a token past its time is refused', async () => {
  const { token } = await create({ customer: { id }, ttlSeconds: 60 });
  t.clock.offsetMs = 125_000;
  await expect(whoAmI(token as string)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  t.clock.offsetMs = 0;
});

test.each([
  ['an unknown customer', { externalId: 'nobody' }],
  ['a malformed e-mail', { email: 'asha' }],
  ['an id of another kind', { id: 'brd_01h455vb4pex5vsknk084sn02q' }],
])('%s gets none', async (_, customer) => {
  const { token, expiresAt, userErrors } = await create({ customer });

  expect({ token, expiresAt }).toEqual({ token: null, expiresAt: null });
  expect(userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['customer'] }]);
});

test('neither a customer nor the platform can make one', async () => {
  const { token } = await create({ customer: { id } });
  for (const bearer of [token as string, t.platformKey]) {
    await expect(create({ customer: { id } }, bearer)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  }
});
