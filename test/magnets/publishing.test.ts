import { newKey } from '../support/test-service';
import {
  codesOf,
  feedback,
  magnetOperation,
  poll,
  prediction,
  preference,
  quiz,
  Stand,
} from './stand';

let stand: Stand;
let statements = 0;

beforeAll(async () => {
  stand = await Stand.open('publisher', 100_000, {
    hooks: {
      beforeStatement: () => {
        statements += 1;
      },
    },
  });
});
afterAll(() => stand.close());

let names = 0;

async function codes(content: object, more: object = {}): Promise<string[]> {
  names += 1;
  const input = { externalId: `name-${names}`, title: 'A magnet', content, ...more };
  return codesOf(await stand.call('createMagnet', input));
}

const options = (count: number) => Array.from({ length: count }, (_, at) => `option ${at}`);

it('takes from 1 to 10 questions, with from 2 to 20 options', async () => {
  expect(await codes(quiz(5, 0))).toEqual(['INVALID_VALUE']);
  expect(await codes(quiz(5, 10))).toEqual([]);
  expect(await codes(quiz(5, 11))).toEqual(['LIMIT_EXCEEDED']);
  const pollOf = (count: number) => ({ poll: { ...poll().poll, options: options(count) } });
  expect(await codes(pollOf(1))).toEqual(['INVALID_VALUE']);
  expect(await codes(pollOf(2))).toEqual([]);
  expect(await codes(pollOf(20))).toEqual([]);
  expect(await codes(pollOf(21))).toEqual(['LIMIT_EXCEEDED']);
  expect(await codes({ poll: { ...poll().poll, options: ['tea', 'tea '] } })).toEqual([
    'INVALID_VALUE',
  ]);
});

it('refuses what could not be answered or paid', async () => {
  const one = { text: 'Why?', options: ['a', 'b'], right: 2 };
  expect(await codes({ quiz: { muPerRight: 5, questions: [one] } })).toEqual(['INVALID_VALUE']);
  expect(await codes(quiz(-1))).toEqual(['AMOUNT_NOT_POSITIVE']);
  expect(await codes(quiz(10 ** 15, 1))).toEqual([]);
  expect(await codes(quiz(10 ** 15, 2))).toEqual(['AMOUNT_TOO_LARGE']);
  expect(await codes(poll(10 ** 15 + 1))).toEqual(['AMOUNT_TOO_LARGE']);
  expect(await codes(prediction({ muForRight: -1 }))).toEqual(['AMOUNT_NOT_POSITIVE']);
  expect(await codes({ feedback: { ...feedback().feedback, highestScore: 1 } })).toEqual([
    'INVALID_VALUE',
  ]);
  expect(await codes(preference({ purpose: ' ' }))).toEqual(['INVALID_TEXT']);
  expect(await codes(preference({ reaskAfterDays: 0 }))).toEqual(['INVALID_VALUE']);
  const past = new Date(Date.now() - 1000).toISOString();
  expect(await codes(poll(), { endsAt: past })).toEqual(['INVALID_VALUE']);
});

it('takes an external id once, and a message of the brand only', async () => {
  const content = poll();
  expect(await codes(content, { externalId: 'once' })).toEqual([]);
  expect(await codes(content, { externalId: 'once' })).toEqual(['ALREADY_EXISTS']);
  const other = await stand.beside('another-publisher');
  const record = `mutation ($input: RecordMessageInput!) {
    recordMessage(input: $input) { message { id } } }`;
  const input = { externalId: 'm', channel: 'EMAIL', idempotencyKey: newKey() };
  const { recordMessage } = await other.ask(record, { input });
  expect(await codes(content, { messageId: recordMessage.message.id })).toEqual(['NOT_FOUND']);
});

it('is seen by customers of the brand and of no other, newest first in a list', async () => {
  const [older, newer] = [await stand.magnet(poll()), await stand.magnet(feedback())];
  const token = await stand.token(await stand.customer());
  const list = '{ magnets(first: 2) { nodes { id __typename } pageInfo { hasNextPage } } }';
  for (const bearer of [token, stand.brand.apiKey]) {
    expect((await stand.ask(list, {}, bearer))['magnets']).toEqual({
      nodes: [
        { id: newer, __typename: 'FeedbackMagnet' },
        { id: older, __typename: 'PollMagnet' },
      ],
      pageInfo: { hasNextPage: true },
    });
  }
  const other = await stand.beside('third-publisher');
  const stranger = await other.token(await other.customer());
  expect(await other.ask(magnetOperation, { id: newer }, stranger)).toEqual({ magnet: null });
});

it('takes as many statements for fifty answers as for one', async () => {
  const took: number[] = [];
  for (const count of [1, 50]) {
    const magnet = await stand.magnet(prediction());
    const people: string[] = [];
    while (people.length < count) people.push(await stand.customer());
    const commands = people.map((id) => ({
      kind: 'submitMagnetResponse',
      ...stand.tenant,
      key: newKey(),
      input: { magnetId: magnet, customer: { id }, answer: { prediction: { choice: 0 } } },
    }));
    statements = 0;
    const answers = await Promise.all(commands.map((one) => stand.t.service.commands.submit(one)));
    took.push(statements);
    expect(answers.flatMap(({ answer }) => answer.userErrors)).toEqual([]);
  }
  expect(took[1]).toBe(took[0]);
});
