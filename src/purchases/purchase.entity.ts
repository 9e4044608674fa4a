import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import { toDecimal } from '../platform/money';
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

  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt!: Date;

  get id(): string {
    return purchaseId.encode(this.uuid);
  }

  get total(): PurchaseTotal {
    const amount = toDecimal({ minor: this.totalMinor, currency: this.currency });
    return { amount, currencyCode: this.currency };
  }
}
