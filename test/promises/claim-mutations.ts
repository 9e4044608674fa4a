import type { MutationCase } from './mutations';
import { missing, unknown } from './refusals';

/** Claims of those whom nobody knows yet. */
export const claimCases: MutationCase[] = [
  {
    mutation: 'openClaim',
    by: 'brand',
    done: async (scene) => ({ code: await scene.qrCode() }),
    refused: { code: 'NOT_FOUND', input: ({ name }) => ({ code: name() }) },
    change: { deviceId: 'another' },
  },
  {
    mutation: 'answerClaim',
    by: 'brand',
    done: async (scene) => ({ claimId: await scene.claim() }),
    refused: { code: 'NOT_FOUND', input: () => ({ claimId: missing('clm') }) },
    change: { claimId: missing('trf') },
  },
  {
    mutation: 'bindClaim',
    by: 'brand',
    done: async (scene) => ({
      claimId: await scene.answeredClaim(),
      customer: { id: await scene.confirmedCustomer() },
    }),
    refused: {
      code: 'NOT_FOUND',
      input: async (scene) => ({ claimId: await scene.answeredClaim(), customer: unknown }),
    },
    change: { claimId: missing('clm') },
  },
];
