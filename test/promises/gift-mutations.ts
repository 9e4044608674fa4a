import type { MutationCase } from './mutations';
import { missing, notFound, unknown } from './refusals';

const surprisePool = (externalId: string, poolMu: number) => ({
  externalId,
  prizeMu: 5,
  oddsOneIn: 20,
  poolMu,
  windowHours: 24,
  endsAt: '2126-01-01T00:00:00Z',
});

/** Friends, and gifts by lot. */
export const giftCases: MutationCase[] = [
  {
    mutation: 'createSurprisePool',
    by: 'brand',
    done: ({ name }) => surprisePool(name(), 50),
    refused: {
      code: 'BUDGET_EXHAUSTED',
      input: ({ name }) => surprisePool(name(), 10 ** 12),
    },
    change: { oddsOneIn: 21 },
  },
  {
    mutation: 'triggerSurprise',
    by: 'brand',
    done: async (scene) => ({
      poolId: await scene.surprisePool(),
      customer: { id: (await scene.customer()).id },
    }),
    refused: {
      code: 'NOT_FOUND',
      input: () => ({ poolId: missing('sup'), customer: unknown }),
    },
    change: { poolId: missing('sup') },
  },
  {
    mutation: 'closeSurprisePool',
    by: 'brand',
    done: async (scene) => ({ id: await scene.surprisePool() }),
    refused: notFound('sup'),
    change: { id: missing('trf') },
  },
  {
    mutation: 'upsertReferralProgram',
    by: 'brand',
    done: () => ({ reserve: 1000, friendMu: 5 }),
    refused: { code: 'INVALID_VALUE', input: () => ({ friendMu: 5, sharePercent: 101 }) },
    change: { shareDays: 30 },
  },
  {
    mutation: 'fundReferralProgram',
    by: 'brand',
    done: async (scene) => {
      await scene.referralCode();
      return { amount: 7 };
    },
    refused: { code: 'BUDGET_EXHAUSTED', input: () => ({ amount: 10 ** 12 }) },
    change: { amount: 8 },
  },
  {
    mutation: 'createReferralLink',
    by: 'brand',
    done: async (scene) => {
      await scene.referralCode();
      return { customer: { id: (await scene.customer()).id }, channel: 'EMAIL' };
    },
    refused: { code: 'NOT_FOUND', input: () => ({ customer: unknown, channel: 'EMAIL' }) },
    change: { channel: 'SMS' },
  },
  {
    mutation: 'claimReferral',
    by: 'brand',
    done: async (scene) => ({
      code: await scene.referralCode(),
      friend: { id: (await scene.customer()).id },
      deviceHash: scene.name(),
    }),
    refused: {
      code: 'NOT_FOUND',
      input: async (scene) => ({
        code: 'nobodys',
        friend: { id: (await scene.customer()).id },
      }),
    },
    change: { deviceHash: 'another device' },
  },
  {
    mutation: 'activateReferral',
    by: 'brand',
    done: async (scene) => ({ id: await scene.referral() }),
    refused: notFound('ref'),
    change: { id: missing('trf') },
  },
];
