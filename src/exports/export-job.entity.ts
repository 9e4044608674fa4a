import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import type { ExportPartName } from './export-part';
import { exportJobId } from './export.id';
import type { ExportJob, ExportStatusName } from './export-job.type';

/** An export a brand has asked for. */
@TypeName('ExportJob')
@Entity('exports')
export class ExportJobEntity implements ExportJob {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @Column({ type: 'text', name: 'parts', array: true })
  parts!: ExportPartName[];

  @Column({ type: 'text', name: 'status' })
  status!: ExportStatusName;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'as_of', nullable: true })
  asOf!: Date | null;

  @Column({ type: 'timestamptz', name: 'finished_at', nullable: true })
  finishedAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'expires_at', nullable: true })
  expiresAt!: Date | null;

  @Column({ type: 'bigint', name: 'rows' })
  rows!: number;

  @Column({ type: 'bigint', name: 'bytes' })
  bytes!: number;

  get id(): string {
    return exportJobId.encode(this.uuid);
  }
}
