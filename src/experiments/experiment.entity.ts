import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DormancyStateName } from '../attention';
import { experimentId } from '../holdouts';
import { TypeName } from '../platform/graphql/schema-defaults';
import type { Band, SegmentationModel } from '../segments';
import type { BandOfModel } from './audience';
import type { OutcomeName, StateName } from './experiment-outcome';
import type { Experiment } from './experiment.type';

/** Columns of the experiments table; `key` assigns the arms and leaves the service nowhere. */
export interface ExperimentRow {
  id: string;
  brand_id: string;
  external_id: string;
  outcome: OutcomeName;
  dormancies: DormancyStateName[] | null;
  segment_id: string | null;
  band_model: SegmentationModel | null;
  bands: Band[] | null;
  trait: { name: string; value: string } | null;
  holdout_bp: number;
  key: Buffer;
  reserve_mu: number;
  released_mu: number | null;
  /** Prices in millionths of the currency. */
  mu_price: number;
  message_cost: number;
  currency: string;
  starts_at: Date;
  ends_at: Date;
  created_at: Date;
  sweep_after: string | null;
  sweep_at: Date;
  assigned_at: Date | null;
  ended_at: Date | null;
}

/** An experiment as stored answers keep it. */
export type ExperimentSnapshot = Omit<ExperimentRow, 'key'>;

export function snapshotOf({ key: _key, ...row }: ExperimentRow): ExperimentSnapshot {
  return row;
}

/** An experiment; its UUID names the reserve its Mu is in. */
@TypeName('Experiment')
@Entity('experiments')
export class ExperimentEntity implements Experiment {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @Column({ type: 'text', name: 'external_id' })
  externalId!: string;

  @Column({ type: 'text', name: 'outcome' })
  outcome!: OutcomeName;

  @Column({ type: 'text', array: true, name: 'dormancies', nullable: true })
  dormancies!: DormancyStateName[] | null;

  @Column({ type: 'uuid', name: 'segment_id', nullable: true })
  segmentUuid!: string | null;

  @Column({ type: 'text', name: 'band_model', nullable: true })
  bandModel!: SegmentationModel | null;

  @Column({ type: 'text', array: true, name: 'bands', nullable: true })
  bandNames!: Band[] | null;

  @Column({ type: 'jsonb', name: 'trait', nullable: true })
  trait!: { name: string; value: string } | null;

  @Column({ type: 'integer', name: 'holdout_bp' })
  holdoutBp!: number;

  @Column({ type: 'bigint', name: 'reserve_mu' })
  reserveMu!: number;

  @Column({ type: 'bigint', name: 'released_mu', nullable: true })
  releasedMu!: number | null;

  @Column({ type: 'bigint', name: 'mu_price' })
  muPrice!: number;

  @Column({ type: 'bigint', name: 'message_cost' })
  costOfMessage!: number;

  @Column({ type: 'text', name: 'currency' })
  currency!: string;

  @Column({ type: 'timestamptz', name: 'starts_at' })
  startsAt!: Date;

  @Column({ type: 'timestamptz', name: 'ends_at' })
  endsAt!: Date;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'assigned_at', nullable: true })
  assignedAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'ended_at', nullable: true })
  endedAt!: Date | null;

  get id(): string {
    return experimentId.encode(this.uuid);
  }

  get holdoutShare(): number {
    return this.holdoutBp / 10_000;
  }

  /** The bands its customers need to be in; null when it asks for none. */
  get band(): BandOfModel | null {
    const { bandModel: model, bandNames: bands } = this;
    return model === null || bands === null ? null : { model, in: bands };
  }

  /** How far it is at a moment. */
  stateAt(moment: Date): StateName {
    if (this.endedAt !== null) return 'ENDED';
    if (moment < this.startsAt) return 'SCHEDULED';
    return this.assignedAt === null ? 'ASSIGNING' : 'RUNNING';
  }
}
