import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { CustomerBy } from '../customers';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { advanceEmSeries } from './advance-em-series.command';
import type { SeriesAnswer } from './create-em-series.command';
import { EmSeries } from './em-series.type';
import { emSeriesLoader } from './series.loader';

@InputType({ description: 'Whom to move on, and how far.' })
export class AdvanceEmSeriesInput {
  @Field(() => ID, { description: 'Which series, `ems_…`.' })
  seriesId!: string;

  @Field(() => CustomerBy, { description: 'Who.' })
  customer!: CustomerBy;

  @Field(() => Int, { description: 'Place of the last item they have had, from 1.' })
  position!: number;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `advanceEmSeries` did.' })
export class AdvanceEmSeriesPayload {
  @Field(() => EmSeries, { nullable: true, description: 'The series; null when refused.' })
  emSeries!: EmSeries | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class AdvanceEmSeriesMutation {
  @Allow({ brand: 'mu:messages' })
  @Mutation(() => AdvanceEmSeriesPayload, {
    description:
      'Moves a customer on in a series, as if they had been sent everything up to an item. Nobody is ' +
      'moved back.',
  })
  async advanceEmSeries(
    @Arg('input', () => AdvanceEmSeriesInput, { description: 'The move.' })
    input: AdvanceEmSeriesInput,
    @Ctx() context: Context,
  ): Promise<AdvanceEmSeriesPayload> {
    const command = callerCommand(advanceEmSeries.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<SeriesAnswer>(command);
    await refreshReads(context);
    const { seriesId, userErrors } = answer;
    const emSeries = seriesId === undefined ? null : await emSeriesLoader(context).load(seriesId);
    return { emSeries, replayed, userErrors };
  }
}
