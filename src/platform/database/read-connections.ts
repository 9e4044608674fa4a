import type { Pool, PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { UnavailableError } from '../errors';
import type { Limits } from '../limits';
import { clientOptions, type ConnectionSettings } from './connection';
import { abandonLent, watchLent } from './lent-clients';
import type { WaitingLine } from './waiting-line';

/** Lends connections that take several statements at once, each for one read session. */
export interface ReadConnections {
  /** Throws UnavailableError at once where others have waited long and the borrower is `hurried`. */
  lend(hurried: boolean): Promise<PoolClient>;
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
  { readWaitMs }: Pick<Limits, 'readWaitMs'>,
): ReadConnections {
  const pool = (dataSource.driver as unknown as { master: Pool }).master;
  // The pool listens to idle connections only; one lost at work would end the process as unheard.
  pool.on('acquire', (client) => {
    if (!client.listeners('error').includes(heard)) client.on('error', heard);
  });
  watchLent(pool);
  const crowded = (): boolean => line.age > readWaitMs;
  return {
    get crowded() {
      return crowded();
    },
    abandon: () => abandonLent(pool),
    async lend(hurried) {
      if (hurried && crowded()) throw new UnavailableError('load');
      const leave = line.enter();
      try {
        const client = await pool.connect();
        leave(true);
        return client;
      } catch (error) {
        leave(false);
        throw error;
      }
    },
  };
}

function heard(): void {
  // Its statements reject with the same error.
}
