import type { Answer, Command, CommandTransaction } from '../platform/database/command';
import { isConflict, isLost, isWait } from '../platform/database/errors';
import type { Job, JobContext } from '../platform/feature';
import { userError } from '../platform/errors';
import { settleSet, type Settled } from './settle-set';
import { stages } from './queue-events';
import type { Mapping } from './mapping';
import { commandsOf, ended, type QueuedEvent } from './recording';

/** Executes commands of one kind as their mutation does, in the transaction it is given. */
export type Perform = (tx: CommandTransaction, commands: readonly Command[]) => Promise<Answer[]>;

/** An import whose turn it is. */
export interface DueImport {
  id: string;
  brand_id: string;
  mapping: Mapping;
  backfill: boolean;
}

// Brands take turns: first whoever was served longest ago, and of theirs the oldest import.
/** What PostgreSQL says of a statement that took longer than it may. */
const tooLong = '57014';

const dueSql = `
  SELECT j.id, j.brand_id, j.mapping, j.backfill FROM import_jobs j
  WHERE j.finished_at IS NULL AND ($1::uuid IS NULL OR j.id = $1)
  ORDER BY (SELECT max(o.served_at) FROM import_jobs o WHERE o.brand_id = j.brand_id
    AND o.served_at IS NOT NULL) NULLS FIRST, j.id
  LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED`;

// Events of one stage, the earliest first; who is being erased is waited for, and then is not there.
const rowsSql = `
  SELECT r.index, r.stage, r.digest, r.keys, r.event FROM import_rows r
  WHERE r.brand_id = $1 AND r.job_id = $2
    AND r.stage = (SELECT min(s.stage) FROM import_rows s WHERE s.job_id = $2 AND s.brand_id = $1)
  ORDER BY r.index LIMIT $3 FOR UPDATE`;

/** What a turn is about: its size, and where it may only be that of an import. */
interface Turn {
  most: number;
  job: string | null;
  /** Records none of them, since they fail the whole set each time. */
  giveUp: boolean;
}

/**
 * Records waiting events, a set a turn, in one transaction with their leaving the queue: a crash undoes
 * both. An event that breaks its set is found by halving, and refused alone.
 */
export const recordEvents = (perform: Perform): Job => ({
  name: 'record-imported-events',
  run: (context) =>
    record(context, perform, { most: context.limits.importSet, job: null, giveUp: false }),
});

async function record(context: JobContext, perform: Perform, turn: Turn): Promise<number> {
  let job = turn.job;
  let size = 0;
  try {
    return await context.database.transact(context.clock, async (tx) => {
      const [due] = await tx.query<DueImport>(dueSql, [turn.job]);
      if (due === undefined) return 0;
      job = due.id;
      const values = [due.brand_id, due.id, Math.max(turn.most, 1)];
      const rows = await tx.query<QueuedEvent>(rowsSql, values);
      size = rows.length;
      const settled = turn.giveUp ? rows.map(broken) : await recordSet(tx, perform, due, rows);
      await settleSet(tx, due, rows, settled);
      return 1;
    });
  } catch (error) {
    const code = (error as { code?: string }).code;
    // Fewer may be quick enough; one alone that takes too long waits for a better hour.
    const waits = code === tooLong ? size === 1 : isWait(error);
    if (size === 0 || turn.giveUp || isConflict(error) || waits || isLost(error)) throw error;
    context.log.warn({ importJob: job, events: size, code }, 'imported events failed');
    const half = Math.floor(size / 2);
    return record(context, perform, { most: half, job, giveUp: half === 0 });
  }
}

function broken(): Settled {
  return { end: 'refused', error: userError('INVALID_VALUE', null, 'It could not be stored.') };
}

async function recordSet(
  tx: CommandTransaction,
  perform: Perform,
  due: DueImport,
  rows: readonly QueuedEvent[],
): Promise<Settled[]> {
  const identifying = rows[0]?.stage === stages.identifyCustomer;
  const { commands, places } = commandsOf(due, rows, identifying);
  const answers = commands.length === 0 ? [] : await perform(tx, commands);
  if (answers.length !== commands.length) throw new Error('an import lost an answer');
  return rows.map((row, at) => {
    const place = places[at] as number;
    return ended(due, row, answers[place] as Answer, identifying);
  });
}
