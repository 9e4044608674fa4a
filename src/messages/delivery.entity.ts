import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import type { DeliveryStateName } from './delivery-state';
import type { MessageDelivery } from './delivery.type';
import type { MessageEntity } from './message.entity';
import { deliveryId } from './message.id';

/** `deliveredAt` is the sender's claim, `recordedAt` is ours. */
@TypeName('MessageDelivery')
@Entity('deliveries')
export class DeliveryEntity implements MessageDelivery {
  @PrimaryColumn('uuid', { name: 'id' })
  uuid!: string;

  @Column('uuid', { name: 'brand_id' })
  brandUuid!: string;

  @Column('uuid', { name: 'message_id' })
  messageUuid!: string;

  @Column('uuid', { name: 'customer_id' })
  customerUuid!: string;

  @Column('text', { name: 'state' })
  state!: DeliveryStateName;

  @Column('timestamptz', { name: 'delivered_at' })
  deliveredAt!: Date;

  @Column('timestamptz', { name: 'recorded_at' })
  recordedAt!: Date;

  /** Comes with the delivery's own row, so that a page of deliveries is one statement. */
  message!: MessageEntity;

  get id(): string {
    return deliveryId.encode(this.uuid);
  }
}
