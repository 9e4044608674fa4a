import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import { toEntity } from '../platform/database/rows';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { redeemPerk, type PerkAnswer } from './perk.command';
import { VelvetPerkEntity } from './velvet.entity';
import { VelvetPerk } from './velvet.type';

@InputType({ description: 'The perk that is used.' })
export class RedeemPerkInput {
  @Field(() => ID, { description: 'Id of the perk.' })
  id!: string;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `redeemPerk` did.' })
export class RedeemPerkPayload {
  @Field(() => VelvetPerk, { nullable: true, description: 'The perk, used; null when refused.' })
  velvetPerk!: VelvetPerk | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class RedeemPerkMutation {
  @Allow({ brand: 'mu:redemptions' })
  @Mutation(() => RedeemPerkPayload, {
    description:
      'Uses a perk up, once. Refused with ALREADY_RESOLVED when it was used, with NOT_A_MEMBER when its ' +
      'owner’s membership was taken back.',
  })
  async redeemPerk(
    @Arg('input', () => RedeemPerkInput, { description: 'The perk that is used.' })
    input: RedeemPerkInput,
    @Ctx() context: Context,
  ): Promise<RedeemPerkPayload> {
    const command = callerCommand(redeemPerk.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<PerkAnswer>(command);
    await refreshReads(context);
    return {
      velvetPerk: answer.perk ? toEntity(VelvetPerkEntity, { ...answer.perk }) : null,
      replayed,
      userErrors: answer.userErrors,
    };
  }
}
