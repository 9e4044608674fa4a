import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { ReportKind, ReportPeriod, type ReportKindName, type ReportPeriodName } from './period';
import { scheduleOfAnswerLoader } from './report.loader';
import { ReportSchedule } from './report-schedule.type';
import { scheduleReport, type ScheduleAnswer } from './schedule-report.command';

@InputType({ description: 'A report that shall come by itself.' })
export class ScheduleReportInput {
  @Field(() => ReportKind, { description: 'What it is about.' })
  kind!: ReportKindName;

  @Field(() => ReportPeriod, { description: 'How often it comes.' })
  every!: ReportPeriodName;

  @Field(() => String, {
    nullable: true,
    description:
      'A local day of the first period that is reported, as 2026-11-01: of the running one, or of one of the ' +
      '12 before, which are reported at once. The running one if left out.',
  })
  firstDay?: string | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `scheduleReport` did.' })
export class ScheduleReportPayload {
  @Field(() => ReportSchedule, { nullable: true, description: 'The schedule; null when refused.' })
  reportSchedule!: ReportSchedule | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class ScheduleReportMutation {
  @Allow({ brand: 'mu:ledger' })
  @Mutation(() => ScheduleReportPayload, {
    description:
      'Has a report made at the end of each week or month, the running one first, and kept as it is then; ' +
      '`report.ready` tells of each. A brand has one schedule for a kind and a period: asking again answers ' +
      'the one there is. Refused with INVALID_VALUE for a day that is none, or too far off.',
  })
  async scheduleReport(
    @Arg('input', () => ScheduleReportInput, { description: 'What, and how often.' })
    input: ScheduleReportInput,
    @Ctx() context: Context,
  ): Promise<ScheduleReportPayload> {
    const command = callerCommand(scheduleReport.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<ScheduleAnswer>(command);
    await refreshReads(context);
    const { schedule, userErrors } = answer;
    const reportSchedule =
      schedule === undefined ? null : await scheduleOfAnswerLoader(context).load(schedule);
    return { reportSchedule, replayed, userErrors };
  }
}
