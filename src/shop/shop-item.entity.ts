import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import { shopItemId } from './shop.id';
import type { ShopItem } from './shop-item.type';

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
  created_at: Date;
  updated_at: Date;
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

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'updated_at' })
  updatedAt!: Date;

  get id(): string {
    return shopItemId.encode(this.uuid);
  }
}
