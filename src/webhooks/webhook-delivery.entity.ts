import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import { customerId } from '../platform/auth/principal-ids';
import type {
  WebhookDelivery,
  WebhookDeliveryState,
  WebhookFailure,
} from './webhook-delivery.type';
import { webhookDeliveryId } from './webhook.id';

/** Columns of the webhook_deliveries table. */
export interface WebhookDeliveryRow {
  id: string;
  brand_id: string;
  endpoint_id: string;
  outbox_id: number | null;
  topic: string;
  customer_id: string | null;
  payload: Record<string, unknown>;
  happened_at: Date;
  state: WebhookDeliveryState;
  attempts: number;
  next_attempt_at: Date;
  leased_until: Date | null;
  last_attempt_at: Date | null;
  last_status: number | null;
  failure: WebhookFailure | null;
  delivered_at: Date | null;
  created_at: Date;
}

@TypeName('WebhookDelivery')
@Entity('webhook_deliveries')
export class WebhookDeliveryEntity implements WebhookDelivery {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @Column({ type: 'uuid', name: 'endpoint_id' })
  endpointUuid!: string;

  @Column({ type: 'text', name: 'topic' })
  topic!: string;

  @Column({ type: 'uuid', name: 'customer_id', nullable: true })
  customerUuid!: string | null;

  @Column({ type: 'jsonb', name: 'payload' })
  payload!: Record<string, unknown>;

  @Column({ type: 'timestamptz', name: 'happened_at' })
  happenedAt!: Date;

  @Column({ type: 'text', name: 'state' })
  state!: WebhookDeliveryState;

  @Column({ type: 'integer', name: 'attempts' })
  attempts!: number;

  @Column({ type: 'timestamptz', name: 'next_attempt_at' })
  dueAt!: Date;

  @Column({ type: 'timestamptz', name: 'last_attempt_at', nullable: true })
  lastAttemptAt!: Date | null;

  @Column({ type: 'integer', name: 'last_status', nullable: true })
  lastStatus!: number | null;

  @Column({ type: 'text', name: 'failure', nullable: true })
  failure!: WebhookFailure | null;

  @Column({ type: 'timestamptz', name: 'delivered_at', nullable: true })
  deliveredAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  get id(): string {
    return webhookDeliveryId.encode(this.uuid);
  }

  get customerId(): string | null {
    return this.customerUuid === null ? null : customerId.encode(this.customerUuid);
  }

  get nextAttemptAt(): Date | null {
    return this.state === 'PENDING' ? this.dueAt : null;
  }
}
