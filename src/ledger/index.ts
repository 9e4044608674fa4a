import type { Feature } from '../platform/feature';
import { referencesById } from '../platform/graphql/references';
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
import { ledgerTopics } from './ledger.topics';
import { TransferEntity } from './transfer.entity';
import { BrandOfShare, SharesOfWallet } from './wallet-share.resolver';

export * as accounts from './account';
export type { AccountRef } from './account';
export { checkAmount } from './amount';
export { reserveBalanceLoader } from './reserve.loader';
export { EntryEntity } from './entry.entity';
export { LedgerEntry } from './entry.type';
export { entryId, transferId } from './ledger.id';
export { entryLoader, transferLoader, transfersOfEventLoader } from './ledger.loader';
export { Posting, readSharesOf, type ShareRef } from './posting';
export { pairOf, type Share } from './share';
export { toldTransfer, withoutWords } from './told-transfer';
export { Rehearsal } from './rehearsal';
export { accountsToReverse, readReversals, reverse, type Reversible } from './reversal';
export type { Posted, PostingRefusal, TransferDraft, TransferKind, TransferRow } from './transfer';
export { TransferEntity } from './transfer.entity';
export { LedgerTransfer, TransferKindEnum } from './transfer.type';
export {
  readWalletFacts,
  snapshotFor,
  snapshotForOwner,
  type WalletFacts,
  type WalletSnapshot,
  type WalletState,
} from './wallet';
export { walletLoader } from './wallet.loader';
export { toWallet, Wallet, WalletStateEnum } from './wallet.type';
export { entryColumns, entryVisible } from './view.sql';

export const ledgerFeature: Feature = {
  name: 'ledger',
  entities: [TransferEntity, EntryEntity],
  resolvers: [
    LedgerQueries,
    IssueMuMutation,
    WalletOnCustomer,
    StatementOnWallet,
    SharesOfWallet,
    BrandOfShare,
    FundsOnBrand,
    LinksOfEntry,
    LinksOfTransfer,
  ],
  commands: [issueMu],
  references: {
    LedgerEntry: referencesById(entryId, entryLoader),
    LedgerTransfer: referencesById(transferId, transferLoader),
  },
  nodes: {
    [entryId.prefix]: (uuid, context) => entryLoader(context).load(uuid),
    [transferId.prefix]: (uuid, context) => transferLoader(context).load(uuid),
  },
  jobs: [],
  topics: ledgerTopics,
};
