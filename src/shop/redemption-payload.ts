import { toWallet, TransferEntity, type LedgerTransfer, type Wallet } from '../ledger';
import type { Command } from '../platform/database/command';
import { toEntity } from '../platform/database/rows';
import type { UserErrorShape } from '../platform/errors';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import type { RedemptionAnswer } from './redeem.command';
import { RedemptionEntity } from './redemption.entity';
import type { Redemption } from './redemption.type';

/** What every mutation of a redemption answers. */
export interface RedemptionPayload {
  redemption: Redemption | null;
  transfer: LedgerTransfer | null;
  wallet: Wallet | null;
  replayed: boolean;
  userErrors: UserErrorShape[];
}

/** Submits a command for a redemption and rebuilds the payload from its answer, first or replayed. */
export async function submitRedemption(
  context: Context,
  command: Command,
): Promise<RedemptionPayload> {
  const { answer, replayed } = await context.commands.submit<RedemptionAnswer>(command);
  await refreshReads(context);
  return {
    redemption: answer.redemption ? toEntity(RedemptionEntity, { ...answer.redemption }) : null,
    transfer: answer.transfer ? toEntity(TransferEntity, { ...answer.transfer }) : null,
    wallet: answer.wallet ? toWallet(answer.wallet) : null,
    replayed,
    userErrors: answer.userErrors,
  };
}
