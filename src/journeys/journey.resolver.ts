import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Brand, brandLoader, type BrandEntity } from '../brands';
import { Customer, customerLoader, type CustomerEntity } from '../customers';
import { Message, messageLoader, type MessageEntity } from '../messages';
import { Allow } from '../platform/graphql/access';
import { PageArgs, type Connection } from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import type { RunStateName } from './advance';
import type { JourneyEntity, JourneyRunEntity, JourneyStepEntity } from './journey.entity';
import { journeyRunId } from './journey.id';
import {
  journeyLoader,
  journeyRunLoader,
  readJourneys,
  readRuns,
  readSteps,
} from './journey.loader';
import {
  Journey,
  JourneyConnection,
  JourneyRun,
  JourneyRunConnection,
  JourneyRunState,
  JourneyRunStep,
  JourneyRunStepConnection,
} from './journey.type';

@Resolver()
export class JourneyQueries {
  @Allow({ brand: 'mu:read', platform: true })
  @Query(() => JourneyRun, {
    nullable: true,
    description: 'A customer’s way through a journey; null for one unknown to the caller.',
  })
  async journeyRun(
    @Arg('id', () => ID, { description: 'Id of the run, `jrn_…`.' }) id: string,
    @Ctx() context: Context,
  ): Promise<JourneyRunEntity | null> {
    const uuid = journeyRunId.decode(id);
    return uuid === null ? null : journeyRunLoader(context).load(uuid);
  }
}

@ArgsType()
class RunsArgs extends PageArgs {
  @Field(() => JourneyRunState, { nullable: true, description: 'Only those that stand so.' })
  state?: RunStateName | null;
}

@Resolver(() => Journey)
export class FieldsOfJourney {
  @FieldResolver(() => JourneyRunConnection, { description: 'Its runs, the newest first.' })
  runs(
    @Root() journey: JourneyEntity,
    @Args(() => RunsArgs) args: RunsArgs,
    @Ctx() context: Context,
  ): Promise<Connection<JourneyRunEntity>> {
    return readRuns(context, journey.uuid, args, args.state ?? null);
  }

  @FieldResolver(() => Brand, { nullable: true, description: 'Whose journey it is.' })
  brand(@Root() journey: JourneyEntity, @Ctx() context: Context): Promise<Brand | null> {
    return brandLoader(context).load(journey.brandUuid);
  }
}

@Resolver(() => JourneyRun)
export class FieldsOfJourneyRun {
  @FieldResolver(() => JourneyRunStepConnection, {
    description: 'The steps that were done, the first one first.',
  })
  steps(
    @Root() run: JourneyRunEntity,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<JourneyStepEntity>> {
    return readSteps(context, run.uuid, args);
  }

  @FieldResolver(() => Journey, { nullable: true, description: 'The journey.' })
  journey(@Root() run: JourneyRunEntity, @Ctx() context: Context): Promise<JourneyEntity | null> {
    return journeyLoader(context).load(run.journeyUuid);
  }

  @FieldResolver(() => Customer, { nullable: true, description: 'Whose way it is.' })
  customer(@Root() run: JourneyRunEntity, @Ctx() context: Context): Promise<CustomerEntity | null> {
    return customerLoader(context).load(run.customerUuid);
  }
}

@Resolver(() => JourneyRunStep)
export class MessageOfStep {
  @FieldResolver(() => Message, {
    nullable: true,
    description: 'The message your stack was asked to send; null for other steps.',
  })
  async message(
    @Root() { messageUuid }: JourneyStepEntity,
    @Ctx() context: Context,
  ): Promise<MessageEntity | null> {
    return messageUuid === null ? null : messageLoader(context).load(messageUuid);
  }
}

@Resolver(() => Brand)
export class JourneysOnBrand {
  @FieldResolver(() => JourneyConnection, {
    description: 'Its journeys, the newest first; only the platform and the brand itself see any.',
  })
  journeys(
    @Root() brand: BrandEntity,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<JourneyEntity>> {
    return readJourneys(context, brand.uuid, args);
  }
}
