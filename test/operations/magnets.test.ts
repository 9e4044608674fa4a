import * as operations from '../../schema/generated/operations';
import { startTestService, type TestService } from '../support/test-service';
import { key, runnerOf, type Run } from './runner';

let t: TestService;
let run: Run;

const by = { externalId: 'asha' };

beforeAll(async () => {
  t = await startTestService();
  run = runnerOf(t, (await t.createBrand('asks', { budget: 10_000 })).apiKey);
  await run(operations.IdentifyCustomerDocument, { input: { ...by, ...key() } });
});

afterAll(() => t.close());

type Content = operations.CreateMagnetMutationVariables['input']['content'];
type Answer = operations.SubmitMagnetResponseMutationVariables['input']['answer'];

async function publish(externalId: string, content: Content): Promise<string> {
  const { createMagnet } = await run(operations.CreateMagnetDocument, {
    input: { externalId, title: 'A question', content, ...key() },
  });
  expect(createMagnet).toMatchObject({ magnet: { externalId, state: 'OPEN' }, userErrors: [] });
  return createMagnet.magnet?.id ?? '';
}

async function answer(magnetId: string, given: Answer) {
  const { submitMagnetResponse } = await run(operations.SubmitMagnetResponseDocument, {
    input: { magnetId, customer: by, answer: given, ...key() },
  });
  expect(submitMagnetResponse.userErrors).toEqual([]);
  return submitMagnetResponse;
}

it('let a brand ask, pay for an answer and close', async () => {
  const id = await publish('quiz', {
    quiz: { muPerRight: 5, questions: [{ text: 'Two and two?', options: ['3', '4'], right: 1 }] },
  });
  expect(await answer(id, { quiz: [1] })).toMatchObject({
    response: { right: 1, of: 1, mu: 5 },
    grants: [{ amount: 5 }],
  });
  const { magnet } = await run(operations.MagnetDocument, { id });
  expect(magnet).toMatchObject({ responses: { nodes: [{ choices: [1], mu: 5 }] } });
  const { magnets } = await run(operations.MagnetsDocument, { first: 1 });
  expect(magnets.nodes).toMatchObject([{ id, externalId: 'quiz' }]);
  const { closeMagnet } = await run(operations.CloseMagnetDocument, { input: { id, ...key() } });
  expect(closeMagnet.magnet).toMatchObject({ state: 'CLOSED' });
});

it('let a brand say how a prediction came out, or that it does not count', async () => {
  const prediction = {
    question: 'Who wins?',
    options: ['Mumbai', 'Chennai'],
    muForAnswering: 1,
    muForRight: 2,
  };
  const played = await publish('played', { prediction });
  await answer(played, { prediction: { choice: 0 } });
  const { resolveMagnet } = await run(operations.ResolveMagnetDocument, {
    input: { id: played, winningOption: 0, ...key() },
  });
  expect(resolveMagnet).toMatchObject({ magnet: { winningOption: 0 }, userErrors: [] });
  const rainedOff = await publish('rained-off', { prediction });
  const { voidMagnet } = await run(operations.VoidMagnetDocument, {
    input: { id: rainedOff, ...key() },
  });
  expect(voidMagnet).toMatchObject({ magnet: { id: rainedOff }, userErrors: [] });
});

it('let a customer take an answer about themselves back', async () => {
  const id = await publish('genre', {
    preference: {
      question: 'Which genre do you read?',
      mu: 15,
      purpose: 'To recommend books.',
      consentText: 'We keep your answer.',
      consentVersion: '1',
    },
  });
  const { response } = await answer(id, { preference: { text: 'novels' } });
  const preferences = async () => {
    const { customer } = await run(operations.CustomerPreferencesDocument, { by });
    return customer?.preferences.nodes;
  };
  expect(await preferences()).toMatchObject([{ text: 'novels', consent: { version: '1' } }]);
  const { withdrawAnswer } = await run(operations.WithdrawAnswerDocument, {
    input: { responseId: response?.id ?? '', ...key() },
  });
  expect(withdrawAnswer).toMatchObject({ response: { text: null, mu: 15 }, userErrors: [] });
  expect(await preferences()).toEqual([]);
});
