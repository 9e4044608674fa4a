import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import type { ChannelName, MessageKindName } from './channel';
import { messageId } from './message.id';
import type { Message } from './message.type';

@TypeName('Message')
@Entity('messages')
export class MessageEntity implements Message {
  @PrimaryColumn('uuid', { name: 'id' })
  uuid!: string;

  @Column('uuid', { name: 'brand_id' })
  brandUuid!: string;

  @Column('text', { name: 'external_id' })
  externalId!: string;

  @Column('text', { name: 'channel' })
  channel!: ChannelName;

  @Column('text', { name: 'kind' })
  kind!: MessageKindName;

  @Column('text', { name: 'subject', nullable: true })
  subject!: string | null;

  @Column('text', { name: 'campaign', nullable: true })
  campaign!: string | null;

  @Column('bigint', { name: 'open_mu', nullable: true })
  openMu!: number | null;

  @Column('bigint', { name: 'action_mu_max', nullable: true })
  actionMuMax!: number | null;

  @Column('integer', { name: 'audience', nullable: true })
  audience!: number | null;

  /** The rule versions attention to it is judged by; null for the ones in force. */
  @Column('uuid', { name: 'earn_rule_ids', nullable: true })
  earnRuleUuids!: string[] | null;

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt!: Date | null;

  @Column('uuid', { name: 'series_item_id', nullable: true })
  seriesItemUuid!: string | null;

  @Column('uuid', { name: 'series_id', nullable: true })
  seriesUuid!: string | null;

  /** The experiment it is sent for; it pays out of that one's reserve, and only whom it treats. */
  @Column('uuid', { name: 'experiment_id', nullable: true })
  experimentUuid!: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  get id(): string {
    return messageId.encode(this.uuid);
  }
}
