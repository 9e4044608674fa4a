import type { MutationCase } from './mutations';

const missing = 'ems_01h455vb4pex5vsknk084sn02q';

/** What is done with series of ems. */
export const seriesCases: MutationCase[] = [
  {
    mutation: 'createEmSeries',
    by: 'brand',
    done: ({ name }) => ({ externalId: name(), name: 'A word a day', dailySlot: '07:00' }),
    refused: {
      code: 'INVALID_VALUE',
      input: ({ name }) => ({ externalId: name(), name: 'A word a day', dailySlot: 'noon' }),
    },
    change: { dailySlot: '08:00' },
  },
  {
    mutation: 'updateEmSeries',
    by: 'brand',
    done: async (scene) => ({ id: await scene.emSeries(), state: 'PAUSED' }),
    refused: { code: 'NOT_FOUND', input: () => ({ id: missing, state: 'PAUSED' }) },
    change: { name: 'Another name' },
  },
  {
    mutation: 'scheduleEm',
    by: 'brand',
    done: async (scene) => ({ seriesId: await scene.emSeries(), subject: 'Another word' }),
    refused: { code: 'NOT_FOUND', input: () => ({ seriesId: missing, subject: 'A word' }) },
    change: { subject: 'Quite another word' },
  },
  {
    mutation: 'advanceEmSeries',
    by: 'brand',
    done: async (scene) => ({
      seriesId: await scene.emSeries(),
      customer: { id: (await scene.customer()).id },
      position: 1,
    }),
    refused: {
      code: 'INVALID_VALUE',
      input: async (scene) => ({
        seriesId: await scene.emSeries(),
        customer: { id: (await scene.customer()).id },
        position: 2,
      }),
    },
    change: { position: 7 },
  },
];
