import { newKey, type Data } from '../support/test-service';
import { idOf, tokenOf } from '../customers/people';
import { codesOf, poll, preference, preferencesOperation, Stand } from './stand';

let stand: Stand;

beforeAll(async () => {
  stand = await Stand.open('pageturn');
});
afterAll(() => stand.close());
afterEach(() => {
  stand.t.clock.offsetMs = 0;
});

async function told(customer: string, bearer = stand.brand.apiKey): Promise<Data[]> {
  const { customer: seen } = await stand.ask(
    preferencesOperation,
    { by: { id: customer } },
    bearer,
  );
  return seen.preferences.nodes as Data[];
}

const receipt = {
  purpose: 'To recommend books.',
  text: 'We keep your answer to recommend books.',
  version: '2026-11',
  givenAt: expect.any(String) as unknown,
};

it('pays an answer and keeps the receipt of what was agreed to', async () => {
  const [magnet, customer] = [await stand.magnet(preference()), await stand.customer()];
  const answered = await stand.answer(magnet, customer, { preference: { choice: 2 } });
  expect(answered).toMatchObject({
    response: { mu: 15, consent: receipt },
    wallet: { balance: 15 },
  });
  expect(await told(customer)).toMatchObject([
    { choices: [2], text: null, mu: 15, withdrawnAt: null, consent: receipt },
  ]);
});

it('takes a text where there are no options, and keeps it out of what is replayed', async () => {
  const magnet = await stand.magnet(preference({ options: undefined }));
  const customer = await stand.customer();
  const words = 'Marathi poetry of the seventies';
  expect(codesOf(await stand.answer(magnet, customer, { preference: { choice: 0 } }))).toEqual([
    'INVALID_VALUE',
  ]);
  await stand.answer(magnet, customer, { preference: { text: words } });
  expect(await told(customer)).toMatchObject([{ choices: [], text: words }]);
  const copies = await stand.t.database.query(
    `SELECT 1 FROM idempotency_keys WHERE answer::text LIKE '%' || $1 || '%'
     UNION ALL SELECT 1 FROM transfers WHERE reason LIKE '%' || $1 || '%'
     UNION ALL SELECT 1 FROM attention_events WHERE properties::text LIKE '%' || $1 || '%'
     UNION ALL SELECT 1 FROM outbox WHERE payload::text LIKE '%' || $1 || '%'`,
    [words],
  );
  expect(copies).toEqual([]);
});

it('pays again only after the days the brand said', async () => {
  const day = 86_400_000;
  const magnet = await stand.magnet(preference({ reaskAfterDays: 30 }));
  const customer = await stand.customer();
  const answer = (choice: number) => stand.answer(magnet, customer, { preference: { choice } });
  expect(codesOf(await answer(0))).toEqual([]);
  expect(codesOf(await answer(1))).toEqual(['ALREADY_ANSWERED']);
  stand.t.clock.offsetMs = 30 * day - 60_000;
  expect(codesOf(await answer(1))).toEqual(['ALREADY_ANSWERED']);
  stand.t.clock.offsetMs = 30 * day;
  expect(await answer(1)).toMatchObject({ response: { mu: 15 }, wallet: { balance: 30 } });
  expect(codesOf(await answer(2))).toEqual(['ALREADY_ANSWERED']);
  expect((await told(customer)).map(({ choices }) => choices as number[])).toEqual([[1], [0]]);
});

describe('withdrawing', () => {
  it('takes the answer from the brand for good; the Mu and the fact stay', async () => {
    const [magnet, customer] = [await stand.magnet(preference()), await stand.customer()];
    const key = newKey();
    const input = {
      magnetId: magnet,
      customer: { id: customer },
      answer: { preference: { choice: 1 } },
    };
    const answered = await stand.call('submitMagnetResponse', { ...input, idempotencyKey: key });
    const token = await stand.token(customer);
    const responseId = answered['response'].id as string;
    const withdrawn = await stand.call('withdrawAnswer', { responseId }, token);
    expect(withdrawn).toMatchObject({ response: { id: responseId, choices: [] }, userErrors: [] });
    expect(await told(customer)).toEqual([]);
    const own = await told(customer, token);
    expect(own).toMatchObject([{ choices: [], text: null, mu: 15, consent: receipt }]);
    expect(own[0]?.['withdrawnAt']).not.toBeNull();
    expect(await stand.balance(customer)).toBe(15);
    const rows = await stand.t.database.query(
      'SELECT answers FROM magnet_responses WHERE answers IS NULL',
    );
    expect(rows).toHaveLength(1);
    expect(codesOf(await stand.answer(magnet, customer, { preference: { choice: 0 } }))).toEqual([
      'ALREADY_ANSWERED',
    ]);
    expect(await stand.call('withdrawAnswer', { responseId })).toMatchObject({ userErrors: [] });
    const announced = await stand.t.database.query(
      `SELECT payload FROM outbox WHERE topic = 'magnet.withdrawn'`,
    );
    expect(announced).toEqual([{ payload: { magnetId: magnet, responseId } }]);
  });

  it('is for the person who answered and the brand they told, and for nothing but that', async () => {
    const [magnet, vote] = [await stand.magnet(preference()), await stand.magnet(poll())];
    const [one, two] = [await stand.customer(), await stand.customer()];
    const answer = await stand.answer(magnet, one, { preference: { choice: 1 } });
    const voted = await stand.answer(vote, one, { poll: 1 });
    const responseId = answer['response'].id as string;
    const codes = async (id: string, bearer?: string) =>
      codesOf(await stand.call('withdrawAnswer', { responseId: id }, bearer));
    expect(await codes(responseId, await stand.token(two))).toEqual(['NOT_FOUND']);
    const other = await stand.beside('other-pages');
    expect(await codes(responseId, other.brand.apiKey)).toEqual(['NOT_FOUND']);
    expect(await codes(voted['response'].id as string)).toEqual(['INVALID_VALUE']);
    expect(await told(one)).toMatchObject([{ choices: [1] }]);
  });
});

it('shows a brand what it was told, and the person what they told every brand', async () => {
  const other = await stand.beside('rival-pages');
  const email = 'both@example.in';
  const mine = await idOf(stand.t, stand.brand, { externalId: 'both', email });
  const theirs = await idOf(stand.t, other.brand, { externalId: 'both', email });
  const [here, there] = [await stand.magnet(preference()), await other.magnet(preference())];
  await stand.answer(here, mine, { preference: { choice: 0 } });
  const elsewhere = await other.answer(there, theirs, { preference: { choice: 2 } });
  expect(await told(mine)).toMatchObject([{ choices: [0] }]);
  expect(await told(theirs, other.brand.apiKey)).toMatchObject([{ choices: [2] }]);
  const token = await tokenOf(stand.t, stand.brand, { id: mine });
  expect((await told(mine, token)).map(({ choices }) => choices as number[])).toEqual([[2], [0]]);
  const responseId = elsewhere['response'].id as string;
  expect(await stand.call('withdrawAnswer', { responseId }, token)).toMatchObject({
    userErrors: [],
  });
  expect(await told(theirs, other.brand.apiKey)).toEqual([]);
});
