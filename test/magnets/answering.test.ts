import { newKey, type Data } from '../support/test-service';
import { codesOf, feedback, magnetOperation, poll, prediction, quiz, Stand } from './stand';

let stand: Stand;

beforeAll(async () => {
  stand = await Stand.open('pageturn');
});
afterAll(() => stand.close());

describe('a quiz', () => {
  it('pays for each right answer and tells how many were right', async () => {
    const [magnet, customer] = [await stand.magnet(quiz()), await stand.customer()];
    const answered = await stand.answer(magnet, customer, { quiz: [0, 1, 2, 0, 0] });
    expect(answered).toMatchObject({
      response: { mu: 20, right: 4, of: 5, outcome: null },
      grants: [
        { amount: 20, reason: expect.stringMatching(/^Took a quiz: Magnet \d+, 4 of 5 right$/) },
      ],
      wallet: { balance: 20 },
      replayed: false,
      userErrors: [],
    });
  });

  it('takes one attempt of a customer, also one without a right answer', async () => {
    const [magnet, customer] = [await stand.magnet(quiz()), await stand.customer()];
    const wrong = await stand.answer(magnet, customer, { quiz: [1, 0, 0, 1, 0] });
    expect(wrong).toMatchObject({ response: { mu: 0, right: 0 }, grants: [], userErrors: [] });
    const again = await stand.answer(magnet, customer, { quiz: [0, 1, 2, 0, 1] });
    expect([again['response'], codesOf(again)]).toEqual([null, ['ALREADY_ANSWERED']]);
    expect(await stand.balance(customer)).toBe(0);
  });

  it('tells customers what is right after they answered, and not before', async () => {
    const [magnet, customer] = [await stand.magnet(quiz(5, 2)), await stand.customer()];
    const token = await stand.token(customer);
    const rights = async (bearer: string) => {
      const { magnet: seen } = await stand.ask(magnetOperation, { id: magnet }, bearer);
      return (seen.questions as Data[]).map(({ right }) => right as number | null);
    };
    expect(await rights(stand.brand.apiKey)).toEqual([0, 1]);
    expect(await rights(token)).toEqual([null, null]);
    const input = { magnetId: magnet, answer: { quiz: [0, 2] } };
    const answered = await stand.call('submitMagnetResponse', input, token);
    expect(answered).toMatchObject({ response: { right: 1, of: 2 }, wallet: { balance: 5 } });
    expect(await rights(token)).toEqual([0, 1]);
  });

  it('refuses too few answers and options that are not there', async () => {
    const [magnet, customer] = [await stand.magnet(quiz(5, 2)), await stand.customer()];
    for (const answer of [[0], [0, 1, 2], [0, 3], [-1, 0]]) {
      expect(codesOf(await stand.answer(magnet, customer, { quiz: answer }))).toEqual([
        'INVALID_VALUE',
      ]);
    }
    expect(codesOf(await stand.answer(magnet, customer, { poll: 0 }))).toEqual(['INVALID_VALUE']);
    expect(await stand.answer(magnet, customer, { quiz: [0, 1] })).toMatchObject({
      response: { right: 2 },
    });
  });
});

