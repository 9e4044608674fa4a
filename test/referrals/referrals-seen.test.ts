import { tokenOf } from '../customers/people';
import { startTestService, type TestBrand, type TestService } from '../support/test-service';
import { activeFriend, must, person } from './friends';

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

describe('what people see', () => {
  const list = `{ referrals { nodes { id state referrer { id } friend { id } link { code }
    payments { nodes { purpose amount transfer { amount } } } } } }`;

  test('a brand sees both and what was paid; each of the two sees their own part', async () => {
    const own = await t.createBrand('eyes', { budget: 1000 });
    await must(t, own.apiKey, 'upsert-referral-program', { reserve: 500, friendMu: 25 });
    const nisha = await person(t, own);
    const { friend: ira, referral } = await activeFriend(t, own, nisha);
    const { data } = await t.run(list, {}, own.apiKey);
    expect(data['referrals'].nodes).toMatchObject([
      {
        id: referral,
        state: 'ACTIVE',
        referrer: { id: nisha.id },
        friend: { id: ira.id },
        link: { code: expect.any(String) },
        payments: {
          nodes: expect.arrayContaining([
            { purpose: 'REFERRER', amount: 100, transfer: { amount: 100 } },
            { purpose: 'FRIEND', amount: 25, transfer: { amount: 25 } },
          ]),
        },
      },
    ]);
    const asNisha = await t.run(list, {}, await tokenOf(t, own, { id: nisha.id }));
    expect(asNisha.data['referrals'].nodes).toMatchObject([
      {
        referrer: { id: nisha.id },
        friend: null,
        payments: { nodes: [{ purpose: 'REFERRER', amount: 100 }] },
      },
    ]);
    const ofIra = await tokenOf(t, own, { id: ira.id });
    expect((await t.run(list, {}, ofIra)).data['referrals'].nodes).toEqual([]);
    const node = `query ($id: ID!) { node(id: $id) { ... on Referral { state link { code }
      payments { nodes { purpose } } } } }`;
    const mine = await t.run(node, { id: referral }, ofIra);
    expect(mine.data['node']).toEqual({
      state: 'ACTIVE',
      link: null,
      payments: { nodes: [{ purpose: 'FRIEND' }] },
    });
    expect((await t.run(node, { id: referral }, other.apiKey)).data['node']).toBeNull();
    const stranger = await tokenOf(t, own, { id: (await person(t, own)).id });
    expect((await t.run(node, { id: referral }, stranger)).data['node']).toBeNull();
  });

  test('a customer sees the terms of the brand, and nothing of its reserve', async () => {
    const token = await tokenOf(t, brand, { id: (await person(t, brand)).id });
    const document = '{ brand { referralProgram { friendMu reserved } } }';
    const { data } = await t.run(document, {}, token);
    expect(data['brand'].referralProgram).toEqual({ friendMu: 25, reserved: 0 });
  });

  test('a page of customers reads their referrals, and what was paid for them, in one statement each', async () => {
    for (let at = 0; at < 3; at += 1) await activeFriend(t, brand, await person(t, brand));
    const document = (fields: string) => `{ customers(first: 10) { nodes { id ${fields} } } }`;
    const without = await t.run(document(''), {}, brand.apiKey);
    const withThem = await t.run(
      document('referrals(first: 3) { nodes { payments(first: 2) { nodes { amount } } } }'),
      {},
      brand.apiKey,
    );
    expect(withThem.statements - without.statements).toBe(2);
  });
});
