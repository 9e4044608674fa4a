import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MeasureWindow } from '../platform/graphql/measure.type';
import { TypeName } from '../platform/graphql/schema-defaults';
import type { ReportKindName, ReportPeriodName } from './period';
import { reportId } from './report.id';
import type { Report, ReportFigure } from './report.type';

/** A report as it was made. */
@TypeName('Report')
@Entity('reports')
export class ReportEntity implements Report {
  @PrimaryColumn({ type: 'uuid', name: 'id' })
  uuid!: string;

  @Column({ type: 'uuid', name: 'brand_id' })
  brandUuid!: string;

  @Column({ type: 'text', name: 'kind' })
  kind!: ReportKindName;

  @Column({ type: 'text', name: 'every' })
  every!: ReportPeriodName;

  @Column({ type: 'date', name: 'first_day' })
  firstDay!: string;

  @Column({ type: 'date', name: 'last_day' })
  lastDay!: string;

  @Column({ type: 'timestamptz', name: 'from_at' })
  fromAt!: Date;

  @Column({ type: 'timestamptz', name: 'until_at' })
  untilAt!: Date;

  @Column({ type: 'timestamptz', name: 'computed_at' })
  asOf!: Date;

  @Column({ type: 'text', name: 'model_version' })
  modelVersion!: string;

  @Column({ type: 'jsonb', name: 'figures' })
  figures!: ReportFigure[];

  get id(): string {
    return reportId.encode(this.uuid);
  }

  get window(): MeasureWindow {
    return { from: this.fromAt, until: this.untilAt };
  }
}
