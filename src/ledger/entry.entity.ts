import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import { entryId } from './ledger.id';
import type { LedgerEntry } from './entry.type';
import type { TransferKind } from './transfer';

/**
 * One line of a transfer as an account sees it, with the transfer's kind and reason beside it. For a
 * brand that may not see the whole wallet, `number` and `balanceAfter` are those of its own share.
 */
@TypeName('LedgerEntry')
@Entity('entries')
export class EntryEntity implements LedgerEntry {
  @PrimaryColumn('uuid', { name: 'id' })
  uuid!: string;

  @Column('uuid', { name: 'transfer_id' })
  transferUuid!: string;

  @Column('text', { name: 'account_kind' })
  accountKind!: string;

  @Column('bigint', { name: 'number' })
  number!: number;

  @Column('bigint', { name: 'amount' })
  amount!: number;

  @Column('bigint', { name: 'balance_after' })
  balanceAfter!: number;

  @Column('uuid', { name: 'brand_id' })
  brandUuid!: string;

  @Column('uuid', { name: 'customer_id', nullable: true })
  customerUuid!: string | null;

  @Column('timestamptz', { name: 'posted_at' })
  postedAt!: Date;

  @Column('text', { name: 'kind' })
  kind!: TransferKind;

  @Column('text', { name: 'reason' })
  reason!: string;

  @Column('uuid', { name: 'event_id' })
  eventUuid!: string | null;

  get id(): string {
    return entryId.encode(this.uuid);
  }
}
