import type { PoolClient } from 'pg';
import type { Limits } from '../limits';
import type { CommandTransaction } from './command';
import type { Outbox } from './outbox';
import { sendTogether, type AskedStatement } from './statement-batch';

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
 * The transaction a client has begun. Statements that are asked for in one turn of the event loop travel
 * together and are answered in their order; none does after one that failed. What would have followed
 * another of them is refused once the transaction has ended, as it would be kept for itself.
 */
export function transactionOn(
  client: PoolClient,
  { now, limits, outbox, beforeStatement }: Opened,
): OpenTransaction {
  let over = false;
  let asked: AskedStatement[] = [];
  let turn = Promise.resolve();

  function send(): void {
    const together = asked;
    asked = [];
    if (!over) return sendTogether(client, together);
    for (const { reject } of together) reject(new Error('the transaction is over'));
  }

  function ask(text: string, values: unknown[]): Promise<object[]> {
    return new Promise((resolve, reject) => {
      asked.push({ text, values, resolve, reject });
      if (asked.length === 1) process.nextTick(send);
    });
  }

  return {
    now,
    limits,
    async query<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
      if (beforeStatement !== undefined) {
        turn = turn.then(() => beforeStatement(text));
        await turn;
      }
      return (await ask(text, values)) as Row[];
    },
    announce: (announcement) => outbox.announce(announcement),
    end() {
      over = true;
    },
  };
}
