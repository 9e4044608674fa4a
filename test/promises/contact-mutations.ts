import type { MutationCase } from './mutations';
import { unknown } from './refusals';
import type { Scene } from './scene';

const of = async (scene: Scene) => ({ customer: { id: (await scene.customer()).id } });

/** Whether and when a customer may be written to. */
export const contactCases: MutationCase[] = [
  {
    mutation: 'grantConsent',
    by: 'brand',
    done: async (scene) => ({ ...(await of(scene)), purpose: 'MARKETING', source: 'a form' }),
    refused: {
      code: 'NOT_FOUND',
      input: () => ({ customer: unknown, purpose: 'MARKETING' }),
    },
    change: { purpose: 'PROFILING' },
  },
  {
    mutation: 'withdrawConsent',
    by: 'brand',
    done: async (scene) => ({ ...(await of(scene)), purpose: 'MARKETING' }),
    refused: {
      code: 'NOT_FOUND',
      input: () => ({ customer: unknown, purpose: 'MARKETING' }),
    },
    change: { purpose: 'PROFILING' },
  },
];
