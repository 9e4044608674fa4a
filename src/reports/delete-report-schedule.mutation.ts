import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { deleteReportSchedule } from './delete-report-schedule.command';
import { scheduleOfAnswerLoader } from './report.loader';
import { ReportSchedule } from './report-schedule.type';
import type { ScheduleAnswer } from './schedule-report.command';

@InputType({ description: 'Which schedule ends.' })
export class DeleteReportScheduleInput {
  @Field(() => ID, { description: 'Id of the schedule, `rsc_…`.' })
  id!: string;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `deleteReportSchedule` did.' })
export class DeleteReportSchedulePayload {
  @Field(() => ReportSchedule, {
    nullable: true,
    description: 'The schedule as it was; null when refused.',
  })
  reportSchedule!: ReportSchedule | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class DeleteReportScheduleMutation {
  @Allow({ brand: 'mu:ledger' })
  @Mutation(() => DeleteReportSchedulePayload, {
    description: 'Ends a schedule: nothing more is made by it. The reports there are stay.',
  })
  async deleteReportSchedule(
    @Arg('input', () => DeleteReportScheduleInput, { description: 'Which one.' })
    input: DeleteReportScheduleInput,
    @Ctx() context: Context,
  ): Promise<DeleteReportSchedulePayload> {
    const command = callerCommand(deleteReportSchedule.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<ScheduleAnswer>(command);
    await refreshReads(context);
    const { schedule, userErrors } = answer;
    const reportSchedule =
      schedule === undefined ? null : await scheduleOfAnswerLoader(context).load(schedule);
    return { reportSchedule, replayed, userErrors };
  }
}
