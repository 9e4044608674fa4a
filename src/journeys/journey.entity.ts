import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import type { CancelName, RunStateName } from './advance';
import type { Definition, ExitName } from './definition';
import { journeyId, journeyRunId } from './journey.id';
import type { Journey, JourneyRun, JourneyRunStep } from './journey.type';

/** Columns of the journeys table. */
export interface JourneyRow {
  id: string;
  brand_id: string;
  external_id: string;
  name: string;
  experiment_id: string | null;
  draft: Definition;
  version: number | null;
  trigger_kind: string | null;
  trigger_values: string[] | null;
  created_at: Date;
  updated_at: Date;
  stopped_at: Date | null;
  sweep_at: Date | null;
  sweep_after: string | null;
}

/** A journey. */
@TypeName('Journey')
@Entity('journeys')
export class JourneyEntity implements Journey {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @Column({ type: 'text', name: 'external_id' })
  externalId!: string;

  @Column({ type: 'text', name: 'name' })
  name!: string;

  @Column({ type: 'uuid', name: 'experiment_id', nullable: true })
  experimentUuid!: string | null;

  @Column({ type: 'jsonb', name: 'draft' })
  draft!: Definition;

  @Column({ type: 'integer', name: 'version', nullable: true })
  version!: number | null;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'updated_at' })
  updatedAt!: Date;

  @Column({ type: 'timestamptz', name: 'stopped_at', nullable: true })
  stoppedAt!: Date | null;

  get id(): string {
    return journeyId.encode(this.uuid);
  }
}

/** A customer's way through a journey. */
@TypeName('JourneyRun')
@Entity('journey_runs')
export class JourneyRunEntity implements JourneyRun {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @Column({ type: 'uuid', name: 'journey_id' })
  journeyUuid!: string;

  @Column({ type: 'uuid', name: 'customer_id' })
  customerUuid!: string;

  @Column({ type: 'integer', name: 'version' })
  version!: number;

  @Column({ type: 'text', name: 'state' })
  state!: RunStateName;

  @Column({ type: 'text', name: 'ended_by', nullable: true })
  endedBy!: ExitName | CancelName | null;

  @Column({ type: 'timestamptz', name: 'due_at' })
  storedDueAt!: Date;

  @Column({ type: 'timestamptz', name: 'entered_at' })
  enteredAt!: Date;

  @Column({ type: 'timestamptz', name: 'ended_at', nullable: true })
  endedAt!: Date | null;

  get id(): string {
    return journeyRunId.encode(this.uuid);
  }

  get dueAt(): Date | null {
    return this.state === 'ACTIVE' ? this.storedDueAt : null;
  }
}

/** A step that was done. */
@TypeName('JourneyRunStep')
@Entity('journey_steps')
export class JourneyStepEntity implements JourneyRunStep {
  @PrimaryColumn({ type: 'uuid', name: 'run_id' })
  runUuid!: string;

  @PrimaryColumn({ type: 'integer', name: 'number' })
  number!: number;

  @Column({ type: 'text', name: 'key' })
  key!: string;

  @Column({ type: 'text', name: 'kind' })
  kind!: 'WAIT' | 'REWARD' | 'BRANCH';

  @Column({ type: 'text', name: 'outcome' })
  outcome!: string;

  @Column({ type: 'uuid', name: 'message_id', nullable: true })
  messageUuid!: string | null;

  @Column({ type: 'timestamptz', name: 'done_at' })
  doneAt!: Date;
}
