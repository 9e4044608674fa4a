import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import type { Pool, PoolClient } from 'pg';
import type { Clock } from '../clock';
import { UnavailableError } from '../errors';
import type { Limits } from '../limits';
import { begin, nowOf, type ConnectionSettings } from './connection';
import type { Answer, Answered, Command, CommandHandler, CommandTransaction } from './command';
import { asUnavailable, isConflict, isLost, isWait } from './errors';
import { claimKeys, findKeys } from './idempotency';
import { Outbox } from './outbox';
import { transactionOn, type OpenTransaction } from './open-transaction';
import { Lane, laneOf, type Pending } from './lane';
import { commitSeen, type SeenPositions } from './standby/seen-positions';

/** What a batch did, for metrics. `milliseconds` is the whole transaction. */
export interface BatchReport {
  kind: string;
  size: number;
  milliseconds: number;
  failed: boolean;
}

/**
 * Commands name their rows by keys, a few or a thousand at once. So each statement is planned once, for any
 * number, and by its indexes also while a young table is still known as empty: a plan made then would read
 * the whole table for each row until somebody analyses it.
 */
const openingSql = `SELECT now() AS now, set_config('plan_cache_mode', 'force_generic_plan', true),
  set_config('enable_seqscan', 'off', true)`;

/** Observes batches; the `before…` and `after…` points let tests break a batch at any statement. */
export interface BatchHooks {
  report?(batch: BatchReport): void;
  beforeStatement?(text: string): void | Promise<void>;
  beforeCommit?(): void | Promise<void>;
  afterCommit?(): void | Promise<void>;
}

export interface CommandBatcherOptions {
  pool: Pool;
  settings: ConnectionSettings;
  clock: Clock;
  limits: Limits;
  handlers: readonly CommandHandler[];
  hooks?: BatchHooks;
  /** Where there are standbys: is told how far they must be for whoever sent a command. */
  seen?: SeenPositions | undefined;
}

/**
 * Runs every write of the service. Commands of one kind that arrive while the last transaction of
 * their lane is in flight share the next one; there is no timer. Each command has its own key and
 * its own answer, and a command that fails takes no neighbour with it. One kind a transaction means
 * one handler takes all its locks in one ordered step, so two batches cannot deadlock, be they of two
 * processes or, of what claims its keys late and therefore only ever waits, of one lane.
 */
export class CommandBatcher {
  private readonly handlers: Map<string, CommandHandler>;
  private readonly lanes: Lane[];
  private readonly again = retry(handleWhen(isConflict), {
    maxAttempts: 5,
    backoff: new ExponentialBackoff({ initialDelay: 5, maxDelay: 200 }),
  });

  constructor(private readonly options: CommandBatcherOptions) {
    this.handlers = new Map(options.handlers.map((handler) => [handler.kind, handler]));
    this.lanes = Array.from(
      { length: options.limits.writerLanes },
      () =>
        new Lane(options.limits, {
          run: (batch) => this.settle(batch),
          overlaps: (kind) => this.handlers.get(kind)?.claimsLate === true,
        }),
    );
  }

  /**
   * Queues one command and answers when its transaction has committed. Rejects with a retryable
   * UnavailableError when the queue is full or the database is away; the same key may be sent again.
   */
  submit<A extends Answer = Answer>(command: Command): Promise<Answered<A>> {
    return this.push(command, 1);
  }

  /** Queues a list of commands together; one answer each, in the same order. Rejects as `submit`. */
  submitAll<A extends Answer = Answer>(commands: readonly Command[]): Promise<Answered<A>[]> {
    const answers: Promise<Answered<A>>[] = [];
    for (const command of commands) answers.push(this.push<A>(command, commands.length));
    return Promise.all(answers);
  }

  private push<A extends Answer>(command: Command, together: number): Promise<Answered<A>> {
    if (!this.handlers.has(command.kind)) throw new Error(`no handler for ${command.kind}`);
    const lane = this.lanes[laneOf(command, this.lanes.length)] as Lane;
    return lane.push(command, together) as Promise<Answered<A>>;
  }

  /** Commands waiting or in flight, over all lanes. */
  get depth(): number {
    return this.lanes.reduce((sum, lane) => sum + lane.depth, 0);
  }

