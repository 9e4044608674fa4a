import { checkAmount } from '../ledger';
import { userError, type UserErrorShape } from '../platform/errors';
import type { Limits } from '../platform/limits';
import { checkText } from '../platform/text';
import type { MagnetContent } from './magnet-content';

interface Choice {
  question: string;
  options: string[];
}

/** What a magnet is to ask and pay, as it is sent: exactly one kind. */
export interface ContentDraft {
  quiz?: {
    questions: { text: string; options: string[]; right: number }[];
    muPerRight: number;
  } | null;
  poll?: (Choice & { mu: number }) | null;
  prediction?:
    (Choice & { muForAnswering: number; muForRight: number; allowsStake?: boolean | null }) | null;
  feedback?: { question: string; highestScore?: number | null; mu: number } | null;
  preference?: {
    question: string;
    options?: string[] | null;
    mu: number;
    purpose: string;
    consentText: string;
    consentVersion: string;
    reaskAfterDays?: number | null;
  } | null;
}

/** A magnet as a brand describes it. */
export interface MagnetDraft {
  externalId: string;
  title: string;
  content: ContentDraft;
  messageId?: string | null;
  startsAt?: string | Date | null;
  endsAt?: string | Date | null;
}

const optionBytes = 200;
const mostScores = 100;
const mostReaskDays = 3650;
const defaultScore = 5;

/** Reads a magnet's content; the first thing wrong with it stays in `refusal`. */
class ContentReader {
  refusal: UserErrorShape | null = null;

  constructor(
    private readonly limits: Limits,
    private readonly kind: string,
  ) {}

  text(value: string, name: string, maxBytes = this.limits.textBytes): string {
    const checked = checkText(value, { maxBytes, field: ['content', this.kind, name] });
    this.note(checked.refusal ?? null);
    return checked.value ?? '';
  }

  /** An amount that may be nothing. */
  mu(amount: number, name: string): number {
    const field = ['content', this.kind, name];
    if (amount !== 0) this.note(checkAmount(amount, this.limits, field));
    return amount;
  }

  options(values: readonly string[]): string[] {
    const most = this.limits.magnetOptions;
    if (values.length > most) this.note(userError('LIMIT_EXCEEDED', this.field('options')));
    if (values.length < 2) this.refuse('options', 'There must be at least 2 options.');
    const options = values.slice(0, most).map((one) => this.text(one, 'options', optionBytes));
    if (new Set(options).size < options.length)
      this.refuse('options', 'No option may occur twice.');
    return options;
  }

  whole(value: number, name: string, least: number, most: number): number {
    if (value < least || value > most) this.refuse(name, `Must be from ${least} to ${most}.`);
    return value;
  }

  note(refusal: UserErrorShape | null): void {
    this.refusal ??= refusal;
  }

  field(name: string): string[] {
    return ['content', this.kind, name];
  }

  private refuse(name: string, message: string): void {
    this.note(userError('INVALID_VALUE', this.field(name), message));
  }
}

/** What a magnet asks and pays, checked; or why it cannot be published. */
export function readContent(draft: ContentDraft, limits: Limits): MagnetContent | UserErrorShape {
  const kind = Object.entries(draft).find(([, value]) => value != null)?.[0];
  if (kind === undefined) return userError('INVALID_VALUE', ['content']);
  const reader = new ContentReader(limits, kind);
  const content = contentOf(draft, reader, limits);
  return reader.refusal ?? content;
}

function contentOf(draft: ContentDraft, reader: ContentReader, limits: Limits): MagnetContent {
  const { quiz, poll, prediction, feedback } = draft;
  if (quiz != null) return quizOf(quiz, reader, limits);
  if (poll != null) {
    return { kind: 'POLL', ...choiceOf(poll, reader), mu: reader.mu(poll.mu, 'mu') };
  }
  if (prediction != null) {
    return {
      kind: 'PREDICTION',
      ...choiceOf(prediction, reader),
      muForAnswering: reader.mu(prediction.muForAnswering, 'muForAnswering'),
      muForRight: reader.mu(prediction.muForRight, 'muForRight'),
      allowsStake: prediction.allowsStake ?? false,
    };
  }
  if (feedback != null) {
    return {
      kind: 'FEEDBACK',
      question: reader.text(feedback.question, 'question'),
      highestScore: reader.whole(
        feedback.highestScore ?? defaultScore,
        'highestScore',
        2,
        mostScores,
      ),
      mu: reader.mu(feedback.mu, 'mu'),
    };
  }
  return preferenceOf(draft.preference as NonNullable<ContentDraft['preference']>, reader);
}

function choiceOf({ question, options }: Choice, reader: ContentReader): Choice {
  return { question: reader.text(question, 'question'), options: reader.options(options) };
}

function quizOf(
  { questions, muPerRight }: NonNullable<ContentDraft['quiz']>,
  reader: ContentReader,
  { magnetQuestions, amountMu }: Limits,
): MagnetContent {
  if (questions.length > magnetQuestions) {
    reader.note(userError('LIMIT_EXCEEDED', reader.field('questions')));
  }
  reader.whole(Math.min(questions.length, 1), 'questions', 1, magnetQuestions);
  reader.mu(muPerRight, 'muPerRight');
  if (muPerRight * questions.length > amountMu) {
    reader.note(userError('AMOUNT_TOO_LARGE', reader.field('muPerRight')));
  }
  return {
    kind: 'QUIZ',
    questions: questions.slice(0, magnetQuestions).map(({ text, options, right }) => ({
      text: reader.text(text, 'questions'),
      options: reader.options(options),
      right: reader.whole(right, 'right', 0, options.length - 1),
    })),
    muPerRight,
  };
}

function preferenceOf(
  draft: NonNullable<ContentDraft['preference']>,
  reader: ContentReader,
): MagnetContent {
  const { reaskAfterDays: days } = draft;
  return {
    kind: 'PREFERENCE',
    question: reader.text(draft.question, 'question'),
    options: draft.options == null ? [] : reader.options(draft.options),
    mu: reader.mu(draft.mu, 'mu'),
    purpose: reader.text(draft.purpose, 'purpose'),
    consentText: reader.text(draft.consentText, 'consentText'),
    consentVersion: reader.text(draft.consentVersion, 'consentVersion', optionBytes),
    reaskAfterDays: days == null ? null : reader.whole(days, 'reaskAfterDays', 1, mostReaskDays),
  };
}
