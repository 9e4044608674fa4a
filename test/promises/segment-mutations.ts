import { newKey } from '../support/test-service';
import type { MutationCase } from './mutations';
import { must } from './operations';
import { missing, notFound } from './refusals';

const anybody = { createdAt: { happened: true } };

/** Saved segments. */
export const segmentCases: MutationCase[] = [
  {
    mutation: 'upsertSegment',
    by: 'brand',
    done: ({ name }) => ({ name: name(), condition: anybody }),
    refused: {
      code: 'INVALID_VALUE',
      input: ({ name }) => ({ name: name(), condition: { and: [] } }),
    },
    change: { description: 'another' },
  },
  {
    mutation: 'recomputeSegmentation',
    by: 'brand',
    done: () => ({ trailingDays: 90 }),
    refused: { code: 'INVALID_VALUE', input: () => ({ trailingDays: 0 }) },
    change: { trailingDays: 91 },
  },
  {
    mutation: 'deleteSegment',
    by: 'brand',
    done: async ({ t, brand, name }) => {
      const input = { name: name(), condition: anybody, idempotencyKey: newKey() };
      return { id: (await must(t, brand.apiKey, 'upsertSegment', input))['segment'].id as string };
    },
    refused: notFound('seg'),
    change: { id: missing('seg') },
  },
];
