import type { MutationCase } from './mutations';
import { missing, unknown } from './refusals';

const aPoll = { poll: { question: 'Tea or coffee?', options: ['tea', 'coffee'], mu: 3 } };

/** Mutations of magnets. */
export const magnetCases: MutationCase[] = [
  {
    mutation: 'createMagnet',
    by: 'brand',
    done: ({ name }) => ({ externalId: name(), title: 'A quiz', content: aPoll }),
    refused: {
      code: 'INVALID_TEXT',
      input: ({ name }) => ({ externalId: name(), title: ' ', content: aPoll }),
    },
    change: { title: 'Another quiz' },
  },
  {
    mutation: 'submitMagnetResponse',
    by: 'brand',
    done: async (scene) => ({
      magnetId: await scene.magnet(aPoll),
      customer: { id: (await scene.customer()).id },
      answer: { poll: 1 },
    }),
    refused: {
      code: 'NOT_FOUND',
      input: () => ({ magnetId: missing('mag'), customer: unknown, answer: { poll: 1 } }),
    },
    change: { answer: { poll: 0 } },
  },
];
