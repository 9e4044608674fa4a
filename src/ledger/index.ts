import type { Feature } from '../platform/feature';
import { EntryEntity } from './entry.entity';
import { IssueMuMutation, issueMu } from './issue-mu.mutation';
import { entryId, transferId } from './ledger.id';
import { entryLoader, transferLoader } from './ledger.loader';
import {
  FundsOnBrand,
  LedgerQueries,
  LinksOfEntry,
  LinksOfTransfer,
  StatementOnWallet,
  WalletOnCustomer,
} from './ledger.resolver';
import { TransferEntity } from './transfer.entity';

export * as accounts from './account';
export type { AccountRef } from './account';
export { checkAmount } from './amount';
export { EntryEntity } from './entry.entity';
export { LedgerEntry } from './entry.type';
export { entryId, transferId } from './ledger.id';
export { entryLoader, transferLoader, transfersOfEventLoader } from './ledger.loader';
export { Posting, type ShareRef } from './posting';
export { pairOf } from './share';
export { accountsToReverse, readReversals, reverse, type Reversible } from './reversal';
export type { EntryRow, Posted, TransferKind, TransferRow } from './transfer';
export { TransferEntity } from './transfer.entity';
export { LedgerTransfer } from './transfer.type';
export {
  readWalletFacts,
  snapshotFor,
  snapshotForOwner,
  type WalletFacts,
  type WalletSnapshot,
} from './wallet';
export { toWallet, Wallet } from './wallet.type';
export { entryColumns, entryVisible, viewer as ledgerViewer } from './view.sql';

export const ledgerFeature: Feature = {
  name: 'ledger',
  entities: [TransferEntity, EntryEntity],
  resolvers: [
    LedgerQueries,
    IssueMuMutation,
    WalletOnCustomer,
    StatementOnWallet,
    FundsOnBrand,
    LinksOfEntry,
    LinksOfTransfer,
  ],
  commands: [issueMu],
  references: {
    LedgerEntry: (representations, context) =>
      loadById(
        representations,
        (id) => entryId.decode(id),
        (uuid) => entryLoader(context).load(uuid),
      ),
    LedgerTransfer: (representations, context) =>
      loadById(
        representations,
        (id) => transferId.decode(id),
        (uuid) => transferLoader(context).load(uuid),
      ),
  },
  nodes: {
    [entryId.prefix]: (uuid, context) => entryLoader(context).load(uuid),
    [transferId.prefix]: (uuid, context) => transferLoader(context).load(uuid),
  },
  jobs: [],
};

function loadById(
  representations: readonly Record<string, unknown>[],
  decode: (id: string) => string | null,
  load: (uuid: string) => Promise<object | null>,
): Promise<(object | null)[]> {
  return Promise.all(
    representations.map((representation) => {
      const id = representation['id'];
      const uuid = typeof id === 'string' ? decode(id) : null;
      return uuid === null ? null : load(uuid);
    }),
  );
}
