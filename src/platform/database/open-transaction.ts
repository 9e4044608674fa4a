import type { PoolClient } from 'pg';
import type { Limits } from '../limits';
import type { CommandTransaction } from './command';
import type { Outbox } from './outbox';

/** A transaction that has begun. */
export interface OpenTransaction extends CommandTransaction {
  /** To be called before COMMIT and ROLLBACK: nothing is sent in it any more. */
  end(): void;
}

interface Opened {
  now: Date;
  limits: Limits;
  outbox: Outbox;
  /** Is awaited before each statement, in their order. */
  beforeStatement?: ((text: string) => void | Promise<void>) | undefined;
}

/**
 * The transaction a client has begun. Of statements that were sent together one may fail while what follows
 * another is still to come; once the transaction has ended that throws, as it would be kept for itself.
 */
export function transactionOn(
  client: PoolClient,
  { now, limits, outbox, beforeStatement }: Opened,
): OpenTransaction {
  let over = false;
  let turn = Promise.resolve();
  return {
    now,
    limits,
    async query<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
      if (beforeStatement !== undefined) {
        turn = turn.then(() => beforeStatement(text));
        await turn;
      }
      if (over) throw new Error('the transaction is over');
      const result = await client.query(text, values);
      return result.rows as Row[];
    },
    announce: (announcement) => outbox.announce(announcement),
    end() {
      over = true;
    },
  };
}