describe('a poll', () => {
  it('pays a vote once and shows what others chose to those who voted', async () => {
    const [magnet, one, two] = [
      await stand.magnet(poll()),
      await stand.customer(),
      await stand.customer(),
    ];
    const results = async (bearer: string) => {
      const { magnet: seen } = await stand.ask(magnetOperation, { id: magnet }, bearer);
      return (seen.results as Data[] | null)?.map(({ responses }) => responses as number) ?? null;
    };
    const token = await stand.token(one);
    expect(await results(token)).toBeNull();
    expect(await stand.answer(magnet, one, { poll: 1 })).toMatchObject({ response: { mu: 3 } });
    expect(await stand.answer(magnet, two, { poll: 1 })).toMatchObject({ response: { mu: 3 } });
    expect(codesOf(await stand.answer(magnet, one, { poll: 2 }))).toEqual(['ALREADY_ANSWERED']);
    expect(await results(token)).toEqual([0, 2, 0]);
    expect(await results(stand.brand.apiKey)).toEqual([0, 2, 0]);
  });

  it('takes one vote of 64 clients at once', async () => {
    const [magnet, customer] = [await stand.magnet(poll(7)), await stand.customer()];
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, at) => stand.answer(magnet, customer, { poll: at % 3 })),
    );
    expect(answers.filter(({ response }) => response !== null)).toHaveLength(1);
    expect(await stand.balance(customer)).toBe(7);
    const { magnet: seen } = await stand.ask(magnetOperation, { id: magnet });
    const counted = (seen.results as Data[]).map(({ responses }) => responses as number);
    expect(counted.reduce((sum, count) => sum + count)).toBe(1);
  });
});

describe('feedback', () => {
  it('pays a score and a line of text, which only the brand and the customer read', async () => {
    const [magnet, customer] = [await stand.magnet(feedback()), await stand.customer()];
    const words = 'The courier was late';
    const key = newKey();
    const input = {
      magnetId: magnet,
      customer: { id: customer },
      answer: { feedback: { score: 2, text: words } },
      idempotencyKey: key,
    };
    expect(await stand.call('submitMagnetResponse', input)).toMatchObject({ response: { mu: 4 } });
    const document = `query ($id: ID!) { magnet(id: $id) { responses { nodes { score text } }
      ... on FeedbackMagnet { scores { score responses } } } }`;
    const { magnet: seen } = await stand.ask(document, { id: magnet });
    expect(seen).toEqual({
      responses: { nodes: [{ score: 2, text: words }] },
      scores: [{ score: 2, responses: 1 }],
    });
    const stored = await stand.t.database.query(
      `SELECT 1 FROM idempotency_keys WHERE answer::text LIKE '%' || $1 || '%'
       UNION ALL SELECT 1 FROM transfers WHERE reason LIKE '%' || $1 || '%'
       UNION ALL SELECT 1 FROM outbox WHERE payload::text LIKE '%' || $1 || '%'
       UNION ALL SELECT 1 FROM attention_events WHERE properties::text LIKE '%' || $1 || '%'`,
      [words],
    );
    expect(stored).toEqual([]);
  });

  it('refuses scores beside the scale and texts that cannot be shown', async () => {
    const [magnet, customer] = [await stand.magnet(feedback()), await stand.customer()];
    const code = async (answer: object) =>
      codesOf(await stand.answer(magnet, customer, { feedback: answer }));
    expect(await code({ score: 0 })).toEqual(['INVALID_VALUE']);
    expect(await code({ score: 6 })).toEqual(['INVALID_VALUE']);
    expect(await code({ score: 3, text: 'a\u0000b' })).toEqual(['INVALID_TEXT']);
    expect(await code({ score: 5 })).toEqual([]);
  });
});

