import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { UserErrorCode } from '../platform/errors';
import { TypeName } from '../platform/graphql/schema-defaults';
import { eventMappingId, importJobId } from './import.id';
import type { EventMapping, ImportJob, ImportRefusal, ImportStateName } from './import.type';
import type { Mapping } from './mapping';

/** A mapping a brand keeps. */
@TypeName('EventMapping')
@Entity('event_mappings')
export class EventMappingEntity implements EventMapping {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @Column({ type: 'text', name: 'key' })
  key!: string;

  @Column({ type: 'jsonb', name: 'mapping' })
  mapping!: Mapping & Record<string, unknown>;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'updated_at' })
  updatedAt!: Date;

  get id(): string {
    return eventMappingId.encode(this.uuid);
  }
}

/** An import. */
@TypeName('ImportJob')
@Entity('import_jobs')
export class ImportJobEntity implements ImportJob {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @Column({ type: 'jsonb', name: 'mapping' })
  mapping!: Mapping & Record<string, unknown>;

  @Column({ type: 'boolean', name: 'backfill' })
  backfill!: boolean;

  @Column({ type: 'integer', name: 'received' })
  received!: number;

  @Column({ type: 'integer', name: 'recorded' })
  recorded!: number;

  @Column({ type: 'integer', name: 'duplicates' })
  duplicates!: number;

  @Column({ type: 'integer', name: 'refused' })
  refused!: number;

  @Column({ type: 'integer', name: 'ignored' })
  ignored!: number;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'finished_at', nullable: true })
  finishedAt!: Date | null;

  get id(): string {
    return importJobId.encode(this.uuid);
  }

  get status(): ImportStateName {
    return this.finishedAt === null ? 'RUNNING' : 'DONE';
  }
}

/** An event that was not recorded. */
@Entity('import_refusals')
export class ImportRefusalEntity implements ImportRefusal {
  @PrimaryColumn({ type: 'uuid', name: 'job_id' })
  jobUuid!: string;

  @PrimaryColumn({ type: 'integer', name: 'index' })
  index!: number;

  @Column({ type: 'text', name: 'code' })
  code!: UserErrorCode;

  @Column({ type: 'text', name: 'field', array: true, nullable: true })
  field!: string[] | null;

  @Column({ type: 'text', name: 'message' })
  message!: string;

  @Column({ type: 'jsonb', name: 'event', nullable: true })
  event!: Record<string, unknown> | null;

  @Column({ type: 'timestamptz', name: 'refused_at' })
  refusedAt!: Date;
}
