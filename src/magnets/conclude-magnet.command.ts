import {
  refused,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import type { MagnetRow } from './magnet.entity';
import { magnetId } from './magnet.id';
import { magnetSnapshot } from './magnet.loader';
import type { MagnetAnswerOfCommand } from './magnet-payload';
import { lockMagnets } from './magnet.store';
import { settle } from './settle-magnets';

/** The magnet to close or call off. */
export interface ConcludeMagnet {
  id: string;
}

/** The prediction to resolve, and the option that came true, by its place from 0. */
export interface ResolveMagnet extends ConcludeMagnet {
  winningOption: number;
}

/** Changes a locked magnet, or says why not. */
type Conclusion<Input> = (row: MagnetRow, input: Input, now: Date) => UserErrorShape | null;

/** Closes magnets: they take no answers any more. One that is closed stays so. */
export const closeMagnet: CommandHandler<ConcludeMagnet, MagnetAnswerOfCommand> = {
  kind: 'closeMagnet',
  execute: (tx, commands) =>
    concludeAll(tx, commands, (row) => {
      if (row.resolved_at !== null) return userError('ALREADY_RESOLVED', ['id']);
      row.state = 'CLOSED';
      return null;
    }),
};

/** Says what came true of predictions, once, and begins to pay. */
export const resolveMagnet: CommandHandler<ResolveMagnet, MagnetAnswerOfCommand> = {
  kind: 'resolveMagnet',
  execute: (tx, commands) =>
    concludeAll(tx, commands, (row, { winningOption }, now) => {
      const refusal = refuseEnding(row);
      if (refusal !== null || row.content.kind !== 'PREDICTION') return refusal;
      const last = row.content.options.length - 1;
      if (winningOption < 0 || winningOption > last) {
        return userError('INVALID_VALUE', ['winningOption'], `Must be from 0 to ${last}.`);
      }
      row.state = 'RESOLVED';
      row.winning_option = winningOption;
      row.resolved_at = now;
      return null;
    }),
};

/** Calls predictions off, once, and begins to give stakes back. */
export const voidMagnet: CommandHandler<ConcludeMagnet, MagnetAnswerOfCommand> = {
  kind: 'voidMagnet',
  execute: (tx, commands) =>
    concludeAll(tx, commands, (row, _input, now) => {
      const refusal = refuseEnding(row);
      if (refusal !== null) return refusal;
      row.state = 'VOID';
      row.resolved_at = now;
      return null;
    }),
};

function refuseEnding(row: MagnetRow): UserErrorShape | null {
  if (row.kind !== 'PREDICTION') {
    return userError('INVALID_VALUE', ['id'], 'Only a prediction has an outcome.');
  }
  return row.resolved_at === null ? null : userError('ALREADY_RESOLVED', ['id']);
}

/** Of several commands for one magnet each sees what the one before it did. */
async function concludeAll<Input extends ConcludeMagnet>(
  tx: CommandTransaction,
  commands: readonly Command<Input>[],
  conclude: Conclusion<Input>,
): Promise<MagnetAnswerOfCommand[]> {
  const rows = await lockMagnets(
    tx,
    commands.map(({ input, tenant }) => {
      const id = magnetId.decode(input.id);
      return id === null ? null : { brandId: tenant as string, id };
    }),
  );
  const changed = new Set<MagnetRow>();
  const refusals = commands.map(({ input }, at) => {
    const row = rows[at] ?? null;
    if (row === null) return userError('NOT_FOUND', ['id']);
    const refusal = conclude(row, input, tx.now);
    if (refusal === null) changed.add(row);
    return refusal;
  });
  const ended = [...changed].filter((row) => row.resolved_at !== null);
  await storeStates(tx, [...changed]);
  await settle(tx, ended);
  for (const row of ended) announce(tx, row);
  return refusals.map((refusal, at) => {
    if (refusal !== null) return refused(refusal);
    return { magnet: magnetSnapshot(rows[at] as MagnetRow), userErrors: [] };
  });
}

const statesSql = `
  UPDATE magnets m SET state = t.state, winning_option = t.winning_option, resolved_at = t.resolved_at
  FROM unnest($1::uuid[], $2::text[], $3::smallint[], $4::timestamptz[])
    AS t(id, state, winning_option, resolved_at)
  WHERE m.id = t.id`;

async function storeStates(tx: CommandTransaction, rows: readonly MagnetRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(statesSql, [
    rows.map((row) => row.id),
    rows.map((row) => row.state),
    rows.map((row) => row.winning_option),
    rows.map((row) => row.resolved_at),
  ]);
}

function announce(tx: CommandTransaction, row: MagnetRow): void {
  tx.announce({
    topic: 'magnet.resolved',
    brandId: row.brand_id,
    customerId: null,
    payload: {
      magnetId: magnetId.encode(row.id),
      state: row.state,
      winningOption: row.winning_option,
    },
  });
}
