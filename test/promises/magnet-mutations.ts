import type { MutationCase } from './mutations';
import { missing, notFound, unknown } from './refusals';

const aPoll = { poll: { question: 'Tea or coffee?', options: ['tea', 'coffee'], mu: 3 } };

const aPrediction = {
  prediction: {
    question: 'Who wins?',
    options: ['Mumbai', 'Chennai'],
    muForAnswering: 1,
    muForRight: 2,
  },
};
const aPreference = {
  preference: {
    question: 'Which genre do you read?',
    mu: 15,
    purpose: 'To recommend books.',
    consentText: 'We keep your answer.',
    consentVersion: '1',
  },
};

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
  {
    mutation: 'closeMagnet',
    by: 'brand',
    done: async (scene) => ({ id: await scene.magnet(aPoll) }),
    refused: notFound('mag'),
    change: { id: missing('trf') },
  },
  {
    mutation: 'resolveMagnet',
    by: 'brand',
    done: async (scene) => ({ id: await scene.answered(aPrediction), winningOption: 0 }),
    refused: { code: 'NOT_FOUND', input: () => ({ id: missing('mag'), winningOption: 0 }) },
    change: { winningOption: 1 },
  },
  {
    mutation: 'voidMagnet',
    by: 'brand',
    done: async (scene) => ({ id: await scene.answered(aPrediction) }),
    refused: notFound('mag'),
    change: { id: missing('trf') },
  },
  {
    mutation: 'withdrawAnswer',
    by: 'brand',
    done: async (scene) => {
      const answer = { preference: { text: 'novels' } };
      return { responseId: await scene.response(await scene.magnet(aPreference), answer) };
    },
    refused: { code: 'NOT_FOUND', input: () => ({ responseId: missing('rsp') }) },
    change: { responseId: missing('trf') },
  },
];
