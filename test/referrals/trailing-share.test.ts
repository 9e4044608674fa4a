import fc from 'fast-check';
import { patienceMs, seeded } from '../support/seeded';
import {
  newKey,
  startTestService,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { activeFriend, balanceOf, codesOf, earn, earnRule, must, person, send } from './friends';

let t: TestService;
let brand: TestBrand;

const amounts = { OPEN: 1, CLICK: 3, READ: 7, SURVEY: 49, QUIZ: 50, SCAN: 999, ATTEND: 12_345 };
type Action = keyof typeof amounts;
const actions = Object.keys(amounts) as Action[];

beforeAll(async () => {
  t = await startTestService();
  brand = await t.createBrand('sharing', { budget: 1_000_000_000 });
  for (const action of actions) await earnRule(t, brand, action, amounts[action]);
  await must(t, brand.apiKey, 'upsert-referral-program', {
    reserve: 1_000_000,
    referrerMu: 0,
    friendMu: 0,
  });
});

afterAll(() => t.close());

const day = 86_400_000;
const scan = { action: 'SCAN' };

const funds = async (of: TestBrand) =>
  (await t.run('{ brand { budget reserved } }', {}, of.apiKey)).data['brand'];

test('pays the referrer 2 percent in the transaction that pays the friend', async () => {
  const nisha = await person(t, brand);
  const { friend, referral } = await activeFriend(t, brand, nisha);
  const earned = await earn(t, brand, friend, 'QUIZ');
  expect(await balanceOf(t, brand, nisha)).toBe(1);
  const document = `query ($id: ID!) { node(id: $id) { ... on Referral { sharedMu
    payments { nodes { purpose amount transfer { kind reason event { id } } } } } } }`;
  const { data } = await t.run(document, { id: referral }, brand.apiKey);
  expect(data['node']).toEqual({
    sharedMu: 1,
    payments: {
      nodes: [
        {
          purpose: 'SHARE',
          amount: 1,
          transfer: {
            kind: 'GRANT',
            reason: '2 % of what a friend you brought earned',
            event: { id: earned['event'].id },
          },
        },
      ],
    },
  });
});

test('carries hundredths from grant to grant', async () => {
  const nisha = await person(t, brand);
  const { friend } = await activeFriend(t, brand, nisha);
  await earn(t, brand, friend, 'SURVEY');
  expect(await balanceOf(t, brand, nisha)).toBe(0);
  await earn(t, brand, friend, 'OPEN');
  expect(await balanceOf(t, brand, nisha)).toBe(1);
});

test(
  'pays the same for any split into grants, never above the cap, never twice',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...actions), { minLength: 1, maxLength: 12 }),
        fc.nat({ max: 11 }),
        fc.boolean(),
        async (done, repeated, together) => {
          const nisha = await person(t, brand);
          const { friend } = await activeFriend(t, brand, nisha);
          const events = done.map((action) => ({ action, idempotencyKey: newKey() }));
          const tell = async ({ action, idempotencyKey }: (typeof events)[number]) =>
            earn(t, brand, friend, action, { idempotencyKey });
          if (together) await Promise.all(events.map(tell));
          else for (const event of events) await tell(event);
          const replayed = await tell(events[repeated % events.length]!);
          expect(replayed['replayed']).toBe(true);
          const total = done.reduce((sum, action) => sum + amounts[action], 0);
          const expected = Math.min(200, Math.floor((total * 2) / 100));
          expect(await balanceOf(t, brand, nisha)).toBe(expected);
        },
      ),
      seeded(15),
    );
  },
  patienceMs,
);

test('ends after its days, and begins with the activation', async () => {
  const nisha = await person(t, brand);
  const { friend } = await activeFriend(t, brand, nisha);
  const start = t.clock.offsetMs;
  try {
    t.clock.offsetMs = start + 90 * day - 60_000;
    await earn(t, brand, friend, 'SCAN');
    expect(await balanceOf(t, brand, nisha)).toBe(19);
    t.clock.offsetMs = start + 90 * day + 60_000;
    await earn(t, brand, friend, 'SCAN');
    expect(await balanceOf(t, brand, nisha)).toBe(19);
  } finally {
    t.clock.offsetMs = start;
  }
});

test('a friend of a friend pays nobody above', async () => {
  const nisha = await person(t, brand);
  const { friend: ira } = await activeFriend(t, brand, nisha);
  const { friend: om } = await activeFriend(t, brand, ira);
  await earn(t, brand, om, 'ATTEND');
  expect(await balanceOf(t, brand, ira)).toBe(200);
  expect(await balanceOf(t, brand, nisha)).toBe(0);
});

test('what the friend earns with another brand pays nothing', async () => {
  const other = await t.createBrand('elsewhere', { budget: 10_000 });
  await earnRule(t, other, 'SCAN', 999);
  const nisha = await person(t, brand);
  const { friend } = await activeFriend(t, brand, nisha);
  const email = `${friend.externalId}@example.in`;
  await must(t, brand.apiKey, 'identify-customer', { externalId: friend.externalId, email });
  const there = await person(t, other, { email });
  expect(there.id).toBe(friend.id);
  await earn(t, other, there, 'SCAN');
  expect(await balanceOf(t, brand, nisha)).toBe(0);
});

