import type { Pool, PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { UnavailableError } from '../errors';
import type { Limits } from '../limits';
import { clientOptions, type ConnectionSettings } from './connection';
import { abandonLent, giveBack, isAbandoned, watchLent } from './lent-clients';
import type { WaitingLine } from './waiting-line';

/** A connection as it is lent. */
export interface Loan {
  client: PoolClient;
  /** Whether it is still in the transaction of whoever had it before, to be ended by a COMMIT first. */
  unended: boolean;
}

/** Lends connections that take several statements at once, each for one read session. */
export interface ReadConnections {
  /** Throws UnavailableError at once where others have waited long and the borrower is `hurried`. */
  lend(hurried: boolean): Promise<Loan>;
  /** Takes one back whose transaction is open; `sound` when nothing has failed in it. */
  giveBack(client: PoolClient, sound: boolean): void;
  /** Whether others have waited so long that whoever comes now should come later. */
  readonly crowded: boolean;
  /** Closes what is still lent, for a process that ends. */
  abandon(): void;
}

/** Client options of connections that send a statement without waiting for the answer to the one before. */
export function pipelinedOptions(settings: ConnectionSettings): object {
  return { ...clientOptions(settings), pipeline: true };
}

/** The connections of an initialised data source that was opened with `pipelinedOptions`. */
export function readConnections(
  dataSource: DataSource,
  line: WaitingLine,
  limits: Pick<Limits, 'readWaitMs' | 'readConnections' | 'poolWaitMs'>,
): ReadConnections {
  const pool = (dataSource.driver as unknown as { master: Pool }).master;
  // The pool listens to idle connections only; one lost at work would end the process as unheard.
  pool.on('acquire', (client) => {
    if (!client.listeners('error').includes(heard)) client.on('error', heard);
  });
  watchLent(pool);
  const lending = new Lending(pool, limits);
  const crowded = (): boolean => line.age > limits.readWaitMs;
  return {
    get crowded() {
      return crowded();
    },
    giveBack: (client, sound) => lending.takeBack(client, sound),
    abandon() {
      abandonLent(pool);
      lending.giveUp();
    },
    async lend(hurried) {
      if (hurried && crowded()) throw new UnavailableError('load');
      const leave = line.enter();
      try {
        const loan = await lending.lend();
        leave(true);
        return loan;
      } catch (error) {
        leave(false);
        throw error;
      }
    },
  };
}

interface Waiter {
  serve(loan: Loan | Promise<Loan>): void;
  refuse(error: Error): void;
}

/**
 * Hands a connection from one borrower to the next where there are more of them than connections. The end
 * of the one's transaction then travels with the beginning of the other's, in place of a message of its own.
 */
class Lending {
  private readonly waiting = new Set<Waiter>();
  private lent = 0;

  constructor(
    private readonly pool: Pool,
    private readonly limits: Pick<Limits, 'readConnections' | 'poolWaitMs'>,
  ) {}

  lend(): Promise<Loan> {
    return this.lent < this.limits.readConnections ? this.fetch() : this.wait();
  }

  takeBack(client: PoolClient, sound: boolean): void {
    if (isAbandoned(client)) return;
    const next = sound ? this.first() : undefined;
    if (next !== undefined) {
      next.serve({ client, unended: true });
      return;
    }
    // Who borrows the connection next is answered after this, and need not wait for it.
    client.query('COMMIT').catch(() => undefined);
    giveBack(client);
    this.returned();
  }

  giveUp(): void {
    for (const waiter of this.waiting) waiter.refuse(new UnavailableError('connection'));
    this.waiting.clear();
  }

  private async fetch(): Promise<Loan> {
    this.lent += 1;
    try {
      return { client: await this.pool.connect(), unended: false };
    } catch (error) {
      this.returned();
      throw error;
    }
  }

  private wait(): Promise<Loan> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        serve(loan) {
          clearTimeout(timer);
          resolve(loan);
        },
        refuse(error) {
          clearTimeout(timer);
          reject(error);
        },
      };
      const timer = setTimeout(() => {
        this.waiting.delete(waiter);
        reject(new UnavailableError('connection'));
      }, this.limits.poolWaitMs);
      this.waiting.add(waiter);
    });
  }

  /** One less is lent: whoever waits may have another of the pool. */
  private returned(): void {
    this.lent -= 1;
    this.first()?.serve(this.fetch());
  }

  private first(): Waiter | undefined {
    const [waiter] = this.waiting;
    if (waiter !== undefined) this.waiting.delete(waiter);
    return waiter;
  }
}

function heard(): void {
  // Its statements reject with the same error.
}
