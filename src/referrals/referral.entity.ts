import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import { referralId } from './referral.id';
import type { Referral, ReferralState } from './referral.type';

/** Columns of the referrals table. The terms are those of the programme when the friend came. */
export interface ReferralRow {
  id: string;
  brand_id: string;
  program_id: string;
  link_id: string;
  referrer_id: string;
  friend_id: string;
  state: ReferralState;
  referrer_mu: number;
  friend_mu: number;
  share_percent: number;
  share_days: number;
  share_cap_mu: number;
  earned_mu: number;
  shared_mu: number;
  claimed_at: Date;
  activated_at: Date | null;
  share_ends_at: Date | null;
  reversed_at: Date | null;
}

@TypeName('Referral')
@Entity('referrals')
export class ReferralEntity implements Referral {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @Column({ type: 'uuid', name: 'link_id' })
  linkUuid!: string;

  @Column({ type: 'uuid', name: 'referrer_id' })
  referrerUuid!: string;

  @Column({ type: 'uuid', name: 'friend_id' })
  friendUuid!: string;

  @Column({ type: 'text', name: 'state' })
  state!: ReferralState;

  @Column({ type: 'bigint', name: 'referrer_mu' })
  referrerMu!: number;

  @Column({ type: 'bigint', name: 'friend_mu' })
  friendMu!: number;

  @Column({ type: 'integer', name: 'share_percent' })
  sharePercent!: number;

  @Column({ type: 'bigint', name: 'share_cap_mu' })
  shareCapMu!: number;

  @Column({ type: 'bigint', name: 'shared_mu' })
  sharedMu!: number;

  @Column({ type: 'timestamptz', name: 'claimed_at' })
  claimedAt!: Date;

  @Column({ type: 'timestamptz', name: 'activated_at', nullable: true })
  activatedAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'share_ends_at', nullable: true })
  shareEndsAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'reversed_at', nullable: true })
  reversedAt!: Date | null;

  get id(): string {
    return referralId.encode(this.uuid);
  }
}
