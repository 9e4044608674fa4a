import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import type { WebhookEndpoint, WebhookEndpointState } from './webhook-endpoint.type';
import { webhookEndpointId } from './webhook.id';

/** Columns of the webhook_endpoints table. */
export interface WebhookEndpointRow {
  id: string;
  brand_id: string;
  url: string;
  topics: string[];
  description: string | null;
  state: WebhookEndpointState;
  secret_version: number;
  secret_rotated_at: Date | null;
  failing_since: Date | null;
  created_at: Date;
  updated_at: Date;
}

@TypeName('WebhookEndpoint')
@Entity('webhook_endpoints')
export class WebhookEndpointEntity implements WebhookEndpoint {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @Column({ type: 'text', name: 'url' })
  url!: string;

  @Column({ type: 'text', name: 'topics', array: true })
  topics!: string[];

  @Column({ type: 'text', name: 'description', nullable: true })
  description!: string | null;

  @Column({ type: 'text', name: 'state' })
  state!: WebhookEndpointState;

  @Column({ type: 'timestamptz', name: 'secret_rotated_at', nullable: true })
  secretRotatedAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'failing_since', nullable: true })
  failingSince!: Date | null;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'updated_at' })
  updatedAt!: Date;

  get id(): string {
    return webhookEndpointId.encode(this.uuid);
  }
}
