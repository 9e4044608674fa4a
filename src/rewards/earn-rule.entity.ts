import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AttentionAction, FunnelStageName } from '../attention';
import type { ChannelName, MessageKindName } from '../messages';
import { TypeName } from '../platform/graphql/schema-defaults';
import { earnRuleId } from './earn-rule.id';
import type { EarnRule } from './earn-rule.type';
import type { Audience } from './rules/audience';
import type { Multiplier, RuleParams, Stacking } from './rules/rule';
import type { StreakPolicy } from './rules/streak-policy';

/** One version of an earn rule; a change is a new version, so a grant can always name what paid it. */
@TypeName('EarnRule')
@Entity('earn_rules')
export class EarnRuleEntity implements EarnRule, RuleParams {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @Column({ type: 'text', name: 'name' })
  name!: string;

  @Column({ type: 'integer', name: 'version' })
  version!: number;

  @Column({ type: 'text', name: 'action' })
  action!: AttentionAction;

  @Column({ type: 'text', name: 'custom_action', nullable: true })
  customAction!: string | null;

  @Column({ type: 'bigint', name: 'amount' })
  amount!: number;

  @Column({ type: 'text', name: 'channel', nullable: true })
  channel!: ChannelName | null;

  @Column({ type: 'text', name: 'channels' })
  furtherChannels!: ChannelName[];

  @Column({ type: 'text', name: 'message_kinds' })
  messageKinds!: MessageKindName[];

  @Column({ type: 'text', name: 'stage', nullable: true })
  stage!: FunnelStageName | null;

  @Column({ type: 'jsonb', name: 'audience' })
  audience!: Audience;

  @Column({ type: 'jsonb', name: 'multipliers' })
  multipliers!: Multiplier[];

  @Column({ type: 'integer', name: 'per_customer_per_day' })
  perCustomerPerDay!: number;

  @Column({ type: 'smallint', name: 'min_confidence' })
  minConfidencePercent!: number;

  @Column({ type: 'bigint', name: 'max_mu_per_customer_per_day', nullable: true })
  maxMuPerCustomerPerDay!: number | null;

  @Column({ type: 'bigint', name: 'max_mu_per_customer', nullable: true })
  maxMuPerCustomer!: number | null;

  @Column({ type: 'bigint', name: 'max_mu_per_campaign', nullable: true })
  maxMuPerCampaign!: number | null;

  @Column({ type: 'bigint', name: 'max_mu_in_total', nullable: true })
  maxMuInTotal!: number | null;

  @Column({ type: 'integer', name: 'priority' })
  priority!: number;

  @Column({ type: 'text', name: 'stacking' })
  stacking!: Stacking;

  @Column({ type: 'boolean', name: 'enabled' })
  enabled!: boolean;

  @Column({ type: 'jsonb', name: 'streak', nullable: true })
  streak!: StreakPolicy | null;

  @Column({ type: 'timestamptz', name: 'starts_at', nullable: true })
  startsAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'ends_at', nullable: true })
  endsAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  get id(): string {
    return earnRuleId.encode(this.uuid);
  }

  /** Every channel it pays on, `channel` among them; none is all there are. */
  get channels(): ChannelName[] {
    const { channel, furtherChannels } = this;
    return channel === null || furtherChannels.includes(channel)
      ? furtherChannels
      : [channel, ...furtherChannels];
  }

  get minConfidence(): number {
    return this.minConfidencePercent / 100;
  }
}
