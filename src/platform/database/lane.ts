import { UnavailableError } from '../errors';
import type { Limits } from '../limits';
import type { Answered, Command } from './command';

/** A command waiting for its answer. */
export interface Pending {
  command: Command;
  /** When it came, by `performance.now()`. */
  since: number;
  /** How many commands came with it as one list; 1 for one by itself. They stand behind each other. */
  together: number;
  resolve(answered: Answered): void;
  reject(reason: unknown): void;
}

/** The lane of a command: all commands of a brand meet in one, so that its budget row has one writer here. */
export function laneOf(command: Command, lanes: number): number {
  const affinity = command.tenant ?? command.scope;
  return Number.parseInt(affinity.slice(-8), 16) % lanes;
}

/** How a lane runs what it takes. */
export interface LaneWork {
  /** Runs a batch of one kind and answers every command of it; a rejection answers those it has not. */
  run(batch: Pending[]): Promise<void>;
  /** Whether batches of a kind may run beside the one before them. */
  overlaps(kind: string): boolean;
}

/** How many transactions a lane has in flight at most. */
export const transactionsOfALane = 2;

/**
 * A bounded queue with one transaction in flight; the next takes what has arrived meanwhile. Where many
 * wait, a second one begins beside the first: PostgreSQL then has work while this process reckons. A list
 * is never divided among the two, so that its commands are executed in their order.
 */
export class Lane {
  private queue: Pending[] = [];
  private inFlight = 0;
  private transactions = 0;
  private waking = false;
  /** Whether a part of the list that was taken last is still queued. */
  private divided = false;
  private resting: (() => void)[] = [];

  constructor(
    private readonly limits: Limits,
    private readonly work: LaneWork,
  ) {}

  get depth(): number {
    return this.queue.length + this.inFlight;
  }

  /** Queues a command, which is one of so many that are pushed at once. */
  push(command: Command, together = 1): Promise<Answered> {
    const since = performance.now();
    const waited = since - (this.queue[0]?.since ?? since);
    if (this.queue.length >= this.limits.laneQueue || waited > this.limits.laneWaitMs) {
      return Promise.reject(new UnavailableError('queue'));
    }
    return new Promise<Answered>((resolve, reject) => {
      this.queue.push({ command, since, together, resolve, reject });
      this.wake();
    });
  }

  async idle(): Promise<void> {
    if (this.depth > 0) await new Promise<void>((resolve) => this.resting.push(resolve));
  }

  /** Commands of the same turn of the event loop belong together, so a batch waits for its end. */
  private wake(): void {
    if (this.waking) return;
    this.waking = true;
    setImmediate(() => {
      this.waking = false;
      this.begin();
    });
  }

  private begin(): void {
    while (this.mayBegin()) void this.settle(this.take());
    if (this.depth > 0) return;
    for (const rest of this.resting.splice(0)) rest();
  }

  private mayBegin(): boolean {
    const [first] = this.queue;
    if (first === undefined || this.transactions === 0) return first !== undefined;
    const many = this.queue.length >= this.limits.laneOverlap && !this.divided;
    return (
      many && this.transactions < transactionsOfALane && this.work.overlaps(first.command.kind)
    );
  }

  private async settle(batch: Pending[]): Promise<void> {
    this.transactions += 1;
    this.inFlight += batch.length;
    await this.work.run(batch).catch((error: unknown) => {
      for (const pending of batch) pending.reject(error);
    });
    this.inFlight -= batch.length;
    this.transactions -= 1;
    this.begin();
  }

  /** The oldest command and everything of its kind, in order of arrival; lists as a whole where they fit at all. */
  private take(): Pending[] {
    const kind = (this.queue[0] as Pending).command.kind;
    const batch: Pending[] = [];
    const rest: Pending[] = [];
    let room = this.limits.batchCommands;
    let taking = 0;
    for (const pending of this.queue) {
      if (pending.command.kind !== kind) {
        rest.push(pending);
        continue;
      }
      // Behind one that does not fit nobody is taken before it.
      if (taking === 0)
        taking = pending.together <= room || batch.length === 0 ? pending.together : -1;
      if (taking > 0 && room > 0) {
        batch.push(pending);
        taking -= 1;
        room -= 1;
      } else rest.push(pending);
    }
    this.queue = rest;
    this.divided = taking > 0 && room === 0;
    return batch;
  }
}
