import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AttentionAction } from '../attention';
import type { ChannelName } from '../messages';
import { TypeName } from '../platform/graphql/schema-defaults';
import { earnRuleId } from './earn-rule.id';
import type { EarnRule } from './earn-rule.type';
import type { StreakPolicy } from './rules/streak-policy';

/** One version of an earn rule; a change is a new version, so a grant can always name what paid it. */
@TypeName('EarnRule')
@Entity('earn_rules')
export class EarnRuleEntity implements EarnRule {
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

  @Column({ type: 'bigint', name: 'amount' })
  amount!: number;

  @Column({ type: 'text', name: 'channel', nullable: true })
  channel!: ChannelName | null;

  @Column({ type: 'integer', name: 'per_customer_per_day' })
  perCustomerPerDay!: number;

  @Column({ type: 'smallint', name: 'min_confidence' })
  minConfidencePercent!: number;

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

  get minConfidence(): number {
    return this.minConfidencePercent / 100;
  }
}
