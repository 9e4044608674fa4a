import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { CustomerBy } from '../customers';
import { callerCommand } from '../platform/database/caller-command';
import { toEntity } from '../platform/database/rows';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { grantPerk, type PerkAnswer } from './perk.command';
import { VelvetPerkEntity } from './velvet.entity';
import { PerkKindEnum, type PerkKind, VelvetPerk } from './velvet.type';

@InputType({ description: 'What a member gets.' })
export class GrantPerkInput {
  @Field(() => CustomerBy, { description: 'Who gets it.' })
  customer!: CustomerBy;

  @Field(() => PerkKindEnum, { description: 'What it is made of.' })
  kind!: PerkKind;

  @Field(() => String, { description: 'What it is, in at most 200 bytes.' })
  name!: string;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `grantPerk` did.' })
export class GrantPerkPayload {
  @Field(() => VelvetPerk, { nullable: true, description: 'The perk; null when refused.' })
  velvetPerk!: VelvetPerk | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class GrantPerkMutation {
  @Allow({ brand: 'mu:rules' })
  @Mutation(() => GrantPerkPayload, {
    description:
      'Grants an active member a perk, to be used once. Refused with NOT_A_MEMBER for anybody else.',
  })
  async grantPerk(
    @Arg('input', () => GrantPerkInput, { description: 'What a member gets.' })
    input: GrantPerkInput,
    @Ctx() context: Context,
  ): Promise<GrantPerkPayload> {
    const command = callerCommand(grantPerk.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<PerkAnswer>(command);
    await refreshReads(context);
    return {
      velvetPerk: answer.perk ? toEntity(VelvetPerkEntity, { ...answer.perk }) : null,
      replayed,
      userErrors: answer.userErrors,
    };
  }
}
