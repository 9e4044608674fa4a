import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import type { Redemption, RedemptionState } from './redemption.type';
import { redemptionId } from './shop.id';

/** Columns of the redemptions table. */
export interface RedemptionRow {
  id: string;
  brand_id: string;
  customer_id: string;
  item_id: string | null;
  amount: number;
  description: string;
  state: RedemptionState;
  expires_at: Date;
  created_at: Date;
  resolved_at: Date | null;
  /** One was written off the item's stock, and comes back when the redemption comes to nothing. */
  stock_taken: boolean;
}

/** A redemption as stored answers keep it: the description may name a person, so it is not there. */
export type RedemptionSnapshot = Omit<RedemptionRow, 'description' | 'stock_taken'>;

export function snapshotOf(row: RedemptionRow): RedemptionSnapshot {
  const { id, brand_id, customer_id, item_id, amount, state } = row;
  const { expires_at, created_at, resolved_at } = row;
  return {
    id,
    brand_id,
    customer_id,
    item_id,
    amount,
    state,
    expires_at,
    created_at,
    resolved_at,
  };
}

/** A hold on a customer's Mu for a brand; its UUID is the `hold_id` of its transfers. */
@TypeName('Redemption')
@Entity('redemptions')
export class RedemptionEntity implements Redemption {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @Column({ type: 'uuid', name: 'customer_id' })
  customerUuid!: string;

  @Column({ type: 'uuid', name: 'item_id', nullable: true })
  itemUuid!: string | null;

  @Column({ type: 'bigint', name: 'amount' })
  amount!: number;

  /** Absent on a redemption that comes from a stored answer; loaded when asked for. */
  @Column({ type: 'text', name: 'description' })
  storedDescription?: string;

  @Column({ type: 'text', name: 'state' })
  state!: RedemptionState;

  @Column({ type: 'timestamptz', name: 'expires_at' })
  expiresAt!: Date;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'resolved_at', nullable: true })
  resolvedAt!: Date | null;

  get id(): string {
    return redemptionId.encode(this.uuid);
  }
}
