import { Column, Entity, PrimaryColumn } from 'typeorm';
import { monetaryAmount, type MonetaryAmount } from '../platform/graphql/money.type';
import { TypeName } from '../platform/graphql/schema-defaults';
import type { Acquisition } from './acquisition.type';
import { acquisitionId } from './economics.id';
import type { MarketingRouteName, VerdictName } from './marketing';
import type { PriorStateName } from './prior-state';

/** Columns of the acquisitions table. */
export interface AcquisitionRow {
  id: string;
  brand_id: string;
  customer_id: string;
  external_id: string | null;
  route: MarketingRouteName;
  campaign: string | null;
  cost_minor: number | null;
  currency: string | null;
  acquired_at: Date;
  local_day: string;
  verdict: VerdictName;
  prior: PriorStateName | null;
  judge_at: Date | null;
  judged_at: Date | null;
  ordered: boolean | null;
  recorded_at: Date;
}

@TypeName('Acquisition')
@Entity('acquisitions')
export class AcquisitionEntity implements Acquisition {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'customer_id' })
  customerUuid!: string;

  @Column({ type: 'text', name: 'external_id', nullable: true })
  externalId!: string | null;

  @Column({ type: 'text', name: 'route' })
  route!: MarketingRouteName;

  @Column({ type: 'text', name: 'campaign', nullable: true })
  campaign!: string | null;

  @Column({ type: 'bigint', name: 'cost_minor', nullable: true })
  costMinor!: number | null;

  @Column({ type: 'text', name: 'currency', nullable: true })
  currency!: string | null;

  @Column({ type: 'timestamptz', name: 'acquired_at' })
  acquiredAt!: Date;

  @Column({ type: 'text', name: 'verdict' })
  verdict!: VerdictName;

  @Column({ type: 'text', name: 'prior', nullable: true })
  prior!: PriorStateName | null;

  @Column({ type: 'timestamptz', name: 'judged_at', nullable: true })
  judgedAt!: Date | null;

  @Column({ type: 'boolean', name: 'ordered', nullable: true })
  ordered!: boolean | null;

  get id(): string {
    return acquisitionId.encode(this.uuid);
  }

  get cost(): MonetaryAmount | null {
    if (this.costMinor === null || this.currency === null) return null;
    return monetaryAmount({ minor: this.costMinor, currency: this.currency });
  }
}
