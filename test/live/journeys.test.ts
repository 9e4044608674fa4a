import * as operations from '../../schema/generated/operations';
import { journeysFeature } from '../../src/journeys';
import { runJobs } from '../experiments/lab';
import { key, runnerOf } from '../operations/runner';
import { startScene, type Scene } from './scene';

let s: Scene;
beforeAll(async () => (s = await startScene()));
afterEach(() => s.hangUp());
afterAll(() => s.t.close());

test('a sending stack hears which message a step asks for and for how many, and another brand does not', async () => {
  const run = runnerOf(s.t, s.a.apiKey);
  const { recordMessage } = await run(operations.RecordMessageDocument, {
    input: { externalId: 'wake-up', channel: 'EMAIL', ...key() },
  });
  const messageId = recordMessage.message?.id ?? '';
  const definition = { trigger: { byHand: true }, steps: [{ key: 'first', messageId }] };
  const { createJourney } = await run(operations.CreateJourneyDocument, {
    input: { externalId: 'J-1', name: 'Wake up', definition, ...key() },
  });
  const id = createJourney.journey?.id ?? '';
  await run(operations.PublishJourneyDocument, { input: { id, ...key() } });
  const document = operations.JourneyStepReachedDocument.toString();
  const ours = await s.follow('WebSocket', document, s.a.apiKey);
  const theirs = await s.follow('server-sent events', document, s.b.apiKey);
  const customers = ['asha', 'ira'].map((externalId) => ({ externalId }));
  await run(operations.EnterJourneyDocument, { input: { id, customers, ...key() } });
  await runJobs(s.t, journeysFeature.jobs);
  const [update] = await ours.have(1);
  const told = update?.data?.['journeyStepReached'];
  expect(told).toMatchObject({ journeyId: id, version: 1, step: 'first', messageId });
  expect(told.recipients).toHaveLength(2);
  expect(theirs.results).toEqual([]);
});
