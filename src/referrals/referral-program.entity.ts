import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import type { ReferralProgram } from './referral-program.type';
import { referralProgramId } from './referral.id';

/** Columns of the referral_programs table. */
export interface ReferralProgramRow {
  id: string;
  brand_id: string;
  referrer_mu: number;
  friend_mu: number;
  share_percent: number;
  share_days: number;
  share_cap_mu: number;
  link_base: string | null;
  open: boolean;
  created_at: Date;
  updated_at: Date;
}

/** What a brand pays for friends; its UUID names the reserve it is paid from. */
@TypeName('ReferralProgram')
@Entity('referral_programs')
export class ReferralProgramEntity implements ReferralProgram {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @Column({ type: 'bigint', name: 'referrer_mu' })
  referrerMu!: number;

  @Column({ type: 'bigint', name: 'friend_mu' })
  friendMu!: number;

  @Column({ type: 'integer', name: 'share_percent' })
  sharePercent!: number;

  @Column({ type: 'integer', name: 'share_days' })
  shareDays!: number;

  @Column({ type: 'bigint', name: 'share_cap_mu' })
  shareCapMu!: number;

  @Column({ type: 'text', name: 'link_base', nullable: true })
  linkBase!: string | null;

  @Column({ type: 'boolean', name: 'open' })
  open!: boolean;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'updated_at' })
  updatedAt!: Date;

  /** What the reserve held right after a mutation; of a programme that is read, absent. */
  reservedThen?: number;

  get id(): string {
    return referralProgramId.encode(this.uuid);
  }
}
