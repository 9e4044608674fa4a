import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ChannelName } from '../messages';
import { TypeName } from '../platform/graphql/schema-defaults';
import type { ReferralLink } from './referral-link.type';
import { referralLinkId } from './referral.id';

/** Columns of the referral_links table. */
export interface ReferralLinkRow {
  id: string;
  brand_id: string;
  customer_id: string;
  channel: ChannelName;
  code: string;
  created_at: Date;
}

@TypeName('ReferralLink')
@Entity('referral_links')
export class ReferralLinkEntity implements ReferralLink {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @Column({ type: 'uuid', name: 'customer_id' })
  customerUuid!: string;

  @Column({ type: 'text', name: 'channel' })
  channel!: ChannelName;

  @Column({ type: 'text', name: 'code' })
  code!: string;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  get id(): string {
    return referralLinkId.encode(this.uuid);
  }
}
