import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MagnetContent, MagnetKind } from './magnet-content';
import { magnetId } from './magnet.id';
import {
  FeedbackMagnet,
  PollMagnet,
  PredictionMagnet,
  PreferenceMagnet,
  QuizMagnet,
  type Magnet,
  type MagnetState,
} from './magnet.type';

/** Columns of the magnets table. */
export interface MagnetRow {
  id: string;
  brand_id: string;
  external_id: string;
  kind: MagnetKind;
  title: string;
  message_id: string | null;
  content: MagnetContent;
  state: MagnetState;
  starts_at: Date | null;
  ends_at: Date | null;
  created_at: Date;
  winning_option: number | null;
  resolved_at: Date | null;
  settled_at: Date | null;
  remainder: number | null;
}

/** GraphQL types of magnets by kind. */
const typeOfKind: Record<MagnetKind, { name: string }> = {
  QUIZ: QuizMagnet,
  POLL: PollMagnet,
  PREDICTION: PredictionMagnet,
  FEEDBACK: FeedbackMagnet,
  PREFERENCE: PreferenceMagnet,
};

/** A magnet of any kind; what its kind alone has is in `content`. */
@Entity('magnets')
export class MagnetEntity implements Magnet {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @Column({ type: 'text', name: 'external_id' })
  externalId!: string;

  @Column({ type: 'text', name: 'kind' })
  kind!: MagnetKind;

  @Column({ type: 'text', name: 'title' })
  title!: string;

  @Column({ type: 'uuid', name: 'message_id', nullable: true })
  messageUuid!: string | null;

  @Column({ type: 'jsonb', name: 'content' })
  content!: MagnetContent;

  @Column({ type: 'text', name: 'state' })
  state!: MagnetState;

  @Column({ type: 'timestamptz', name: 'starts_at', nullable: true })
  startsAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'ends_at', nullable: true })
  endsAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  @Column({ type: 'smallint', name: 'winning_option', nullable: true })
  winningOption!: number | null;

  @Column({ type: 'timestamptz', name: 'resolved_at', nullable: true })
  resolvedAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'settled_at', nullable: true })
  settledAt!: Date | null;

  @Column({ type: 'bigint', name: 'remainder', nullable: true })
  remainderMu!: number | null;

  get id(): string {
    return magnetId.encode(this.uuid);
  }

  get __typename(): string {
    return typeOfKind[this.kind].name;
  }
}
