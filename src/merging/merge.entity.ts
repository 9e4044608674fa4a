import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import { mergeId } from './merge.id';
import type { CustomerMerge } from './merge.type';

/** How much Mu moved and what followed are not mapped: they tell of other brands. */
@TypeName('CustomerMerge')
@Entity('customer_merges')
export class MergeEntity implements CustomerMerge {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'into_id' })
  intoUuid!: string;

  @Column({ type: 'text', name: 'reason' })
  reason!: string;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'undone_at', nullable: true })
  undoneAt!: Date | null;

  @Column({ type: 'text', name: 'undone_reason', nullable: true })
  undoneReason!: string | null;

  get id(): string {
    return mergeId.encode(this.uuid);
  }
}
