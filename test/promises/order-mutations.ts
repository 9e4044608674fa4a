import { newKey } from '../support/test-service';
import type { MutationCase } from './mutations';
import { must } from './operations';
import { unknown } from './refusals';
import type { Scene } from './scene';

const orderedAt = new Date(Date.now() - 3_600_000).toISOString();
const order = { orderedAt, items: 2, amount: '29.33', currency: 'INR', driver: 'CRM' };

const model = { scorer: 'ours', version: '3' };

/** The id in the brand's systems of an order it has recorded. */
export async function ordered(scene: Scene): Promise<string> {
  const externalId = scene.name();
  const customer = { id: (await scene.customer()).id };
  const input = { ...order, customer, externalId, idempotencyKey: newKey() };
  await must(scene.t, scene.brand.apiKey, 'recordOrder', input);
  return externalId;
}

/** Orders, money paid back for them, and what customers are worth. */
export const orderCases: MutationCase[] = [
  {
    mutation: 'recordOrder',
    by: 'brand',
    done: async (scene) => ({
      ...order,
      customer: { id: (await scene.customer()).id },
      externalId: scene.name(),
    }),
    refused: {
      code: 'NOT_FOUND',
      input: ({ name }) => ({ ...order, customer: unknown, externalId: name() }),
    },
    change: { items: 3 },
  },
  {
    mutation: 'refundOrder',
    by: 'brand',
    done: async (scene) => ({ externalId: await ordered(scene), amount: '9.33', reason: 'late' }),
    refused: {
      code: 'REFUND_TOO_LARGE',
      input: async (scene) => ({ externalId: await ordered(scene), amount: '29.34' }),
    },
    change: { amount: '9.34' },
  },
  {
    mutation: 'ingestScores',
    by: 'brand',
    done: async (scene) => {
      const customer = { id: (await scene.customer()).id };
      return { ...model, scores: [{ customer, kind: 'CLV', value: 12.5 }] };
    },
    refused: {
      code: 'NOT_FOUND',
      input: () => ({ ...model, scores: [{ customer: unknown, kind: 'CLV', value: 12.5 }] }),
    },
    change: { version: '4' },
  },
  {
    mutation: 'updateWorthSettings',
    by: 'brand',
    done: () => ({ margin: 0.5 }),
    refused: { code: 'INVALID_VALUE', input: () => ({ margin: 1.5 }) },
    change: { discount: 0.2 },
  },
];
