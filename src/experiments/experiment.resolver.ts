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
import { experimentId, type ArmName } from '../holdouts';
import { Message, type MessageEntity } from '../messages';
import { Allow } from '../platform/graphql/access';
import { PageArgs, type Connection } from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { momentOf } from '../platform/graphql/moment';
import { Segment, segmentLoader } from '../segments';
import { ExperimentArmName, ExperimentState, FunnelGrouping } from './experiment-outcome';
import type { StateName } from './experiment-outcome';
import type { ExperimentEntity } from './experiment.entity';
import { experimentLoader, readExperiments, readMembers } from './experiment.loader';
import { Experiment, ExperimentConnection } from './experiment.type';
import { funnelOf, resultOf, revenueOf } from './measure';
import type { ExperimentMemberEntity } from './member.entity';
import { ExperimentMember, ExperimentMemberConnection } from './member.type';
import { AttentionFunnel, ExperimentResult, IncrementalRevenue } from './result.type';

async function find(context: Context, id: string): Promise<ExperimentEntity | null> {
  const uuid = experimentId.decode(id);
  return uuid === null ? null : experimentLoader(context).load(uuid);
}

@Resolver()
export class ExperimentQueries {
  @Allow({ brand: 'mu:read', platform: true })
  @Query(() => ExperimentResult, {
    nullable: true,
    description: 'What an experiment did and what that cost; null for one unknown to the caller.',
  })
  async nudgeLift(
    @Arg('experiment', () => ID, { description: 'Id of the experiment, `exp_…`.' }) id: string,
    @Ctx() context: Context,
  ): Promise<ExperimentResult | null> {
    const experiment = await find(context, id);
    return experiment === null ? null : resultOf(context, experiment);
  }

  @Allow({ brand: 'mu:read', platform: true })
  @Query(() => IncrementalRevenue, {
    nullable: true,
    description:
      'What customers paid because of an experiment, told by those held out and not by the last click; ' +
      'null for one unknown to the caller.',
  })
  async incrementalRevenue(
    @Arg('experimentId', () => ID, { description: 'Id of the experiment, `exp_…`.' }) id: string,
    @Ctx() context: Context,
  ): Promise<IncrementalRevenue | null> {
    const experiment = await find(context, id);
    return experiment === null ? null : revenueOf(context, experiment);
  }
}

@ArgsType()
class MembersArgs extends PageArgs {
  @Field(() => ExperimentArmName, { nullable: true, description: 'Only those of this arm.' })
  arm?: ArmName | null;
}

@Resolver(() => Experiment)
export class FieldsOfExperiment {
  @FieldResolver(() => ExperimentState, { description: 'How far it is.' })
  async state(@Root() experiment: ExperimentEntity, @Ctx() context: Context): Promise<StateName> {
    return experiment.stateAt(await momentOf(context));
  }

  @FieldResolver(() => ExperimentResult, { description: 'What it did, as of now.' })
  result(@Root() experiment: ExperimentEntity, @Ctx() context: Context): Promise<ExperimentResult> {
    return resultOf(context, experiment);
  }

  @FieldResolver(() => AttentionFunnel, {
    description: 'How far its customers went, from being reached to ordering.',
  })
  attentionFunnel(
    @Root() experiment: ExperimentEntity,
    @Arg('groupBy', () => FunnelGrouping, {
      defaultValue: FunnelGrouping.VARIANT,
      description: 'What it is broken down by.',
    })
    _groupBy: keyof typeof FunnelGrouping,
    @Ctx() context: Context,
  ): Promise<AttentionFunnel> {
    return funnelOf(context, experiment);
  }

  @FieldResolver(() => ExperimentMemberConnection, {
    description: 'Its customers, whom to send its messages to: those of the arm TREATED.',
  })
  members(
    @Root() experiment: ExperimentEntity,
    @Args(() => MembersArgs) args: MembersArgs,
    @Ctx() context: Context,
  ): Promise<Connection<ExperimentMemberEntity>> {
    return readMembers(context, experiment.uuid, args, args.arm ?? null);
  }

  @FieldResolver(() => Segment, {
    nullable: true,
    description:
      'The saved segment customers need to be in; null when it asks for none, or it was deleted.',
  })
  async segment(
    @Root() { segmentUuid }: ExperimentEntity,
    @Ctx() context: Context,
  ): Promise<Segment | null> {
    return segmentUuid === null ? null : segmentLoader(context).load(segmentUuid);
  }

  @FieldResolver(() => Brand, { nullable: true, description: 'Whose experiment it is.' })
  brand(@Root() experiment: ExperimentEntity, @Ctx() context: Context): Promise<Brand | null> {
    return brandLoader(context).load(experiment.brandUuid);
  }
}

@Resolver(() => ExperimentMember)
export class CustomerOfMember {
  @FieldResolver(() => Customer, { nullable: true, description: 'Who it is.' })
  customer(
    @Root() member: ExperimentMemberEntity,
    @Ctx() context: Context,
  ): Promise<CustomerEntity | null> {
    return customerLoader(context).load(member.customerUuid);
  }
}

@Resolver(() => Brand)
export class ExperimentsOnBrand {
  @FieldResolver(() => ExperimentConnection, {
    description:
      'Its experiments, the newest first; only the platform and the brand itself see any.',
  })
  experiments(
    @Root() brand: BrandEntity,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<ExperimentEntity>> {
    return readExperiments(context, brand.uuid, args);
  }
}

@Resolver(() => Message)
export class ExperimentOfMessage {
  @FieldResolver(() => Experiment, {
    nullable: true,
    description: 'The experiment it is sent for; null for all others, and to customers.',
  })
  async experiment(
    @Root() message: MessageEntity,
    @Ctx() context: Context,
  ): Promise<ExperimentEntity | null> {
    const uuid = message.experimentUuid ?? null;
    return uuid === null ? null : experimentLoader(context).load(uuid);
  }
}
