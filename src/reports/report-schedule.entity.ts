import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TypeName } from '../platform/graphql/schema-defaults';
import type { ReportKindName, ReportPeriodName } from './period';
import { reportScheduleId } from './report.id';
import type { ReportSchedule } from './report-schedule.type';

/** Columns of the report_schedules table; days as `2026-11-21`. */
export interface ScheduleRow {
  id: string;
  brand_id: string;
  kind: ReportKindName;
  every: ReportPeriodName;
  next_day: string;
  due_at: Date;
  created_at: Date;
  deleted_at: Date | null;
}

/** A report that comes by itself. */
@TypeName('ReportSchedule')
@Entity('report_schedules')
export class ReportScheduleEntity implements ReportSchedule {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @Column({ type: 'text', name: 'kind' })
  kind!: ReportKindName;

  @Column({ type: 'text', name: 'every' })
  every!: ReportPeriodName;

  @Column({ type: 'date', name: 'next_day' })
  nextFirstDay!: string;

  @Column({ type: 'timestamptz', name: 'due_at' })
  nextDueAt!: Date;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'deleted_at', nullable: true })
  deletedAt!: Date | null;

  get id(): string {
    return reportScheduleId.encode(this.uuid);
  }
}
