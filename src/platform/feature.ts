import type { EntityTarget, ObjectLiteral } from 'typeorm';
import type { Log } from './log';
import type { Clock } from './clock';
import type { Config } from './config';
import type { Answer, Command, CommandHandler, CommandTransaction } from './database/command';
import type { Database } from './database/database';
import type { Context } from './graphql/context';
import type { Limits } from './limits';

/**
 * Loads entities a router names by key. Gets the representations of one type in one tick, at most the
 * configured number, and answers in the same order; unknown or foreign ones are null.
 */
export type ReferenceLoader = (
  representations: readonly Record<string, unknown>[],
  context: Context,
) => Promise<(object | null)[]>;

/** What a job did or what it has before it, for metrics. */
export interface JobReport {
  job: string;
  /** How things it ended came out, by a word of its own for each way. */
  outcomes?: Readonly<Record<string, number>>;
  /** How many things wait to be done. */
  waiting?: number;
}

/** What a background job may use. */
export interface JobContext {
  config: Config;
  database: Database;
  clock: Clock;
  log: Log;
  limits: Limits;
  report?: (report: JobReport) => void;
}

/** Work nobody asked for by a request; every process runs it, and it sees to it that none does it twice. */
export interface Job {
  name: string;
  /** Whether nobody waits for what it does: proofs, what is kept by the day, what is past its time. */
  leisurely?: true;
  /** Does what is due and answers how many things it did; called again at once while it is not 0. */
  run(context: JobContext): Promise<number>;
  /** Ends what a run has left under way, when the process stops; after the last run. */
  stop?(context: JobContext): Promise<void>;
}

/**
 * What a feature does when commands of one below it have been executed: in their transaction, with what they
 * answered, in the same order. It throws only for faults, upon which nothing of the batch is kept.
 */
export type Follower = (
  tx: CommandTransaction,
  commands: readonly Command[],
  answers: readonly Answer[],
) => Promise<void>;

/** What a feature puts around the handlers of all commands: it may refuse some, or word refusals better. */
export type Guard = (handler: CommandHandler) => CommandHandler;

/** What a feature brings to the house; each feature's door exports one. */
export interface Feature {
  name: string;
  /** TypeORM entity classes. */
  entities: EntityTarget<ObjectLiteral>[];
  /** TypeGraphQL resolver classes. */
  resolvers: (new () => object)[];
  commands: CommandHandler[];
  /** What it does after commands of features below it, by their kind. */
  follows?: Record<string, Follower>;
  /** What it puts around every handler of the house. */
  guard?: Guard;
  /** Entities of the federated graph, by GraphQL type name. */
  references: Record<string, ReferenceLoader>;
  /** Loaders behind `node(id)`, by id prefix; they take UUIDs. */
  nodes: Record<string, (uuid: string, context: Context) => Promise<object | null>>;
  jobs: Job[];
  /** What its commands and jobs announce, by topic, with the sentence that documents it. */
  topics?: Record<string, string>;
}
