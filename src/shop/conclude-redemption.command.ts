import {
  pairOf,
  Posting,
  readWalletFacts,
  snapshotFor,
  snapshotForOwner,
  type WalletFacts,
} from '../ledger';
import { isFromBrand } from '../platform/database/caller-command';
import {
  refused,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorCode } from '../platform/errors';
import { cancelled, captured, conclude, type Conclusion } from './conclusion';
import type { RedemptionAnswer } from './redeem.command';
import { snapshotOf, type RedemptionRow } from './redemption.entity';
import { accountsOf, lockRedemptions, pairOfRedemption, storeStates } from './redemption.service';
import { redemptionId } from './shop.id';
import { lockStockOf } from './stock';

/** The redemption to end. */
export interface ConcludeRedemption {
  id: string;
}

type Refusal = (row: RedemptionRow, now: Date) => UserErrorCode | null;

/** Confirms redemptions: their Mu is burnt. Only the brand can, and only while the hold lasts. */
export const captureRedemption: CommandHandler<ConcludeRedemption, RedemptionAnswer> = {
  kind: 'captureRedemption',
  execute: (tx, commands) => concludeAll(tx, commands, captured, refuseCapture),
};

/** Calls redemptions off: their Mu goes back to the wallet. */
export const cancelRedemption: CommandHandler<ConcludeRedemption, RedemptionAnswer> = {
  kind: 'cancelRedemption',
  execute: (tx, commands) => concludeAll(tx, commands, cancelled, refuseCancel),
};

function refuseCancel(row: RedemptionRow): UserErrorCode | null {
  return row.state === 'PENDING' ? null : 'ALREADY_RESOLVED';
}

/** A hold that has run out is expired for everybody, also before the job has noticed. */
function refuseCapture(row: RedemptionRow, now: Date): UserErrorCode | null {
  if (row.state === 'EXPIRED') return 'HOLD_EXPIRED';
  if (row.state !== 'PENDING') return 'ALREADY_RESOLVED';
  return row.expires_at <= now ? 'HOLD_EXPIRED' : null;
}

/** Of several commands for one redemption the first ends it. */
async function concludeAll(
  tx: CommandTransaction,
  commands: readonly Command<ConcludeRedemption>[],
  conclusion: Conclusion,
  refusalOf: Refusal,
): Promise<RedemptionAnswer[]> {
  const ids = commands.map(({ input }) => redemptionId.decode(input.id));
  const found = await ownRedemptions(tx, commands, ids);
  const rows = [...found.values()];
  if (conclusion.kind === 'HOLD_RELEASE') await lockStockOf(tx, rows);
  const pairs = rows.map(pairOfRedemption);
  const posting = await Posting.open(tx, pairs.flatMap(accountsOf), pairs);
  const facts = await readWalletFacts(tx, pairs);
  const concluded: RedemptionRow[] = [];
  const answers = commands.map((command, at): RedemptionAnswer => {
    const row = found.get(ids[at] ?? '');
    if (row === undefined || !isTheirs(command, row))
      return refused(userError('NOT_FOUND', ['id']));
    const refusal = refusalOf(row, tx.now);
    if (refusal !== null) return refused(userError(refusal, ['id']));
    const transfer = conclude(posting, row, conclusion, tx.now);
    concluded.push(row);
    const pair = pairOfRedemption(row);
    const known = facts.get(pairOf(pair.brandId, pair.customerId)) as WalletFacts;
    const show = isFromBrand(command) ? snapshotFor : snapshotForOwner;
    const wallet = show(posting, pair, known);
    return { redemption: snapshotOf(row), transfer, wallet, userErrors: [] };
  });
  await storeStates(tx, concluded);
  await posting.flush();
  return answers;
}

/** Locks the redemptions that some command may end, and answers them by UUID. */
async function ownRedemptions(
  tx: CommandTransaction,
  commands: readonly Command<ConcludeRedemption>[],
  ids: readonly (string | null)[],
): Promise<Map<string, RedemptionRow>> {
  const refs = commands.flatMap(({ tenant }, at) => {
    const id = ids[at] ?? null;
    return id === null || tenant === null ? [] : [{ brandId: tenant, id }];
  });
  return lockRedemptions(tx, refs);
}

function isTheirs(command: Command, row: RedemptionRow): boolean {
  if (row.brand_id !== command.tenant) return false;
  return isFromBrand(command) || row.customer_id === command.subject;
}
