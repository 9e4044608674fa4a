import type { MutationCase } from './mutations';
import { missing, notFound, unknown } from './refusals';

/** Mutations about wallets, each with an input that is done and one that is refused. */
export const walletCases: MutationCase[] = [
  {
    mutation: 'giftMu',
    by: 'brand',
    done: async (scene) => {
      const [from, to] = await scene.friends(20);
      return { customer: { id: from.id }, to: { id: to.id }, amount: 5 };
    },
    refused: { code: 'NOT_FOUND', input: () => ({ customer: unknown, to: unknown, amount: 5 }) },
    change: { amount: 6 },
  },
  ...['optOutOfMu', 'optInToMu', 'learnAboutMu'].map((mutation): MutationCase => ({
    mutation,
    by: 'brand',
    done: async (scene) => ({ customer: { id: (await scene.customer(20)).id } }),
    refused: { code: 'NOT_FOUND', input: () => ({ customer: unknown }) },
    change: { customer: { externalId: 'another' } },
  })),
  {
    mutation: 'requestAdjustment',
    by: 'brand',
    done: async (scene) => ({
      customer: { id: (await scene.customer()).id },
      direction: 'CREDIT',
      amount: 5,
      reason: 'lost in the move',
    }),
    refused: {
      code: 'NOT_FOUND',
      input: () => ({ customer: unknown, direction: 'DEBIT', amount: 5, reason: 'found' }),
    },
    change: { amount: 6 },
  },
  ...['approveAdjustment', 'declineAdjustment'].map((mutation): MutationCase => ({
    mutation,
    by: 'brand',
    done: async (scene) => ({ id: await scene.adjustment() }),
    refused: notFound('adj'),
    change: { id: missing('trf') },
  })),
];
