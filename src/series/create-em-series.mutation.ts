import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { createEmSeries, type SeriesAnswer } from './create-em-series.command';
import { EmSeries } from './em-series.type';
import { emSeriesLoader } from './series.loader';

@InputType({ description: 'A series to make.' })
export class CreateEmSeriesInput {
  @Field(() => String, { description: 'Its id in your system; once per brand.' })
  externalId!: string;

  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => String, { description: 'When an item is sent, in the customer’s zone, as 07:00.' })
  dailySlot!: string;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `createEmSeries` did.' })
export class CreateEmSeriesPayload {
  @Field(() => EmSeries, { nullable: true, description: 'The series; null when refused.' })
  emSeries!: EmSeries | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class CreateEmSeriesMutation {
  @Allow({ brand: 'mu:messages' })
  @Mutation(() => CreateEmSeriesPayload, {
    description: 'Makes a series of ems, active and empty; `scheduleEm` fills it.',
  })
  async createEmSeries(
    @Arg('input', () => CreateEmSeriesInput, { description: 'The series.' })
    input: CreateEmSeriesInput,
    @Ctx() context: Context,
  ): Promise<CreateEmSeriesPayload> {
    const command = callerCommand(createEmSeries.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<SeriesAnswer>(command);
    await refreshReads(context);
    const { seriesId, userErrors } = answer;
    const emSeries = seriesId === undefined ? null : await emSeriesLoader(context).load(seriesId);
    return { emSeries, replayed, userErrors };
  }
}
