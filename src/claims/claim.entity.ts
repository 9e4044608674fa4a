import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import { claimId } from './claim.id';
import type { Claim, ClaimState } from './claim.type';

/** Columns of the claims table that leave their writers; the hash of the device does not. */
export interface ClaimRow {
  id: string;
  brand_id: string;
  code_id: string;
  state: ClaimState;
  mu: number | null;
  message_id: string | null;
  customer_id: string | null;
  event_id: string | null;
  created_at: Date;
  answered_at: Date | null;
  bound_at: Date | null;
  expires_at: Date;
}

export const claimColumns = `c.id, c.brand_id, c.code_id, c.state, c.mu, c.message_id, c.customer_id,
  c.event_id, c.created_at, c.answered_at, c.bound_at, c.expires_at`;

@TypeName('Claim')
@Entity('claims')
export class ClaimEntity implements Claim {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @Column({ type: 'uuid', name: 'code_id' })
  codeUuid!: string;

  @Column({ type: 'text', name: 'state' })
  state!: ClaimState;

  @Column({ type: 'bigint', name: 'mu', nullable: true })
  mu!: number | null;

  @Column({ type: 'uuid', name: 'customer_id', nullable: true })
  customerUuid!: string | null;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'answered_at', nullable: true })
  answeredAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'bound_at', nullable: true })
  boundAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'expires_at' })
  expiresAt!: Date;

  get id(): string {
    return claimId.encode(this.uuid);
  }
}
