import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import type { AttentionAction } from './action';
import type { AttentionEvent } from './attention-event.type';
import { attentionId } from './attention.id';
import type { FunnelStageName } from './funnel-stage';

/** One thing a customer did. Only its confidence ever changes, and only upwards. */
@TypeName('AttentionEvent')
@Entity('attention_events')
export class AttentionEventEntity implements AttentionEvent {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @Column({ type: 'uuid', name: 'customer_id' })
  customerUuid!: string;

  @Column({ type: 'uuid', name: 'message_id', nullable: true })
  messageUuid!: string | null;

  @Column({ type: 'text', name: 'action' })
  action!: AttentionAction;

  @Column({ type: 'text', name: 'custom_action', nullable: true })
  customAction!: string | null;

  @Column({ type: 'text', name: 'stage', nullable: true })
  stage!: FunnelStageName | null;

  @Column({ type: 'text', name: 'channel', nullable: true })
  channel!: string | null;

  @Column({ type: 'smallint', name: 'confidence' })
  confidencePercent!: number;

  @Column({ type: 'boolean', name: 'machine' })
  machineOpen!: boolean;

  @Column({ type: 'boolean', name: 'duplicate' })
  duplicate!: boolean;

  @Column({ type: 'integer', name: 'duration_ms', nullable: true })
  durationMs!: number | null;

  /** Not part of stored answers, so absent on an event that comes from one; loaded when asked for. */
  @Column({ type: 'jsonb', name: 'properties', nullable: true })
  storedProperties?: Record<string, unknown> | null;

  @Column({ type: 'timestamptz', name: 'occurred_at' })
  occurredAt!: Date;

  @Column({ type: 'timestamptz', name: 'recorded_at' })
  recordedAt!: Date;

  get id(): string {
    return attentionId.encode(this.uuid);
  }

  get confidence(): number {
    return this.confidencePercent / 100;
  }
}
