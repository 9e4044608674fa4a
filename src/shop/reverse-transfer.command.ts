import {
  accountsToReverse,
  Posting,
  readReversals,
  reverse,
  transferId,
  type Reversible,
  type ShareRef,
  type TransferKind,
  type TransferRow,
  withoutWords,
} from '../ledger';
import { isFromBrand } from '../platform/database/caller-command';
import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { checkText } from '../platform/text';
import { endReferrals, lockReferralsPaidBy } from '../referrals';
import type { RedemptionRow } from './redemption.entity';
import { lockRedemptions, storeStates } from './redemption.service';
import type { RedemptionState } from './redemption.type';
import { lockStockOf } from './stock';

/** The transfer to reverse, and why. */
export interface ReverseTransfer {
  id: string;
  reason?: string | null;
}

export interface ReverseTransferAnswer extends Answer {
  transfer?: TransferRow;
}

/** What reversing a transfer of a redemption asks of its state, and what the state is then. */
const redemptionAfter: Partial<
  Record<TransferKind, { from: RedemptionState; to: RedemptionState }>
> = {
  HOLD: { from: 'PENDING', to: 'CANCELLED' },
  HOLD_CAPTURE: { from: 'CAPTURED', to: 'REVERSED' },
};

/**
 * Posts the inverse of transfers, each once. It is the shop's because undoing a hold or a capture ends
 * a redemption; all other transfers are the ledger's alone.
 */
export const reverseTransfer: CommandHandler<ReverseTransfer, ReverseTransferAnswer> = {
  kind: 'reverseTransfer',
  async execute(tx, commands) {
    const batch = await ReversalBatch.open(tx, commands);
    const answers = commands.map((command) => batch.reverseOne(command));
    await batch.store();
    return answers;
  },
};

class ReversalBatch {
  private readonly ended = new Set<RedemptionRow>();
  private readonly undone = new Set<string>();

  private constructor(
    private readonly tx: CommandTransaction,
    private readonly posting: Posting,
    private readonly transfers: ReadonlyMap<string, Reversible>,
    private readonly redemptions: ReadonlyMap<string, RedemptionRow>,
    private readonly referrals: ReadonlyMap<string, string>,
  ) {}

  /**
   * Takes the locks: redemptions, items, referrals, then accounts. Whether a transfer was reversed is read again
   * under them; of two processes the second sees what the first did.
   */
  static async open(
    tx: CommandTransaction,
    commands: readonly Command<ReverseTransfer>[],
  ): Promise<ReversalBatch> {
    const ids = commands.flatMap(({ input }) => transferId.decode(input.id) ?? []);
    const seen = [...(await readReversals(tx, ids)).values()].filter(({ transfer }) =>
      commands.some((command) => mayReverse(command, transfer)),
    );
    const holds = seen.flatMap(({ transfer }) => holdOf(transfer));
    const redemptions = await lockRedemptions(tx, holds);
    await lockStockOf(tx, [...redemptions.values()]);
    const grants = seen.filter(({ transfer }) => transfer.kind === 'GRANT');
    const referrals = await lockReferralsPaidBy(
      tx,
      grants.map(({ transfer }) => transfer.id),
    );
    const shares = seen.flatMap(({ transfer }) => shareOf(transfer));
    const posting = await Posting.open(tx, seen.flatMap(accountsToReverse), shares);
    const locked = seen.map(({ transfer }) => transfer.id);
    const transfers = await readReversals(tx, locked);
    return new ReversalBatch(tx, posting, transfers, redemptions, referrals);
  }

  reverseOne(command: Command<ReverseTransfer>): ReverseTransferAnswer {
    const given = command.input.reason ?? null;
    const { textBytes: maxBytes } = this.tx.limits;
    const reason = given === null ? null : checkText(given, { maxBytes, field: ['reason'] });
    if (reason?.refusal) return refused(reason.refusal);
    const reversible = this.transfers.get(transferId.decode(command.input.id) ?? '');
    if (reversible === undefined || !mayReverse(command, reversible.transfer)) {
      return refused(userError('NOT_FOUND', ['id']));
    }
    const refusal = this.refuse(command, reversible);
    if (refusal !== null) return refused(refusal);
    const why = reason?.value ?? `Reversal: ${reversible.transfer.reason}`;
    const posted = reverse(this.posting, reversible, why);
    if (typeof posted === 'string') return refused(userError(posted, ['id']));
    this.endRedemption(reversible.transfer);
    const referral = this.referrals.get(reversible.transfer.id);
    if (referral !== undefined) this.undone.add(referral);
    return { transfer: withoutWords(posted.transfer), userErrors: [] };
  }

  async store(): Promise<void> {
    await storeStates(this.tx, [...this.ended]);
    await endReferrals(this.tx, [...this.undone]);
    await this.posting.flush();
  }

  /** What `reverse` of the ledger cannot know: who asks, and where the redemption stands. */
  private refuse(
    command: Command<ReverseTransfer>,
    { transfer, reversed }: Reversible,
  ): UserErrorShape | null {
    if (transfer.kind === 'ISSUE' && isFromBrand(command)) {
      return userError('NOT_REVERSIBLE', ['id'], 'Only the platform reverses an issue.');
    }
    const after = redemptionAfter[transfer.kind];
    if (reversed || after === undefined) return null;
    const row = this.redemptions.get(transfer.hold_id ?? '');
    return row?.state === after.from ? null : userError('ALREADY_RESOLVED', ['id']);
  }

  private endRedemption({ kind, hold_id: holdId }: TransferRow): void {
    const after = redemptionAfter[kind];
    const row = this.redemptions.get(holdId ?? '');
    if (after === undefined || row === undefined) return;
    row.state = after.to;
    row.resolved_at = this.tx.now;
    this.ended.add(row);
  }
}

/** A brand reverses its own, the platform what it named itself the tenant of: the transfer's brand. */
function mayReverse({ tenant }: Command, transfer: TransferRow): boolean {
  return transfer.brand_id === tenant;
}

function holdOf({
  brand_id: brandId,
  hold_id: id,
}: TransferRow): { brandId: string; id: string }[] {
  return id === null ? [] : [{ brandId, id }];
}

function shareOf({ brand_id: brandId, customer_id: customerId }: TransferRow): ShareRef[] {
  return customerId === null ? [] : [{ brandId, customerId }];
}
