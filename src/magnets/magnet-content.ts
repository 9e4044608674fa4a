/** A question with options; `right` is the place of the right one, from 0. */
export interface QuizQuestionContent {
  text: string;
  options: string[];
  right: number;
}

export interface QuizContent {
  kind: 'QUIZ';
  questions: QuizQuestionContent[];
  muPerRight: number;
}

export interface PollContent {
  kind: 'POLL';
  question: string;
  options: string[];
  mu: number;
}

export interface PredictionContent {
  kind: 'PREDICTION';
  question: string;
  options: string[];
  muForAnswering: number;
  muForRight: number;
  allowsStake: boolean;
}

export interface FeedbackContent {
  kind: 'FEEDBACK';
  question: string;
  /** Scores are from 1 to this. */
  highestScore: number;
  mu: number;
}

export interface PreferenceContent {
  kind: 'PREFERENCE';
  question: string;
  /** None when the answer is a text of the customer's own. */
  options: string[];
  mu: number;
  purpose: string;
  consentText: string;
  consentVersion: string;
  /** After so many days it may be answered, and is paid, again; never when null. */
  reaskAfterDays: number | null;
}

/** What a magnet asks and pays; never changed once it is published. */
export type MagnetContent =
  QuizContent | PollContent | PredictionContent | FeedbackContent | PreferenceContent;

export type MagnetKind = MagnetContent['kind'];

/** An answer as it is given: exactly the field of the magnet's kind. Options are named by their place. */
export interface MagnetAnswer {
  quiz?: number[] | null;
  poll?: number | null;
  prediction?: { choice: number; stakeMu?: number | null } | null;
  feedback?: { score: number; text?: string | null } | null;
  preference?: { choice?: number | null; text?: string | null } | null;
}

/** An answer as it is stored; personal, so no stored answer of a command has it. */
export interface StoredAnswer {
  choices: number[];
  score: number | null;
  text: string | null;
}
