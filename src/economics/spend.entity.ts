import { Column, Entity, PrimaryColumn } from 'typeorm';
import { monetaryAmount, type MonetaryAmount } from '../platform/graphql/money.type';
import { TypeName } from '../platform/graphql/schema-defaults';
import { spendId } from './economics.id';
import type { MarketingRouteName, SpendPurposeName } from './marketing';
import type { Spend } from './spend.type';

/** Columns of the spend table; days as `2026-11-21`. */
export interface SpendRow {
  id: string;
  brand_id: string;
  external_id: string | null;
  purpose: SpendPurposeName;
  route: MarketingRouteName;
  campaign: string | null;
  first_day: string;
  last_day: string;
  amount_minor: number;
  currency: string;
  recorded_at: Date;
}

@TypeName('Spend')
@Entity('spend')
export class SpendEntity implements Spend {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'text', name: 'external_id', nullable: true })
  externalId!: string | null;

  @Column({ type: 'text', name: 'purpose' })
  purpose!: SpendPurposeName;

  @Column({ type: 'text', name: 'route' })
  route!: MarketingRouteName;

  @Column({ type: 'text', name: 'campaign', nullable: true })
  campaign!: string | null;

  @Column({ type: 'date', name: 'first_day' })
  firstDay!: string;

  @Column({ type: 'date', name: 'last_day' })
  lastDay!: string;

  @Column({ type: 'bigint', name: 'amount_minor' })
  amountMinor!: number;

  @Column({ type: 'text', name: 'currency' })
  currency!: string;

  @Column({ type: 'timestamptz', name: 'recorded_at' })
  recordedAt!: Date;

  get id(): string {
    return spendId.encode(this.uuid);
  }

  get amount(): MonetaryAmount {
    return monetaryAmount({ minor: this.amountMinor, currency: this.currency });
  }
}
