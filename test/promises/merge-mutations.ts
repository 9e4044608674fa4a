import type { MutationCase } from './mutations';
import { newKey } from '../support/test-service';
import { unknown } from './refusals';
import type { Scene } from './scene';

const merging = `mutation ($input: MergeCustomersInput!) { mergeCustomers(input: $input) { merge { id } } }`;

/** A merge of two customers with Mu. */
async function mergeOf(scene: Scene): Promise<string> {
  const [from, into] = [await scene.customer(10), await scene.customer(10)];
  const people = { from: { id: from.id }, into: { id: into.id }, reason: 'the same card' };
  const variables = { input: { ...people, idempotencyKey: newKey() } };
  const { data } = await scene.t.run(merging, variables, scene.brand.apiKey);
  return data['mergeCustomers'].merge.id as string;
}

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
    done: async (scene) => ({ merge: await mergeOf(scene), reason: 'another card' }),
    refused: { code: 'NOT_FOUND', input: () => ({ merge: 'mrg_nobody', reason: 'another card' }) },
    change: { reason: 'another number' },
  },
];