describe('what pays', () => {
  it("is the message's reserve as far as its offer goes, and each answer is attention on it", async () => {
    const record = `mutation ($input: RecordMessageInput!) {
      recordMessage(input: $input) { message { id } } }`;
    const input = { externalId: 'm-1', channel: 'EMAIL', audience: 2, actionMuMax: 12 };
    const recorded = await stand.ask(record, { input: { ...input, idempotencyKey: newKey() } });
    const messageId = recorded['recordMessage'].message.id as string;
    const [magnet, customer] = [await stand.magnet(quiz(), { messageId }), await stand.customer()];
    const before = await stand.funds();
    const answered = await stand.answer(magnet, customer, { quiz: [0, 1, 2, 0, 1] });
    expect(answered).toMatchObject({ response: { mu: 12, right: 5 }, grants: [{ amount: 12 }] });
    expect(await stand.funds()).toEqual({
      budget: before.budget,
      reserved: before.reserved - 12,
    });
    const document = `query ($id: ID!) { message(id: $id) { magnets { id } }
      customer(by: {id: "${customer}"}) { attention { nodes { action message { id } transfers { amount } } } } }`;
    const seen = await stand.ask(document, { id: messageId });
    expect(seen['message'].magnets).toEqual([{ id: magnet }]);
    expect(seen['customer'].attention.nodes).toEqual([
      { action: 'QUIZ', message: { id: messageId }, transfers: [{ amount: 12 }] },
    ]);
  });

  it('is the budget without a message; an empty one keeps the answer and says so', async () => {
    const poor = await stand.beside('poor-house', 4);
    const magnet = await poor.magnet(poll(3));
    const [one, two] = [await poor.customer(), await poor.customer()];
    expect(await poor.answer(magnet, one, { poll: 0 })).toMatchObject({ response: { mu: 3 } });
    const unpaid = await poor.answer(magnet, two, { poll: 0 });
    expect(unpaid).toMatchObject({ response: { mu: 0 }, grants: [] });
    expect(codesOf(unpaid)).toEqual(['BUDGET_EXHAUSTED']);
    expect(await poor.funds()).toEqual({ budget: 1, reserved: 0 });
  });
});

describe('who answers', () => {
  it('is named by a brand, and is the customer themselves by a token', async () => {
    const magnet = await stand.magnet(poll());
    const [one, two] = [await stand.customer(), await stand.customer()];
    const token = await stand.token(one);
    const answer = { poll: 0 };
    const nobody = await stand.call('submitMagnetResponse', { magnetId: magnet, answer });
    expect(codesOf(nobody)).toEqual(['INVALID_VALUE']);
    const another = { magnetId: magnet, answer, customer: { id: two } };
    expect(codesOf(await stand.call('submitMagnetResponse', another, token))).toEqual([
      'NOT_FOUND',
    ]);
    expect(
      await stand.call('submitMagnetResponse', { magnetId: magnet, answer }, token),
    ).toMatchObject({
      wallet: { balance: 3 },
    });
  });

  it("finds no magnet of another brand, and no other customer's answer", async () => {
    const [magnet, customer] = [await stand.magnet(poll()), await stand.customer()];
    await stand.answer(magnet, customer, { poll: 0 });
    const other = await stand.beside('other-house');
    const stranger = await other.customer();
    expect(codesOf(await other.answer(magnet, stranger, { poll: 0 }))).toEqual(['NOT_FOUND']);
    const token = await stand.token(await stand.customer());
    const { magnet: seen } = await stand.ask(magnetOperation, { id: magnet }, token);
    expect(seen.responses.nodes).toEqual([]);
    expect(await other.ask(magnetOperation, { id: magnet })).toEqual({ magnet: null });
  });
});

describe('when it is answered', () => {
  it('is between its start and its end', async () => {
    const now = Date.now();
    const at = (ms: number) => new Date(now + ms).toISOString();
    const times = { startsAt: at(3_600_000), endsAt: at(7_200_000) };
    const magnet = await stand.magnet(poll(), times);
    const customer = await stand.customer();
    const code = async () => codesOf(await stand.answer(magnet, customer, { poll: 0 }));
    expect(await code()).toEqual(['MAGNET_CLOSED']);
    stand.t.clock.offsetMs = 7_300_000;
    expect(await code()).toEqual(['MAGNET_CLOSED']);
    stand.t.clock.offsetMs = 3_700_000;
    expect(await code()).toEqual([]);
    stand.t.clock.offsetMs = 0;
  });
});

it('a prediction pays an answer at once and sets aside what a right one will pay', async () => {
  const [magnet, customer] = [await stand.magnet(prediction()), await stand.customer()];
  const before = await stand.funds();
  const answered = await stand.answer(magnet, customer, { prediction: { choice: 0 } });
  expect(answered).toMatchObject({ response: { mu: 1, outcome: 'PENDING', stakeMu: 0 } });
  expect(await stand.funds()).toEqual({
    budget: before.budget - 11,
    reserved: before.reserved + 10,
  });
});
