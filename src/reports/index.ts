import type { Feature } from '../platform/feature';
import { deleteReportSchedule } from './delete-report-schedule.command';
import { DeleteReportScheduleMutation } from './delete-report-schedule.mutation';
import { makeReports } from './make-reports.job';
import { ReportEntity } from './report.entity';
import { reportId, reportScheduleId } from './report.id';
import { reportLoader, scheduleLoader } from './report.loader';
import { ReportsOfBrand } from './report.resolver';
import { ReportScheduleEntity } from './report-schedule.entity';
import { scheduleReport } from './schedule-report.command';
import { ScheduleReportMutation } from './schedule-report.mutation';

/** Reports that come by themselves at the end of each week or month, and stay as they were. */
export const reportsFeature: Feature = {
  name: 'reports',
  entities: [ReportScheduleEntity, ReportEntity],
  resolvers: [ReportsOfBrand, ScheduleReportMutation, DeleteReportScheduleMutation],
  commands: [scheduleReport, deleteReportSchedule],
  references: {},
  nodes: {
    [reportId.prefix]: (uuid, context) => reportLoader(context).load(uuid),
    [reportScheduleId.prefix]: (uuid, context) => scheduleLoader(context).load(uuid),
  },
  jobs: [makeReports],
  topics: {
    'report.ready':
      'A report of a week or month that is over was made: reportId, kind, every, firstDay, lastDay.',
  },
};