  /** Resolves when everything accepted so far has been answered. */
  async drain(): Promise<void> {
    await Promise.all(this.lanes.map((lane) => lane.idle()));
  }

  private async settle(batch: Pending[]): Promise<void> {
    const started = performance.now();
    let failed = false;
    try {
      const answers = await this.again.execute(() => this.transact(batch.map((p) => p.command)));
      batch.forEach((pending, at) => pending.resolve(answers[at] as Answered));
    } catch (error) {
      failed = true;
      await this.isolate(batch, error);
    }
    const kind = (batch[0] as Pending).command.kind;
    const milliseconds = performance.now() - started;
    this.options.hooks?.report?.({ kind, size: batch.length, milliseconds, failed });
  }

  /** Nothing of a failed batch was kept: run its parts alone until the culprit is alone. */
  private async isolate(batch: Pending[], error: unknown): Promise<void> {
    if (batch.length === 1 || isLost(error) || error instanceof UnavailableError) {
      for (const pending of batch) pending.reject(asUnavailable(error));
      return;
    }
    for (const part of isWait(error) ? byTenant(batch) : halves(batch)) {
      if (part.length === batch.length) {
        for (const pending of part) pending.reject(asUnavailable(error));
      } else {
        await this.settle(part);
      }
    }
  }

  private async transact(commands: Command[]): Promise<Answered[]> {
    const { pool, hooks, seen } = this.options;
    const client = await pool.connect();
    let broken: Error | undefined;
    let tx: OpenTransaction | undefined;
    try {
      const outbox = new Outbox();
      tx = await this.open(client, commands, outbox);
      const answers = await this.execute(tx, commands, outbox);
      await hooks?.beforeCommit?.();
      tx.end();
      if (seen === undefined) await client.query('COMMIT');
      else await commitSeen(client, seen, commands);
      await hooks?.afterCommit?.();
      return answers;
    } catch (error) {
      tx?.end();
      await client.query('ROLLBACK').catch((reason: unknown) => (broken = reason as Error));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  private async open(
    client: PoolClient,
    commands: Command[],
    outbox: Outbox,
  ): Promise<OpenTransaction> {
    const { settings, clock, hooks } = this.options;
    const tenants = new Set(
      commands.flatMap((c) => (c.tenant === null ? [c.scope] : [c.scope, c.tenant])),
    );
    const scope = { tenants: [...tenants], subject: null, everything: false, directory: true };
    const opened = await client.query(`${begin(settings, 'write', scope)}; ${openingSql}`);
    return transactionOn(client, {
      now: clock.now(nowOf(opened)),
      limits: settings.limits,
      outbox,
      beforeStatement: hooks?.beforeStatement?.bind(hooks),
    });
  }

  private async execute(
    tx: CommandTransaction,
    commands: Command[],
    outbox: Outbox,
  ): Promise<Answered[]> {
    const handler = this.handlers.get((commands[0] as Command).kind) as CommandHandler;
    const keys = await (handler.claimsLate === true ? findKeys : claimKeys)(tx, commands);
    const { claim } = keys;
    const fresh = claim.fresh.map((at) => commands[at] as Command);
    const results = new Map(claim.known);
    if (fresh.length > 0) {
      const answers = await handler.execute(tx, fresh);
      if (answers.length !== fresh.length) throw new Error(`${handler.kind} lost an answer`);
      await Promise.all([keys.store(answers), outbox.store(tx)]);
      claim.fresh.forEach((at, i) =>
        results.set(at, { answer: answers[i] as Answer, replayed: false }),
      );
    }
    for (const [at, earlier] of claim.repeats) {
      const { answer } = results.get(earlier) as Answered;
      results.set(at, { answer, replayed: true });
    }
    return commands.map((_, at) => results.get(at) as Answered);
  }
}

function byTenant(batch: Pending[]): Pending[][] {
  const groups = new Map<string, Pending[]>();
  for (const pending of batch) {
    const name = pending.command.tenant ?? pending.command.scope;
    groups.set(name, [...(groups.get(name) ?? []), pending]);
  }
  return [...groups.values()];
}

function halves(batch: Pending[]): Pending[][] {
  const middle = Math.ceil(batch.length / 2);
  return [batch.slice(0, middle), batch.slice(middle)];
}
