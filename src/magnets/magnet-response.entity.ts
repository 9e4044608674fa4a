import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import type { StoredAnswer } from './magnet-content';
import type { MagnetResponse, PredictionOutcome } from './magnet-response.type';
import { magnetResponseId } from './magnet.id';

/** Columns of the magnet_responses table. */
export interface MagnetResponseRow {
  id: string;
  brand_id: string;
  magnet_id: string;
  customer_id: string;
  round: number;
  answers: StoredAnswer | null;
  choice: number | null;
  right_answers: number | null;
  questions: number | null;
  mu: number;
  stake: number;
  promised: number;
  outcome: PredictionOutcome | null;
  payout: number;
  consent_purpose: string | null;
  consent_version: string | null;
  event_id: string;
  answered_at: Date;
  withdrawn_at: Date | null;
}

/** A response as stored answers keep it: without what was answered. */
export type MagnetResponseSnapshot = Omit<MagnetResponseRow, 'answers' | 'choice'>;

export function snapshotOf(row: MagnetResponseRow): MagnetResponseSnapshot {
  return { ...row, answers: undefined, choice: undefined } as MagnetResponseSnapshot;
}

/** What a customer answered to a magnet. */
@TypeName('MagnetResponse')
@Entity('magnet_responses')
export class MagnetResponseEntity implements MagnetResponse {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @Column({ type: 'uuid', name: 'magnet_id' })
  magnetUuid!: string;

  @Column({ type: 'uuid', name: 'customer_id' })
  customerUuid!: string;

  /** Absent on a response that comes from a stored answer, null when withdrawn. */
  @Column({ type: 'jsonb', name: 'answers', nullable: true })
  answers?: StoredAnswer | null;

  @Column({ type: 'integer', name: 'right_answers', nullable: true })
  right!: number | null;

  @Column({ type: 'integer', name: 'questions', nullable: true })
  of!: number | null;

  @Column({ type: 'bigint', name: 'mu' })
  mu!: number;

  @Column({ type: 'bigint', name: 'stake' })
  stakeMu!: number;

  @Column({ type: 'bigint', name: 'payout' })
  payoutMu!: number;

  @Column({ type: 'text', name: 'outcome', nullable: true })
  outcome!: PredictionOutcome | null;

  @Column({ type: 'text', name: 'consent_version', nullable: true })
  consentVersion!: string | null;

  @Column({ type: 'uuid', name: 'event_id' })
  eventUuid!: string;

  @Column({ type: 'timestamptz', name: 'answered_at' })
  answeredAt!: Date;

  @Column({ type: 'timestamptz', name: 'withdrawn_at', nullable: true })
  withdrawnAt!: Date | null;

  get id(): string {
    return magnetResponseId.encode(this.uuid);
  }
}