test('stays owed while the reserve is empty, and the friend is paid all the same', async () => {
  const own = await t.createBrand('short', { budget: 10_000 });
  await earnRule(t, own, 'SCAN', 999);
  const terms = { referrerMu: 0, friendMu: 0 };
  await must(t, own.apiKey, 'upsert-referral-program', { ...terms, reserve: 10 });
  const nisha = await person(t, own);
  const { friend } = await activeFriend(t, own, nisha);
  const first = await earn(t, own, friend, 'SCAN');
  expect(first['grants']).toMatchObject([{ amount: 999 }]);
  expect(await balanceOf(t, own, nisha)).toBe(10);
  await must(t, own.apiKey, 'fund-referral-program', { amount: 100 });
  await earn(t, own, friend, 'SCAN');
  expect(await balanceOf(t, own, nisha)).toBe(Math.floor((2 * 999 * 2) / 100));
});

test('a batch of 500 events of two friends of one referrer pays both shares exactly', async () => {
  const nisha = await person(t, brand);
  const { friend: ira } = await activeFriend(t, brand, nisha);
  const { friend: om } = await activeFriend(t, brand, nisha);
  const events = Array.from({ length: 500 }, (_, n) => ({
    customer: { id: (n % 2 === 0 ? ira : om).id },
    action: 'READ',
    idempotencyKey: newKey(),
  }));
  const document = `mutation ($input: RecordAttentionBatchInput!) {
    recordAttentionBatch(input: $input) { results { grants { amount } } } }`;
  const { errors } = await t.run(document, { input: { events } }, brand.apiKey);
  expect(errors).toBeUndefined();
  expect(await balanceOf(t, brand, nisha)).toBe(2 * Math.floor((250 * 7 * 2) / 100));
});

test('a brand without a programme asks the database for no referral', async () => {
  const asked: string[] = [];
  const hooks = { beforeStatement: (text: string) => void asked.push(text) };
  const second = await startTestService({ hooks, database: t.database });
  try {
    const plain = await second.createBrand('plain', { budget: 100 });
    await earnRule(second, plain, 'SCAN', 1);
    const customer = await person(second, plain);
    asked.length = 0;
    await earn(second, plain, customer, 'SCAN');
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.filter((text) => text.includes('referrals'))).toEqual([]);
    const known = await person(second, brand);
    asked.length = 0;
    await earn(second, brand, known, 'SCAN');
    expect(asked.filter((text) => text.includes('referrals'))).toHaveLength(1);
  } finally {
    await second.close();
  }
});

describe('a fraud', () => {
  test('is taken back by reversing the payments: the share ends, the reserve has its Mu again', async () => {
    const own = await t.createBrand('fraud', { budget: 10_000 });
    await earnRule(t, own, 'SCAN', 999);
    await must(t, own.apiKey, 'upsert-referral-program', { reserve: 500, friendMu: 0 });
    const nisha = await person(t, own);
    const { friend, referral } = await activeFriend(t, own, nisha);
    await earn(t, own, friend, 'SCAN');
    expect(await balanceOf(t, own, nisha)).toBe(119);
    const document = `query ($id: ID!) { node(id: $id) { ... on Referral { state sharedMu
      payments { nodes { purpose transfer { id } } } } } }`;
    const { data } = await t.run(document, { id: referral }, own.apiKey);
    for (const { transfer } of data['node'].payments.nodes) {
      const reason = 'REFERRAL_FRAUD';
      await must(t, own.apiKey, 'reverse-transfer', { id: transfer.id, reason });
      const again = await send(t, own.apiKey, 'reverse-transfer', { id: transfer.id, reason });
      expect(codesOf(again)).toEqual(['ALREADY_REVERSED']);
    }
    expect(await balanceOf(t, own, nisha)).toBe(0);
    expect(await funds(own)).toEqual({ budget: 10_000 - 500 - 999, reserved: 500 });
    const after = await t.run(document, { id: referral }, own.apiKey);
    expect(after.data['node']).toMatchObject({ state: 'REVERSED' });
    await earn(t, own, friend, 'SCAN');
    expect(await balanceOf(t, own, nisha)).toBe(0);
  });
});

test('is in step with attention and activations of many at once', async () => {
  const own = await t.createBrand('storm', { budget: 1_000_000 });
  await earnRule(t, own, 'SCAN', 999);
  await must(t, own.apiKey, 'upsert-referral-program', { reserve: 100_000, friendMu: 10 });
  const referrers = await Promise.all([1, 2, 3, 4].map(() => person(t, own)));
  const friends = await Promise.all(
    Array.from({ length: 16 }, (_, n) => activeFriend(t, own, referrers[n % 4]!)),
  );
  const work = friends.flatMap(({ friend, referral }) => [
    ...Array.from({ length: 4 }, () => earn(t, own, friend, scan.action)),
    send(t, own.apiKey, 'activate-referral', { id: referral }),
  ]);
  await Promise.all(work);
  for (const referrer of referrers) {
    expect(await balanceOf(t, own, referrer)).toBe(4 * (100 + Math.floor((4 * 999 * 2) / 100)));
  }
});
