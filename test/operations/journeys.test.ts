import * as operations from '../../schema/generated/operations';
import { journeysFeature } from '../../src/journeys';
import { Lab, runJobs } from '../experiments/lab';
import { key, runnerOf, type Run } from './runner';

describe('The published operations about journeys', () => {
  let lab: Lab;
  let run: Run;

  beforeAll(async () => {
    lab = await Lab.open('published');
    run = runnerOf(lab.t, lab.brand.apiKey, new Set());
  });

  afterAll(() => lab.t.close());

  it('make one, publish it, let somebody in, look at their run, and stop it', async () => {
    const [externalId = ''] = await lab.people('traveller', 1);
    const definition = { trigger: { byHand: true }, steps: [{ key: 'night', waitHours: 8 }] };
    const { createJourney } = await run(operations.CreateJourneyDocument, {
      input: { externalId: 'J-1', name: 'Wake up', definition, ...key() },
    });
    const id = createJourney.journey?.id ?? '';
    const { publishJourney } = await run(operations.PublishJourneyDocument, {
      input: { id, ...key() },
    });
    expect(publishJourney.journey).toMatchObject({ version: 1 });
    const { enterJourney } = await run(operations.EnterJourneyDocument, {
      input: { id, customers: [{ externalId }], ...key() },
    });
    expect(enterJourney.entered).toBe(1);
    await runJobs(lab.t, journeysFeature.jobs);
    const { brand } = await run(operations.BrandJourneysDocument, {});
    const runId = brand?.journeys.nodes[0]?.runs.nodes[0]?.id ?? '';
    const { journeyRun } = await run(operations.JourneyRunDocument, { id: runId });
    expect(journeyRun?.steps.nodes).toMatchObject([{ key: 'night', kind: 'WAIT' }]);
    const { stopJourney } = await run(operations.StopJourneyDocument, { input: { id, ...key() } });
    expect(stopJourney.journey?.stoppedAt).not.toBeNull();
  });
});
