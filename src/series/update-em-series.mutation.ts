import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import type { SeriesAnswer } from './create-em-series.command';
import { EmSeries, EmSeriesState, type EmSeriesStateName } from './em-series.type';
import { emSeriesLoader } from './series.loader';
import { updateEmSeries } from './update-em-series.command';

@InputType({ description: 'What is to change; what is left out stays.' })
export class UpdateEmSeriesInput {
  @Field(() => ID, { description: 'Which series, `ems_…`.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'What it is called from now on.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'When an item is sent from now on.' })
  dailySlot?: string | null;

  @Field(() => EmSeriesState, { nullable: true, description: 'Whether it goes out from now on.' })
  state?: EmSeriesStateName | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `updateEmSeries` did.' })
export class UpdateEmSeriesPayload {
  @Field(() => EmSeries, { nullable: true, description: 'The series; null when refused.' })
  emSeries!: EmSeries | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class UpdateEmSeriesMutation {
  @Allow({ brand: 'mu:messages' })
  @Mutation(() => UpdateEmSeriesPayload, {
    description:
      'Renames a series, moves its daily slot, pauses it, goes on with it, or ends it for good.',
  })
  async updateEmSeries(
    @Arg('input', () => UpdateEmSeriesInput, { description: 'The change.' })
    input: UpdateEmSeriesInput,
    @Ctx() context: Context,
  ): Promise<UpdateEmSeriesPayload> {
    const command = callerCommand(updateEmSeries.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<SeriesAnswer>(command);
    await refreshReads(context);
    const { seriesId, userErrors } = answer;
    const emSeries = seriesId === undefined ? null : await emSeriesLoader(context).load(seriesId);
    return { emSeries, replayed, userErrors };
  }
}
