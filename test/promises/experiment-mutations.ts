import type { MutationCase } from './mutations';
import { missing, notFound } from './refusals';
import { experimentOf } from './trials';

const experiment = (externalId: string, reserveMu: number) => ({
  externalId,
  outcome: 'CLICK',
  holdoutShare: 0.5,
  reserveMu,
  endsAt: new Date(Date.now() + 30 * 86_400_000).toISOString(),
});

/** Experiments. */
export const experimentCases: MutationCase[] = [
  {
    mutation: 'createExperiment',
    by: 'brand',
    done: ({ name }) => experiment(name(), 50),
    refused: {
      code: 'BUDGET_EXHAUSTED',
      input: ({ name }) => experiment(name(), 10 ** 12),
    },
    change: { holdoutShare: 0.25 },
  },
  {
    mutation: 'endExperiment',
    by: 'brand',
    done: async (scene) => ({ id: await experimentOf(scene) }),
    refused: notFound('exp'),
    change: { id: missing('trf') },
  },
];
