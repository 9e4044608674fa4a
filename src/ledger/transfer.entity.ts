import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import { transferId } from './ledger.id';
import type { TransferKind } from './transfer';
import type { LedgerTransfer } from './transfer.type';

/** One movement of Mu, as stored; never changed. */
@TypeName('LedgerTransfer')
@Entity('transfers')
export class TransferEntity implements LedgerTransfer {
  @PrimaryColumn('uuid', { name: 'id' })
  uuid!: string;

  @Column('text', { name: 'kind' })
  kind!: TransferKind;

  @Column('bigint', { name: 'amount' })
  amount!: number;

  @Column('text', { name: 'reason' })
  reason!: string;

  @Column('uuid', { name: 'brand_id' })
  brandUuid!: string;

  @Column('uuid', { name: 'customer_id', nullable: true })
  customerUuid!: string | null;

  @Column('uuid', { name: 'event_id', nullable: true })
  eventUuid!: string | null;

  @Column('uuid', { name: 'message_id', nullable: true })
  messageUuid!: string | null;

  @Column('uuid', { name: 'rule_id', nullable: true })
  ruleUuid!: string | null;

  @Column('uuid', { name: 'hold_id', nullable: true })
  holdUuid!: string | null;

  @Column('uuid', { name: 'funded_by', nullable: true })
  fundedByUuid!: string | null;

  @Column('uuid', { name: 'reverses', nullable: true })
  reversesUuid!: string | null;

  @Column('timestamptz', { name: 'posted_at' })
  postedAt!: Date;

  get id(): string {
    return transferId.encode(this.uuid);
  }
}
