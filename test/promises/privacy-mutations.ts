import type { MutationCase } from './mutations';
import { unknown } from './refusals';
import type { Scene } from './scene';

/** Makes room for another export of the brand, of which one at a time is written. */
async function endExports({ t, brand }: Scene): Promise<void> {
  await t.database.query(
    `UPDATE exports e SET status = 'FAILED' FROM brands b WHERE b.slug = $1 AND e.brand_id = b.id`,
    [brand.slug],
  );
}

/** Mutations by which people are forgotten, and by which a brand takes its data home. */
export const privacyCases: MutationCase[] = [
  {
    mutation: 'eraseCustomer',
    by: 'brand',
    done: async (scene) => ({ customer: { id: (await scene.customer(10)).id } }),
    refused: { code: 'NOT_FOUND', input: () => ({ customer: unknown }) },
    change: { customer: { externalId: 'another' } },
  },
  {
    mutation: 'exportBrandData',
    by: 'brand',
    done: async (scene) => {
      await endExports(scene);
      return { parts: ['SETTINGS'] };
    },
    refused: { code: 'INVALID_VALUE', input: () => ({ parts: [] }) },
    change: { parts: ['ORDERS'] },
  },
];
