import { UnavailableError } from '../errors';
import type { Limits } from '../limits';
import type { Answered, Command } from './command';

/** A command waiting for its answer. */
export interface Pending {
  command: Command;
  /** When it came, by `performance.now()`. */
  since: number;
  resolve(answered: Answered): void;
  reject(reason: unknown): void;
}

/** The lane of a command: all commands of a brand meet in one, so that its budget row has one writer here. */
export function laneOf(command: Command, lanes: number): number {
  const affinity = command.tenant ?? command.scope;
  return Number.parseInt(affinity.slice(-8), 16) % lanes;
}

/** A bounded queue with one transaction in flight; the next takes what has arrived meanwhile. */
export class Lane {
  private queue: Pending[] = [];
  private inFlight = 0;
  private running: Promise<void> | null = null;

  constructor(
    private readonly limits: Limits,
    private readonly run: (batch: Pending[]) => Promise<void>,
  ) {}

  get depth(): number {
    return this.queue.length + this.inFlight;
  }

  push(command: Command): Promise<Answered> {
    const since = performance.now();
    const waited = since - (this.queue[0]?.since ?? since);
    if (this.queue.length >= this.limits.laneQueue || waited > this.limits.laneWaitMs) {
      return Promise.reject(new UnavailableError('queue'));
    }
    return new Promise<Answered>((resolve, reject) => {
      this.queue.push({ command, since, resolve, reject });
      this.running ??= this.work();
    });
  }

  async idle(): Promise<void> {
    while (this.running !== null) await this.running;
  }

  private async work(): Promise<void> {
    // Commands of the same turn of the event loop belong together, so the first batch waits for its end.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (this.queue.length > 0) {
      const batch = this.take();
      this.inFlight = batch.length;
      await this.run(batch).catch((error: unknown) => {
        for (const pending of batch) pending.reject(error);
      });
      this.inFlight = 0;
    }
    this.running = null;
  }

  /** The oldest command and everything of its kind, in order of arrival. */
  private take(): Pending[] {
    const kind = (this.queue[0] as Pending).command.kind;
    const batch: Pending[] = [];
    const rest: Pending[] = [];
    for (const pending of this.queue) {
      const fits = pending.command.kind === kind && batch.length < this.limits.batchCommands;
      (fits ? batch : rest).push(pending);
    }
    this.queue = rest;
    return batch;
  }
}
