import type { MutationCase } from './mutations';
import { unknown } from './refusals';

/** Mutations that make one customer of two and two of one. */
export const mergeCases: MutationCase[] = [
  {
    mutation: 'mergeCustomers',
    by: 'brand',
    done: async (scene) => ({
      from: { id: (await scene.customer(10)).id },
      into: { id: (await scene.customer()).id },
      reason: 'the same card',
    }),
    refused: {
      code: 'NOT_FOUND',
      input: async (scene) => ({
        from: unknown,
        into: { id: (await scene.customer()).id },
        reason: 'the same card',
      }),
    },
    change: { reason: 'the same number' },
  },
  {
    mutation: 'unmergeCustomers',
    by: 'brand',
    done: async (scene) => ({ merge: await scene.merge(), reason: 'another card' }),
    refused: { code: 'NOT_FOUND', input: () => ({ merge: 'mrg_nobody', reason: 'another card' }) },
    change: { reason: 'another number' },
  },
];
