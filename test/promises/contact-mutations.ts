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
  {
    mutation: 'setChannelPreference',
    by: 'brand',
    done: async (scene) => ({ ...(await of(scene)), channel: 'SMS', preference: 'DENIED' }),
    refused: {
      code: 'NOT_FOUND',
      input: () => ({ customer: unknown, channel: 'SMS', preference: 'DENIED' }),
    },
    change: { preference: 'ALLOWED' },
  },
  {
    mutation: 'setQuietHours',
    by: 'brand',
    done: async (scene) => ({ ...(await of(scene)), from: '22:00', until: '08:00' }),
    refused: {
      code: 'INVALID_VALUE',
      input: async (scene) => ({ ...(await of(scene)), from: '22:00' }),
    },
    change: { until: '09:00' },
  },
  {
    mutation: 'setFrequencyPolicy',
    by: 'brand',
    done: () => ({
      quietHours: { from: '22:00', until: '08:00' },
      caps: [{ channel: null, perDay: 3, perWeek: 9 }],
    }),
    refused: { code: 'INVALID_VALUE', input: () => ({ caps: [{ channel: 'SMS' }] }) },
    change: { caps: [] },
  },
];
