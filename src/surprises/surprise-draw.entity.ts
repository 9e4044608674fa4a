import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import { hashInput } from './draw';
import type { SurpriseDraw } from './surprise-draw.type';
import { surpriseDrawId } from './surprise.id';

/** Columns of the surprise_draws table. */
export interface SurpriseDrawRow {
  id: string;
  brand_id: string;
  pool_id: string;
  customer_id: string;
  /** The customer's UUID at the time, which a merge does not change. */
  ticket: string;
  window_number: number;
  won: boolean;
  amount: number;
  transfer_id: string | null;
  drawn_at: Date;
}

@TypeName('SurpriseDraw')
@Entity('surprise_draws')
export class SurpriseDrawEntity implements SurpriseDraw {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @Column({ type: 'uuid', name: 'pool_id' })
  poolUuid!: string;

  @Column({ type: 'uuid', name: 'customer_id' })
  customerUuid!: string;

  @Column({ type: 'uuid', name: 'ticket' })
  ticketUuid!: string;

  @Column({ type: 'bigint', name: 'window_number' })
  window!: number;

  @Column({ type: 'boolean', name: 'won' })
  won!: boolean;

  @Column({ type: 'bigint', name: 'amount' })
  amount!: number;

  @Column({ type: 'uuid', name: 'transfer_id', nullable: true })
  transferUuid!: string | null;

  @Column({ type: 'timestamptz', name: 'drawn_at' })
  drawnAt!: Date;

  get id(): string {
    return surpriseDrawId.encode(this.uuid);
  }

  get input(): string {
    return hashInput(this);
  }
}
