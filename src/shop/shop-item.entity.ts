import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import type { OfferedItem } from './offer';
import { shopItemId } from './shop.id';
import type { ShopItem, ShopItemKind } from './shop-item.type';

/** Columns of the shop_items table. */
export interface ShopItemRow {
  id: string;
  brand_id: string;
  external_id: string;
  name: string;
  description: string | null;
  price: number;
  minimum_balance: number;
  available: boolean;
  kind: ShopItemKind;
  /** How many are left; null without end. */
  stock: number | null;
  per_customer: number | null;
  starts_at: Date | null;
  ends_at: Date | null;
  hold_seconds: number | null;
  image_url: string | null;
  terms: string | null;
  everywhere: boolean;
  created_at: Date;
  updated_at: Date;
}

/** What decides whether the item of a row can be had. */
export function offerOf(row: ShopItemRow): OfferedItem {
  return {
    price: row.price,
    minimumBalance: row.minimum_balance,
    available: row.available,
    stock: row.stock,
    perCustomer: row.per_customer,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
  };
}

/** What Mu can be spent on; a redemption keeps the price and the name of its day. */
@TypeName('ShopItem')
@Entity('shop_items')
export class ShopItemEntity implements ShopItem {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @Column({ type: 'text', name: 'external_id' })
  externalId!: string;

  @Column({ type: 'text', name: 'name' })
  name!: string;

  @Column({ type: 'text', name: 'description', nullable: true })
  description!: string | null;

  @Column({ type: 'bigint', name: 'price' })
  price!: number;

  @Column({ type: 'bigint', name: 'minimum_balance' })
  minimumBalance!: number;

  @Column({ type: 'boolean', name: 'available' })
  available!: boolean;

  @Column({ type: 'text', name: 'kind' })
  kind!: ShopItemKind;

  @Column({ type: 'bigint', name: 'stock', nullable: true })
  stock!: number | null;

  @Column({ type: 'bigint', name: 'per_customer', nullable: true })
  perCustomer!: number | null;

  @Column({ type: 'timestamptz', name: 'starts_at', nullable: true })
  startsAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'ends_at', nullable: true })
  endsAt!: Date | null;

  @Column({ type: 'bigint', name: 'hold_seconds', nullable: true })
  expiresInSeconds!: number | null;

  @Column({ type: 'text', name: 'image_url', nullable: true })
  imageUrl!: string | null;

  @Column({ type: 'text', name: 'terms', nullable: true })
  terms!: string | null;

  @Column({ type: 'boolean', name: 'everywhere' })
  everywhere!: boolean;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'updated_at' })
  updatedAt!: Date;

  get id(): string {
    return shopItemId.encode(this.uuid);
  }
}
