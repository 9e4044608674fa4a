import type { UserErrorShape } from '../errors';
import type { Limits } from '../limits';
import type { Announcement } from './outbox';

/** One write as it was asked for. `input` is what is hashed for idempotency, exactly as the client sent it. */
export interface Command<Input = unknown> {
  kind: string;
  /** The UUID the key is unique within: a brand, a brand's customer, or the nil UUID of the platform. */
  scope: string;
  /** The customer who sent it for themselves; absent when a brand or the platform did. */
  subject?: string | null;
  /** The brand the command acts for; null for the platform. */
  tenant: string | null;
  key: string;
  input: Input;
}

/** What a command decided, as JSON: ids, amounts and codes, never personal data. Stored with its key. */
export interface Answer {
  userErrors: UserErrorShape[];
  [name: string]: unknown;
}

/** An answer as the caller gets it; `replayed` when it is the stored one of an earlier call. */
export interface Answered<A extends Answer = Answer> {
  answer: A;
  replayed: boolean;
}

/** The database transaction a batch of commands shares. */
export interface CommandTransaction {
  /** The moment all commands of the batch are judged by. */
  readonly now: Date;
  readonly limits: Limits;
  query<Row = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Tells subscribers and webhooks, if and when the transaction commits. */
  announce(announcement: Announcement): void;
}

/**
 * Executes commands of one kind, all in one transaction, answering in the same order. It validates
 * too: a refusal is an answer, stored and replayed like any other. It throws only for faults.
 */
export interface CommandHandler<Input = unknown, A extends Answer = Answer> {
  kind: string;
  /**
   * Its keys are kept with their answers at the end, in one row that is never written again, rather than
   * claimed at the beginning: for what comes in masses and takes locks that equal commands share. A key
   * that somebody else has kept meanwhile undoes the batch, which runs again and finds it.
   */
  claimsLate?: boolean;
  execute(tx: CommandTransaction, commands: readonly Command<Input>[]): Promise<A[]>;
}

/** An answer that refuses. */
export function refused(...userErrors: UserErrorShape[]): Answer {
  return { userErrors };
}
