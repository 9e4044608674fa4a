import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import { toDecimal } from './money';
import { orderId } from './order.id';
import type { Money, Order } from './order.type';

@TypeName('Order')
@Entity('orders')
export class OrderEntity implements Order {
  @PrimaryColumn('uuid', { name: 'id' })
  uuid!: string;

  @Column('uuid', { name: 'brand_id' })
  brandUuid!: string;

  @Column('uuid', { name: 'customer_id' })
  customerUuid!: string;

  @Column('text', { name: 'external_id' })
  externalId!: string;

  @Column('timestamptz', { name: 'ordered_at' })
  orderedAt!: Date;

  @Column('integer', { name: 'items' })
  items!: number;

  @Column('bigint', { name: 'total_minor' })
  totalMinor!: number;

  @Column('text', { name: 'currency' })
  currency!: string;

  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt!: Date;

  get id(): string {
    return orderId.encode(this.uuid);
  }

  get total(): Money {
    const amount = toDecimal({ minor: this.totalMinor, currency: this.currency });
    return { amount, currencyCode: this.currency };
  }
}
