import fc from 'fast-check';
import { customerId } from '../../src/customers';
import { tokenOf } from '../customers/people';
import { codesOf, must, person, send } from '../referrals/friends';
import { seeded, patienceMs } from '../support/seeded';
import {
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';

let t: TestService;
let brand: TestBrand;
let other: TestBrand;

beforeAll(async () => {
  t = await startTestService();
  brand = await t.createBrand('pageturn');
  other = await t.createBrand('kaapico');
});

afterAll(() => t.close());

const by = ({ id }: { id: string }) => ({ customer: { id } });

const historyOf = `query ($id: ID!, $purpose: ConsentPurpose, $first: Int, $after: String) {
  customer(by: { id: $id }) {
    consents { purpose granted }
    relationship { consentHistory(purpose: $purpose, first: $first, after: $after) {
      nodes { purpose granted toldBy source givenAt } pageInfo { hasNextPage endCursor } } } } }`;

async function view({ id }: { id: string }, bearer: string, args = {}): Promise<Data> {
  const { data, errors } = await t.run(historyOf, { id, ...args }, bearer);
  expect(errors).toBeUndefined();
  return data['customer'] as Data;
}

const wordsOf = async (who: { id: string }, bearer = brand.apiKey): Promise<Data[]> =>
  (await view(who, bearer))['relationship'].consentHistory.nodes as Data[];

/** What was announced of a customer's consents, in order. */
async function announced({ id }: { id: string }): Promise<Data[]> {
  const rows = await t.database.query<{ payload: Data }>(
    `SELECT o.payload FROM outbox o WHERE o.topic = 'consent.changed' AND o.customer_id = $1
     ORDER BY o.id`,
    [customerId.decode(id)],
  );
  return rows.map(({ payload }) => payload);
}

describe('a word of consent', () => {
  test('is granted by the brand, withdrawn by the customer, and both words are kept', async () => {
    const customer = await person(t, brand);
    const granted = await must(t, brand.apiKey, 'grant-consent', {
      ...by(customer),
      purpose: 'MARKETING',
      source: 'the form at the till',
      at: '2026-01-05T10:00:00Z',
    });
    expect(granted['consent']).toMatchObject({
      purpose: 'MARKETING',
      granted: true,
      brand: { slug: 'pageturn' },
    });
    const token = await tokenOf(t, brand, { id: customer.id });
    const withdrawn = await must(t, token, 'withdraw-consent', { purpose: 'MARKETING' });
    expect(withdrawn['consent']).toMatchObject({ granted: false });
    expect(await wordsOf(customer)).toMatchObject([
      { purpose: 'MARKETING', granted: false, toldBy: 'CUSTOMER', source: null },
      {
        purpose: 'MARKETING',
        granted: true,
        toldBy: 'BRAND',
        source: 'the form at the till',
        givenAt: '2026-01-05T10:00:00.000Z',
      },
    ]);
    expect((await view(customer, brand.apiKey))['consents']).toEqual([
      { purpose: 'MARKETING', granted: false },
    ]);
    expect(await announced(customer)).toEqual([
      { purpose: 'MARKETING', granted: true, toldBy: 'BRAND' },
      { purpose: 'MARKETING', granted: false, toldBy: 'CUSTOMER' },
    ]);
  });

  test('is kept when it says the same again, and announced only when something changed', async () => {
    const customer = await person(t, brand);
    const asked = { ...by(customer), purpose: 'PROFILING' };
    for (const _ of [1, 2]) await must(t, brand.apiKey, 'grant-consent', asked);
    expect(await wordsOf(customer)).toHaveLength(2);
    expect(await announced(customer)).toHaveLength(1);
  });

  test('told by a nightly sync is kept only where it is news', async () => {
    const customer = await person(t, brand);
    for (const granted of [true, true, false, false]) {
      await must(t, brand.apiKey, 'identify-customer', {
        externalId: customer.externalId,
        consents: [{ purpose: 'MESSAGES', granted }],
      });
    }
    expect((await wordsOf(customer)).map((word) => word['granted'])).toEqual([false, true]);
    expect(await announced(customer)).toHaveLength(2);
  });

  test('that is older than what counts is kept and changes nothing', async () => {
    const customer = await person(t, brand);
    const said = (at: string) => ({ ...by(customer), purpose: 'MESSAGES', at });
    await must(t, brand.apiKey, 'withdraw-consent', said('2026-03-02T00:00:00Z'));
    const late = await must(t, brand.apiKey, 'grant-consent', said('2026-03-01T00:00:00Z'));
    expect(late['consent']).toMatchObject({ granted: false });
    expect(await wordsOf(customer)).toHaveLength(2);
    expect((await view(customer, brand.apiKey))['consents']).toEqual([
      { purpose: 'MESSAGES', granted: false },
    ]);
  });

  test('claims no time ahead of ours, beyond what clocks differ', async () => {
    const customer = await person(t, brand);
    const said = (seconds: number) => ({
      ...by(customer),
      purpose: 'MESSAGES',
      at: new Date(Date.now() + seconds * 1000).toISOString(),
    });
    expect(codesOf(await send(t, brand.apiKey, 'grant-consent', said(400)))).toEqual([
      'OCCURRED_AT_IN_FUTURE',
    ]);
    await must(t, brand.apiKey, 'grant-consent', said(200));
    const after = await must(t, brand.apiKey, 'withdraw-consent', {
      ...by(customer),
      purpose: 'MESSAGES',
    });
    expect(after['consent']).toMatchObject({ granted: false });
  });

  test('is given to one brand and shown to no other; the person sees all', async () => {
    const email = 'both@example.in';
    const here = await person(t, brand, { email });
    const there = await person(t, other, { email });
    expect(there.id).toBe(here.id);
    await must(t, brand.apiKey, 'grant-consent', { ...by(here), purpose: 'DATA_SHARING' });
    expect(await wordsOf(there, other.apiKey)).toEqual([]);
    const token = await tokenOf(t, other, { id: there.id });
    const { data } = await t.run(
      `{ me { relationships { brand { slug } consentHistory { nodes { purpose } } } } }`,
      {},
      token,
    );
    const relationships = data['me'].relationships as Data[];
    expect(relationships.find((one) => one['brand'].slug === 'pageturn')).toMatchObject({
      consentHistory: { nodes: [{ purpose: 'DATA_SHARING' }] },
    });
    expect(relationships.find((one) => one['brand'].slug === 'kaapico')).toMatchObject({
      consentHistory: { nodes: [] },
    });
  });

  test('is read page by page, and by purpose', async () => {
    const customer = await person(t, brand);
    for (const purpose of ['MESSAGES', 'PROFILING', 'MESSAGES', 'MESSAGES']) {
      await must(t, brand.apiKey, 'grant-consent', { ...by(customer), purpose });
    }
    const first = await view(customer, brand.apiKey, { purpose: 'MESSAGES', first: 2 });
    const page = first['relationship'].consentHistory as Data;
    expect([page['nodes'].length, page['pageInfo'].hasNextPage]).toEqual([2, true]);
    const after = page['pageInfo'].endCursor as string;
    const rest = await view(customer, brand.apiKey, { purpose: 'MESSAGES', first: 2, after });
    expect(rest['relationship'].consentHistory.nodes).toHaveLength(1);
  });

  test('of a stranger is refused, and so is a source that cannot be kept', async () => {
    const foreign = await person(t, other);
    const purpose = 'MESSAGES';
    expect(
      codesOf(await send(t, brand.apiKey, 'grant-consent', { ...by(foreign), purpose })),
    ).toEqual(['NOT_FOUND']);
    const customer = await person(t, brand);
    const asked = { ...by(customer), purpose, source: ' ' };
    expect(codesOf(await send(t, brand.apiKey, 'grant-consent', asked))).toEqual(['INVALID_TEXT']);
  });
});

it(
  'whatever order words arrive in, the one that was said last counts',
  async () => {
    const words = fc.uniqueArray(
      fc.record({ minute: fc.nat(500), granted: fc.boolean() }, { noNullPrototype: true }),
      { minLength: 1, maxLength: 8, selector: ({ minute }) => minute },
    );
    await fc.assert(
      fc.asyncProperty(words, async (said) => {
        const customer = await person(t, brand);
        for (const { minute, granted } of said) {
          await must(t, brand.apiKey, granted ? 'grant-consent' : 'withdraw-consent', {
            ...by(customer),
            purpose: 'MESSAGES',
            at: new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString(),
          });
        }
        const last = said.reduce((a, b) => (b.minute > a.minute ? b : a));
        const { consents } = await view(customer, brand.apiKey);
        expect(consents).toEqual([{ purpose: 'MESSAGES', granted: last.granted }]);
      }),
      seeded(8),
    );
  },
  patienceMs,
);
