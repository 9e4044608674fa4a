import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { CustomerBy } from '../customers';
import { callerCommand } from '../platform/database/caller-command';
import { toEntity } from '../platform/database/rows';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { revokeVelvet, type MembershipAnswer } from './membership.command';
import { VelvetMemberEntity } from './velvet.entity';
import { VelvetMember } from './velvet.type';

@InputType({ description: 'Whose membership is taken back.' })
export class RevokeVelvetInput {
  @Field(() => CustomerBy, { description: 'Whose it is.' })
  customer!: CustomerBy;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `revokeVelvet` did.' })
export class RevokeVelvetPayload {
  @Field(() => VelvetMember, {
    nullable: true,
    description: 'The member, revoked; null when refused.',
  })
  velvetMember!: VelvetMember | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class RevokeVelvetMutation {
  @Allow({ brand: 'mu:customers' })
  @Mutation(() => RevokeVelvetPayload, {
    description:
      'Takes an invitation or a membership back; perks can no longer be used, credentials are no longer ' +
      'good. Refused with ALREADY_RESOLVED when that has been done.',
  })
  async revokeVelvet(
    @Arg('input', () => RevokeVelvetInput, { description: 'Whose membership is taken back.' })
    input: RevokeVelvetInput,
    @Ctx() context: Context,
  ): Promise<RevokeVelvetPayload> {
    const command = callerCommand(revokeVelvet.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<MembershipAnswer>(command);
    await refreshReads(context);
    return {
      velvetMember: answer.member ? toEntity(VelvetMemberEntity, { ...answer.member }) : null,
      replayed,
      userErrors: answer.userErrors,
    };
  }
}
