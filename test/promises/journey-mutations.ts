import type { MutationCase } from './mutations';
import { missing, notFound, unknown } from './refusals';
import { journeyOf, openJourneyOf } from './trials';

const definition = {
  trigger: { byHand: true },
  exits: ['ORDERED'],
  steps: [{ key: 'night', waitHours: 8 }],
};

/** Journeys. */
export const journeyCases: MutationCase[] = [
  {
    mutation: 'createJourney',
    by: 'brand',
    done: ({ name }) => ({ externalId: name(), name: 'Wake up', definition }),
    refused: {
      code: 'INVALID_VALUE',
      input: ({ name }) => ({
        externalId: name(),
        name: 'Nothing',
        definition: { ...definition, steps: [] },
      }),
    },
    change: { name: 'another' },
  },
  {
    mutation: 'publishJourney',
    by: 'brand',
    done: async (scene) => ({ id: await journeyOf(scene) }),
    refused: notFound('jny'),
    change: { id: missing('trf') },
  },
  {
    mutation: 'enterJourney',
    by: 'brand',
    done: async (scene) => ({
      id: await openJourneyOf(scene),
      customers: [{ id: (await scene.customer()).id }],
    }),
    refused: {
      code: 'NOT_FOUND',
      input: () => ({ id: missing('jny'), customers: [unknown] }),
    },
    change: { id: missing('trf') },
  },
  {
    mutation: 'stopJourney',
    by: 'brand',
    done: async (scene) => ({ id: await journeyOf(scene) }),
    refused: notFound('jny'),
    change: { id: missing('trf') },
  },
];
