import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import { adjustmentId } from './adjustment.id';
import type { Adjustment, AdjustmentDirection, AdjustmentState } from './adjustment.type';

/** Columns of the adjustments table. */
export interface AdjustmentRow {
  id: string;
  brand_id: string;
  customer_id: string;
  direction: AdjustmentDirection;
  amount: number;
  reason: string;
  state: AdjustmentState;
  /** The API key that asked for it; nil for the platform. */
  requested_by: string;
  requested_at: Date;
  expires_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
}

/** A correction by hand, which one person asks for and another decides. */
@TypeName('Adjustment')
@Entity('adjustments')
export class AdjustmentEntity implements Adjustment {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @Column({ type: 'uuid', name: 'customer_id' })
  customerUuid!: string;

  @Column({ type: 'text', name: 'direction' })
  direction!: AdjustmentDirection;

  @Column({ type: 'bigint', name: 'amount' })
  amount!: number;

  @Column({ type: 'text', name: 'reason' })
  reason!: string;

  @Column({ type: 'text', name: 'state' })
  state!: AdjustmentState;

  @Column({ type: 'timestamptz', name: 'requested_at' })
  requestedAt!: Date;

  @Column({ type: 'timestamptz', name: 'expires_at' })
  expiresAt!: Date;

  @Column({ type: 'timestamptz', name: 'decided_at', nullable: true })
  decidedAt!: Date | null;

  get id(): string {
    return adjustmentId.encode(this.uuid);
  }
}
