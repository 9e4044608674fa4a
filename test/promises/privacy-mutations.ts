import type { MutationCase } from './mutations';
import { unknown } from './refusals';

/** Mutations by which people are forgotten. */
export const privacyCases: MutationCase[] = [
  {
    mutation: 'eraseCustomer',
    by: 'brand',
    done: async (scene) => ({ customer: { id: (await scene.customer(10)).id } }),
    refused: { code: 'NOT_FOUND', input: () => ({ customer: unknown }) },
    change: { customer: { externalId: 'another' } },
  },
];
