import { Arg, Ctx, Field, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Channel, type ChannelName } from '../messages';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { setUnitCosts, type UnitCostsAnswer } from './set-unit-costs.command';
import { toUnitCosts, UnitCosts } from './unit-costs.type';

@InputType({ description: 'What a message of one channel costs.' })
export class MessageCostInput {
  @Field(() => Channel, { description: 'The channel.' })
  channel!: ChannelName;

  @Field(() => String, { description: 'What one message costs, with at most six decimals.' })
  cost!: string;
}

@InputType({ description: 'What single things cost; what is left out stays as it is.' })
export class SetUnitCostsInput {
  @Field(() => String, {
    nullable: true,
    description:
      'What the brand pays for a Mu, as a decimal of its currency with at most six decimals.',
  })
  muPrice?: string | null;

  @Field(() => [MessageCostInput], {
    nullable: true,
    description: 'What messages cost; channels that are left out stay as they are.',
  })
  messageCosts?: MessageCostInput[] | null;

  @Field(() => String, { nullable: true, description: 'What serving one order costs.' })
  serviceCostPerOrder?: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'After how many days, 1 to 365, it is said of acquisitions recorded from now on whether they stayed.',
  })
  survivalDays?: number | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `setUnitCosts` did.' })
export class SetUnitCostsPayload {
  @Field(() => UnitCosts, { nullable: true, description: 'All costs now; null when refused.' })
  unitCosts!: UnitCosts | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class SetUnitCostsMutation {
  @Allow({ brand: 'mu:ledger' })
  @Mutation(() => SetUnitCostsPayload, {
    description:
      'Says what a Mu, messages and serving an order cost the brand. Figures reckon with it at once.',
  })
  async setUnitCosts(
    @Arg('input', () => SetUnitCostsInput, { description: 'What single things cost.' })
    input: SetUnitCostsInput,
    @Ctx() context: Context,
  ): Promise<SetUnitCostsPayload> {
    const command = callerCommand(setUnitCosts.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<UnitCostsAnswer>(command);
    await refreshReads(context);
    const unitCosts = answer.costs === undefined ? null : toUnitCosts(answer.costs);
    return { unitCosts, replayed, userErrors: answer.userErrors };
  }
}
