import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import { monetaryAmount, type MonetaryAmount } from '../platform/graphql/money.type';
import { toDecimal } from '../platform/money';
import type { OrderBucketName, OrderDriverName, OrderSurfaceName } from './order-source';
import { purchaseId } from './purchase.id';
import type { PurchaseTotal, Purchase } from './purchase.type';

@TypeName('Purchase')
@Entity('purchases')
export class PurchaseEntity implements Purchase {
  @PrimaryColumn('uuid', { name: 'id' })
  uuid!: string;

  @Column('uuid', { name: 'brand_id' })
  brandUuid!: string;

  @Column('uuid', { name: 'customer_id' })
  customerUuid!: string;

  @Column('text', { name: 'external_id' })
  externalId!: string;

  @Column('timestamptz', { name: 'purchased_at' })
  purchasedAt!: Date;

  @Column('integer', { name: 'items' })
  items!: number;

  @Column('bigint', { name: 'total_minor' })
  totalMinor!: number;

  @Column('text', { name: 'currency' })
  currency!: string;

  @Column('bigint', { name: 'refunded_minor' })
  refundedMinor!: number;

  /** What it cost the brand; null when the brand did not say. */
  @Column('bigint', { name: 'cost_minor', nullable: true })
  costMinor!: number | null;

  @Column('text', { name: 'surface' })
  surface!: OrderSurfaceName;

  @Column('text', { name: 'driver', nullable: true })
  driver!: OrderDriverName | null;

  @Column('text', { name: 'campaign', nullable: true })
  campaign!: string | null;

  @Column('text', { name: 'bucket' })
  bucket!: OrderBucketName;

  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt!: Date;

  get id(): string {
    return purchaseId.encode(this.uuid);
  }

  get total(): PurchaseTotal {
    const amount = toDecimal({ minor: this.totalMinor, currency: this.currency });
    return { amount, currencyCode: this.currency };
  }

  get refunded(): MonetaryAmount {
    return monetaryAmount({ minor: this.refundedMinor, currency: this.currency });
  }

  get net(): MonetaryAmount {
    return monetaryAmount({ minor: this.totalMinor - this.refundedMinor, currency: this.currency });
  }
}
