import fc from 'fast-check';
import { grade, type Grade, type MagnetAnswer, type MagnetContent } from '../../src/magnets';
import { defaultLimits } from '../../src/platform/limits';
import { patienceMs, seeded } from '../support/seeded';

const quizzes = fc
  .array(fc.record({ options: fc.integer({ min: 2, max: 20 }), right: fc.nat(19) }), {
    minLength: 1,
    maxLength: 10,
  })
  .chain((questions) =>
    fc.record({
      content: fc.record({
        kind: fc.constant('QUIZ' as const),
        muPerRight: fc.integer({ min: 0, max: 10 ** 14 }),
        questions: fc.constant(
          questions.map(({ options, right }) => ({
            text: 'why',
            options: Array.from({ length: options }, (_, at) => `option ${at}`),
            right: right % options,
          })),
        ),
      }),
      choices: fc.tuple(...questions.map(({ options }) => fc.nat(options - 1))),
    }),
  );

it(
  'a quiz pays for each right answer and for nothing else, whatever is answered',
  () => {
    fc.assert(
      fc.property(quizzes, ({ content, choices }) => {
        const graded = grade(content, { quiz: choices }, defaultLimits) as Grade;
        const right = content.questions.filter((one, at) => one.right === choices[at]).length;
        expect(graded).toMatchObject({ right, of: choices.length, choice: right });
        expect(graded.mu).toBe(right * content.muPerRight);
        expect(Number.isSafeInteger(graded.mu)).toBe(true);
        const perfect = content.questions.map((one) => one.right);
        expect(grade(content, { quiz: perfect }, defaultLimits)).toMatchObject({
          mu: content.questions.length * content.muPerRight,
        });
      }),
      seeded(300),
    );
  },
  patienceMs,
);

const options = ['a', 'b', 'c'];
const contents: Record<keyof MagnetAnswer, MagnetContent> = {
  quiz: { kind: 'QUIZ', muPerRight: 5, questions: [{ text: 'q', options, right: 1 }] },
  poll: { kind: 'POLL', question: 'q', options, mu: 2 },
  prediction: {
    kind: 'PREDICTION',
    question: 'q',
    options,
    muForAnswering: 1,
    muForRight: 9,
    allowsStake: true,
  },
  feedback: { kind: 'FEEDBACK', question: 'q', highestScore: 5, mu: 4 },
  preference: {
    kind: 'PREFERENCE',
    question: 'q',
    options,
    mu: 15,
    purpose: 'p',
    consentText: 't',
    consentVersion: 'v',
    reaskAfterDays: null,
  },
};
const answers: Required<MagnetAnswer> = {
  quiz: [1],
  poll: 1,
  prediction: { choice: 1 },
  feedback: { score: 3 },
  preference: { choice: 1 },
};
const kinds = Object.keys(contents) as (keyof MagnetAnswer)[];

it.each(kinds)('a magnet of the kind %s takes an answer of its kind and of no other', (kind) => {
  for (const other of kinds) {
    const graded = grade(contents[kind], { [other]: answers[other] }, defaultLimits);
    expect([other, 'code' in graded ? graded.code : 'taken']).toEqual([
      other,
      other === kind ? 'taken' : 'INVALID_VALUE',
    ]);
  }
});

it(
  'no answer is taken that names an option which is not there',
  () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(...kinds), (choice, kind) => {
        const answer: MagnetAnswer = {
          quiz: { quiz: [choice] },
          poll: { poll: choice },
          prediction: { prediction: { choice } },
          feedback: { feedback: { score: choice } },
          preference: { preference: { choice } },
        }[kind];
        const [least, most] = kind === 'feedback' ? [1, 5] : [0, 2];
        const taken = 'mu' in grade(contents[kind], answer, defaultLimits);
        expect(taken).toBe(choice >= least && choice <= most);
      }),
      seeded(500),
    );
  },
  patienceMs,
);

it('a stake is from 1 to the limit, and is instead of the promise', () => {
  const code = (stakeMu: number) => {
    const graded = grade(
      contents.prediction,
      { prediction: { choice: 0, stakeMu } },
      defaultLimits,
    );
    return 'code' in graded ? graded.code : [graded.stakeMu, graded.promisedMu];
  };
  const most = defaultLimits.stakeMu;
  expect([0, 1, most, most + 1].map(code)).toEqual([
    'AMOUNT_NOT_POSITIVE',
    [1, 0],
    [most, 0],
    'AMOUNT_TOO_LARGE',
  ]);
  const free = grade(contents.prediction, { prediction: { choice: 0 } }, defaultLimits);
  expect(free).toMatchObject({ stakeMu: 0, promisedMu: 9 });
});
