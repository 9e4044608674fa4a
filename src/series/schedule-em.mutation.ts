import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { scheduleEm, type ScheduleEmAnswer } from './schedule-em.command';
import { SeriesItem } from './series-item.type';
import { seriesItemLoader } from './series.loader';

@InputType({ description: 'An em to put at the end of a series.' })
export class ScheduleEmInput {
  @Field(() => ID, { description: 'Which series, `ems_…`.' })
  seriesId!: string;

  @Field(() => String, { description: 'Subject line.' })
  subject!: string;

  @Field(() => String, { nullable: true, description: 'Where it leads, by https.' })
  link?: string | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `scheduleEm` did.' })
export class ScheduleEmPayload {
  @Field(() => SeriesItem, { nullable: true, description: 'The item; null when refused.' })
  seriesItem!: SeriesItem | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class ScheduleEmMutation {
  @Allow({ brand: 'mu:messages' })
  @Mutation(() => ScheduleEmPayload, {
    description:
      'Puts an em at the end of a series. Its message is recorded with `recordMessage`, which names it.',
  })
  async scheduleEm(
    @Arg('input', () => ScheduleEmInput, { description: 'The em.' })
    input: ScheduleEmInput,
    @Ctx() context: Context,
  ): Promise<ScheduleEmPayload> {
    const command = callerCommand(scheduleEm.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<ScheduleEmAnswer>(command);
    await refreshReads(context);
    const { itemId, userErrors } = answer;
    const seriesItem = itemId === undefined ? null : await seriesItemLoader(context).load(itemId);
    return { seriesItem, replayed, userErrors };
  }
}
