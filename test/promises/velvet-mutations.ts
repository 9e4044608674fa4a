import type { MutationCase } from './mutations';
import { notFound, unknown } from './refusals';

const stranger = { code: 'NOT_FOUND', input: () => ({ customer: unknown }) };

/** The velvet rope. */
export const velvetCases: MutationCase[] = [
  {
    mutation: 'inviteToVelvet',
    by: 'brand',
    done: async (scene) => ({ customer: { id: (await scene.customer()).id } }),
    refused: stranger,
    change: { customer: { externalId: 'another' } },
  },
  {
    mutation: 'acceptVelvetInvitation',
    by: 'brand',
    done: async (scene) => ({ customer: { id: (await scene.invited()).id } }),
    refused: stranger,
    change: { customer: { externalId: 'another' } },
  },
  {
    mutation: 'revokeVelvet',
    by: 'brand',
    done: async (scene) => ({ customer: { id: (await scene.member()).id } }),
    refused: stranger,
    change: { customer: { externalId: 'another' } },
  },
  {
    mutation: 'grantPerk',
    by: 'brand',
    done: async (scene) => ({
      customer: { id: (await scene.member()).id },
      kind: 'EASE',
      name: 'No queue',
    }),
    refused: {
      code: 'NOT_A_MEMBER',
      input: async (scene) => ({
        customer: { id: (await scene.invited()).id },
        kind: 'EASE',
        name: 'No queue',
      }),
    },
    change: { kind: 'ACCESS' },
  },
  {
    mutation: 'redeemPerk',
    by: 'brand',
    done: async (scene) => ({ id: await scene.perk() }),
    refused: notFound('prk'),
    change: { id: 'another' },
  },
  {
    mutation: 'createVelvetCredential',
    by: 'brand',
    done: async (scene) => ({ customer: { id: (await scene.member()).id } }),
    refused: stranger,
    change: { ttlSeconds: 7 },
  },
  {
    mutation: 'recordVelvetArrival',
    by: 'brand',
    done: async (scene) => ({ credential: await scene.credential(), storeId: 'MG Road' }),
    refused: {
      code: 'INVALID_CREDENTIAL',
      input: () => ({ credential: 'none of ours', storeId: 'MG Road' }),
    },
    change: { storeId: 'another' },
  },
];
