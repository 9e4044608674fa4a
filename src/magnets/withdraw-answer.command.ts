import { isFromBrand } from '../platform/database/caller-command';
import {
  refused,
  type Answer,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError } from '../platform/errors';
import { magnetId, magnetResponseId } from './magnet.id';
import {
  snapshotOf,
  type MagnetResponseRow,
  type MagnetResponseSnapshot,
} from './magnet-response.entity';

/** The answer to withdraw. */
export interface WithdrawAnswer {
  responseId: string;
}

export interface WithdrawAnswerAnswer extends Answer {
  response?: MagnetResponseSnapshot;
}

const lockSql = `
  SELECT r.* FROM magnet_responses r
  WHERE (r.brand_id, r.id) IN (SELECT t.brand_id, t.id FROM unnest($1::uuid[], $2::uuid[]) AS t(brand_id, id))
  ORDER BY r.id FOR NO KEY UPDATE OF r`;

const withdrawSql = `
  UPDATE magnet_responses r SET answers = NULL, withdrawn_at = $2 WHERE r.id = ANY ($1::uuid[])`;

/**
 * Forgets what customers told about themselves, for good; that they answered, and were paid, stays.
 * An answer withdrawn before stays so.
 */
export const withdrawAnswer: CommandHandler<WithdrawAnswer, WithdrawAnswerAnswer> = {
  kind: 'withdrawAnswer',
  async execute(tx, commands) {
    const ids = commands.map(({ input }) => magnetResponseId.decode(input.responseId));
    const named = commands.filter((_, at) => ids[at] !== null);
    const rows = await tx.query<MagnetResponseRow>(lockSql, [
      named.map(({ tenant }) => tenant),
      ids.filter((id) => id !== null),
    ]);
    const found = new Map(rows.map((row) => [row.id, row]));
    const withdrawn = new Set<MagnetResponseRow>();
    const answers = commands.map((command, at): WithdrawAnswerAnswer => {
      const row = found.get(ids[at] ?? '');
      const theirs = isFromBrand(command) || row?.customer_id === command.subject;
      if (row === undefined || row.brand_id !== command.tenant || !theirs) {
        return refused(userError('NOT_FOUND', ['responseId']));
      }
      if (row.consent_purpose === null) {
        const message = 'Only what a customer told about themselves can be withdrawn.';
        return refused(userError('INVALID_VALUE', ['responseId'], message));
      }
      if (row.withdrawn_at === null) {
        row.withdrawn_at = tx.now;
        withdrawn.add(row);
      }
      return { response: snapshotOf(row), userErrors: [] };
    });
    await forget(tx, [...withdrawn]);
    return answers;
  },
};

async function forget(tx: CommandTransaction, rows: readonly MagnetResponseRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(withdrawSql, [rows.map(({ id }) => id), tx.now]);
  for (const row of rows) {
    tx.announce({
      topic: 'magnet.withdrawn',
      brandId: row.brand_id,
      customerId: row.customer_id,
      payload: {
        magnetId: magnetId.encode(row.magnet_id),
        responseId: magnetResponseId.encode(row.id),
      },
    });
  }
}
