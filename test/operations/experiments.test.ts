import * as operations from '../../schema/generated/operations';
import { Lab } from '../experiments/lab';
import { key, runnerOf, type Run } from './runner';

describe('The published operations about experiments', () => {
  let lab: Lab;
  let run: Run;

  beforeAll(async () => {
    lab = await Lab.open('published');
    run = runnerOf(lab.t, lab.brand.apiKey, new Set());
  });

  afterAll(() => lab.t.close());

  it('make one, tell what it did and earned, and end it', async () => {
    await lab.people('asked', 10);
    const { createExperiment } = await run(operations.CreateExperimentDocument, {
      input: {
        externalId: 'EXP-9',
        outcome: 'CLICK',
        holdoutShare: 0.5,
        reserveMu: 50,
        endsAt: lab.later(24),
        ...key(),
      },
    });
    const experiment = createExperiment.experiment?.id ?? '';
    await lab.settle();
    const { nudgeLift } = await run(operations.NudgeLiftDocument, { experiment });
    expect(nudgeLift).toMatchObject({ muSpent: 0, modelVersion: 'uplift-1', incremental: 0 });
    const earned = { experimentId: experiment };
    const { incrementalRevenue } = await run(operations.IncrementalRevenueDocument, earned);
    expect(incrementalRevenue).toMatchObject({ treated: { amount: '0.00' } });
    const { brand } = await run(operations.BrandExperimentsDocument, {});
    expect(brand?.experiments.nodes).toMatchObject([{ externalId: 'EXP-9', state: 'RUNNING' }]);
    const { endExperiment } = await run(operations.EndExperimentDocument, {
      input: { id: experiment, ...key() },
    });
    expect(endExperiment.experiment).toMatchObject({ releasedMu: 50 });
  });
});
