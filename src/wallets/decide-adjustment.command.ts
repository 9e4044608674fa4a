import { accounts, Posting, withoutWords, type TransferRow } from '../ledger';
import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import type { AdjustmentRow } from './adjustment.entity';
import { adjustmentId } from './adjustment.id';
import type { AdjustmentState } from './adjustment.type';
import type { Signed } from './signer';

/** The adjustment to decide. */
export interface DecideAdjustment {
  id: string;
}

export interface DecideAdjustmentAnswer extends Answer {
  adjustment?: { id: string; state: AdjustmentState; decidedAt: Date };
  transfer?: TransferRow;
}

/** Approves adjustments, each by another than asked for it, and moves their Mu. */
export const approveAdjustment: CommandHandler<DecideAdjustment, DecideAdjustmentAnswer> = {
  kind: 'approveAdjustment',
  execute: (tx, commands) => decideAll(tx, commands, 'APPROVED'),
};

/** Declines adjustments; whoever asked for one may also take it back. */
export const declineAdjustment: CommandHandler<DecideAdjustment, DecideAdjustmentAnswer> = {
  kind: 'declineAdjustment',
  execute: (tx, commands) => decideAll(tx, commands, 'DECLINED'),
};

// Adjustments by id, then accounts; nobody who holds an account waits for an adjustment.
const lockSql = `
  SELECT a.* FROM adjustments a
  WHERE (a.brand_id, a.id) IN (SELECT t.brand_id, t.id FROM unnest($1::uuid[], $2::uuid[]) AS t(brand_id, id))
  ORDER BY a.id FOR NO KEY UPDATE OF a`;

const storeSql = `
  UPDATE adjustments a SET state = t.state, decided_by = t.decided_by, decided_at = $4
  FROM unnest($1::uuid[], $2::text[], $3::uuid[]) AS t(id, state, decided_by) WHERE a.id = t.id`;

type Verdict = 'APPROVED' | 'DECLINED';

async function decideAll(
  tx: CommandTransaction,
  commands: readonly Command<DecideAdjustment>[],
  verdict: Verdict,
): Promise<DecideAdjustmentAnswer[]> {
  const refs = commands.flatMap(({ input, tenant }) => {
    const id = adjustmentId.decode(input.id);
    return id === null || tenant === null ? [] : [{ id, tenant }];
  });
  const locked = await tx.query<AdjustmentRow>(lockSql, [
    refs.map(({ tenant }) => tenant),
    refs.map(({ id }) => id),
  ]);
  const rows = new Map(locked.map((row) => [row.id, row]));
  const pairs = locked.map((row) => ({ brandId: row.brand_id, customerId: row.customer_id }));
  const moves = verdict === 'APPROVED' ? pairs : [];
  const posting = await Posting.open(
    tx,
    moves.flatMap((pair) => [accounts.wallet(pair.customerId), accounts.budget(pair.brandId)]),
    moves,
  );
  const decided: AdjustmentRow[] = [];
  const answers = commands.map((command): DecideAdjustmentAnswer => {
    const row = rows.get(adjustmentId.decode(command.input.id) ?? '');
    if (row === undefined || row.brand_id !== command.tenant) {
      return refused(userError('NOT_FOUND', ['id']));
    }
    const answer = decide(tx, posting, row, command as Signed<DecideAdjustment>, verdict);
    if (answer.adjustment !== undefined) decided.push(row);
    return answer;
  });
  await store(tx, decided);
  await posting.flush();
  return answers;
}

function decide(
  tx: CommandTransaction,
  posting: Posting,
  row: AdjustmentRow,
  { signer }: Signed<DecideAdjustment>,
  verdict: Verdict,
): DecideAdjustmentAnswer {
  const refusal = refuse(row, signer, verdict, tx.now);
  if (refusal !== null) return refused(refusal);
  const posted = verdict === 'APPROVED' ? move(posting, row) : null;
  if (posted !== null && 'code' in posted) return refused(posted);
  row.state = verdict;
  row.decided_by = signer;
  row.decided_at = tx.now;
  return {
    adjustment: { id: row.id, state: verdict, decidedAt: tx.now },
    ...(posted === null ? {} : { transfer: withoutWords(posted) }),
    userErrors: [],
  };
}

function refuse(
  row: AdjustmentRow,
  signer: string,
  verdict: Verdict,
  now: Date,
): UserErrorShape | null {
  if (row.state === 'EXPIRED' || (row.state === 'PENDING' && row.expires_at <= now)) {
    return userError('REQUEST_EXPIRED', ['id']);
  }
  if (row.state !== 'PENDING') return userError('ALREADY_RESOLVED', ['id']);
  const alone = verdict === 'APPROVED' && row.requested_by === signer;
  return alone ? userError('SECOND_PERSON_NEEDED', ['id']) : null;
}

/** A brand takes back at most its own share: the rest of the wallet came from others. */
function move(posting: Posting, row: AdjustmentRow): TransferRow | UserErrorShape {
  const { brand_id: brandId, customer_id: customerId, amount, reason } = row;
  const [wallet, budget] = [accounts.wallet(customerId), accounts.budget(brandId)];
  const credits = row.direction === 'CREDIT';
  const { share } = posting.walletOf(customerId, brandId);
  if (!credits && share.balance < amount) return userError('INSUFFICIENT_MU', ['id']);
  const posted = posting.transfer({
    kind: 'ADJUSTMENT',
    debit: credits ? budget : wallet,
    credit: credits ? wallet : budget,
    amount,
    reason,
    brandId,
    customerId,
  });
  if (posted === 'CLOSED') return userError('CUSTOMER_OPTED_OUT', ['id']);
  if (posted === 'TOO_MUCH') return userError('AMOUNT_TOO_LARGE', ['id']);
  if (posted === 'TOO_LITTLE') {
    return userError(credits ? 'BUDGET_EXHAUSTED' : 'INSUFFICIENT_MU', ['id']);
  }
  return posted.transfer;
}

async function store(tx: CommandTransaction, rows: readonly AdjustmentRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(storeSql, [
    rows.map((row) => row.id),
    rows.map((row) => row.state),
    rows.map((row) => row.decided_by),
    tx.now,
  ]);
}
