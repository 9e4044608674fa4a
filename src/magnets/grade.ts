import { userError, type UserErrorShape } from '../platform/errors';
import { checkText } from '../platform/text';
import type {
  FeedbackContent,
  MagnetAnswer,
  MagnetContent,
  PreferenceContent,
  QuizContent,
  StoredAnswer,
} from './magnet-content';

/** What an answer is worth. */
export interface Grade {
  /** What it pays at once. */
  mu: number;
  /** How many answers of a quiz are right, and of how many; null for magnets that know no right. */
  right: number | null;
  of: number | null;
  /** What it is counted under: the option, the score, the number right; null when it is not counted. */
  choice: number | null;
  /** Mu the customer puts on a prediction. */
  stakeMu: number;
  /** Set aside in case a prediction without a stake comes true. */
  promisedMu: number;
  answers: StoredAnswer;
}

/** What may be said in an answer's text. */
export interface AnswerLimits {
  textBytes: number;
  stakeMu: number;
}

const plain = { right: null, of: null, stakeMu: 0, promisedMu: 0 };

/** Judges an answer to a magnet without looking at anything else; the grade, or why it is none. */
export function grade(
  content: MagnetContent,
  answer: MagnetAnswer,
  limits: AnswerLimits,
): Grade | UserErrorShape {
  switch (content.kind) {
    case 'QUIZ':
      return answer.quiz == null ? otherKind('quiz') : gradeQuiz(content, answer.quiz);
    case 'POLL': {
      const { poll: choice } = answer;
      if (choice == null) return otherKind('poll');
      const refusal = refuseChoice(choice, content.options, ['answer', 'poll']);
      return refusal ?? { ...plain, mu: content.mu, choice, answers: chosen(choice) };
    }
    case 'PREDICTION': {
      if (answer.prediction == null) return otherKind('prediction');
      const { choice, stakeMu } = answer.prediction;
      const refusal =
        refuseChoice(choice, content.options, ['answer', 'prediction', 'choice']) ??
        refuseStake(content.allowsStake, stakeMu ?? null, limits);
      if (refusal !== null) return refusal;
      const promisedMu = stakeMu == null ? content.muForRight : 0;
      const mu = content.muForAnswering;
      return { ...plain, mu, choice, stakeMu: stakeMu ?? 0, promisedMu, answers: chosen(choice) };
    }
    case 'FEEDBACK':
      return answer.feedback == null
        ? otherKind('feedback')
        : gradeFeedback(content, answer.feedback, limits);
    case 'PREFERENCE':
      return answer.preference == null
        ? otherKind('preference')
        : gradePreference(content, answer.preference, limits);
  }
}

function otherKind(kind: string): UserErrorShape {
  return userError('INVALID_VALUE', ['answer'], `The magnet takes an answer of the kind ${kind}.`);
}

function chosen(...choices: number[]): StoredAnswer {
  return { choices, score: null, text: null };
}

function refuseChoice(choice: number, options: string[], field: string[]): UserErrorShape | null {
  if (choice >= 0 && choice < options.length) return null;
  return userError('INVALID_VALUE', field, `Must be from 0 to ${options.length - 1}.`);
}

function refuseStake(
  allowed: boolean,
  stakeMu: number | null,
  limits: AnswerLimits,
): UserErrorShape | null {
  const field = ['answer', 'prediction', 'stakeMu'];
  if (stakeMu === null) return null;
  if (!allowed) return userError('INVALID_VALUE', field, 'The prediction takes no stakes.');
  if (stakeMu < 1) return userError('AMOUNT_NOT_POSITIVE', field);
  return stakeMu > limits.stakeMu ? userError('AMOUNT_TOO_LARGE', field) : null;
}

function gradeQuiz({ questions, muPerRight }: QuizContent, choices: number[]) {
  const field = ['answer', 'quiz'];
  if (choices.length !== questions.length) {
    return userError('INVALID_VALUE', field, `Must have ${questions.length} answers.`);
  }
  for (const [at, { options }] of questions.entries()) {
    const refusal = refuseChoice(choices[at] as number, options, field);
    if (refusal !== null) return refusal;
  }
  const right = questions.filter((question, at) => question.right === choices[at]).length;
  const answers = chosen(...choices);
  return { ...plain, mu: right * muPerRight, right, of: questions.length, choice: right, answers };
}

function gradeFeedback(
  { highestScore, mu }: FeedbackContent,
  { score, text }: { score: number; text?: string | null },
  limits: AnswerLimits,
): Grade | UserErrorShape {
  const field = ['answer', 'feedback'];
  if (score < 1 || score > highestScore) {
    return userError('INVALID_VALUE', [...field, 'score'], `Must be from 1 to ${highestScore}.`);
  }
  if (text == null)
    return { ...plain, mu, choice: score, answers: { choices: [], score, text: null } };
  const checked = checkText(text, { maxBytes: limits.textBytes, field: [...field, 'text'] });
  if (checked.refusal) return checked.refusal;
  return { ...plain, mu, choice: score, answers: { choices: [], score, text: checked.value } };
}

function gradePreference(
  { options, mu }: PreferenceContent,
  { choice, text }: { choice?: number | null; text?: string | null },
  limits: AnswerLimits,
): Grade | UserErrorShape {
  const field = ['answer', 'preference'];
  if (options.length > 0) {
    if (choice == null) return userError('INVALID_VALUE', field, 'Choose one of the options.');
    const refusal = refuseChoice(choice, options, [...field, 'choice']);
    return refusal ?? { ...plain, mu, choice: null, answers: chosen(choice) };
  }
  if (text == null) return userError('INVALID_VALUE', field, 'The answer is a text.');
  const checked = checkText(text, { maxBytes: limits.textBytes, field: [...field, 'text'] });
  if (checked.refusal) return checked.refusal;
  return { ...plain, mu, choice: null, answers: { choices: [], score: null, text: checked.value } };
}
