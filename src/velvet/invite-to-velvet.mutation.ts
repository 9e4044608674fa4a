import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { CustomerBy } from '../customers';
import { callerCommand } from '../platform/database/caller-command';
import { toEntity } from '../platform/database/rows';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { inviteToVelvet, type MembershipAnswer } from './membership.command';
import { VelvetMemberEntity } from './velvet.entity';
import { VelvetMember } from './velvet.type';

@InputType({ description: 'Whom the brand invites.' })
export class InviteToVelvetInput {
  @Field(() => CustomerBy, { description: 'Who is invited.' })
  customer!: CustomerBy;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `inviteToVelvet` did.' })
export class InviteToVelvetPayload {
  @Field(() => VelvetMember, {
    nullable: true,
    description: 'The member, invited; null when refused.',
  })
  velvetMember!: VelvetMember | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class InviteToVelvetMutation {
  @Allow({ brand: 'mu:customers' })
  @Mutation(() => InviteToVelvetPayload, {
    description:
      'Invites a customer among the brand’s best; they are in once they accept. Refused with ' +
      'ALREADY_EXISTS when they are invited or in.',
  })
  async inviteToVelvet(
    @Arg('input', () => InviteToVelvetInput, { description: 'Whom the brand invites.' })
    input: InviteToVelvetInput,
    @Ctx() context: Context,
  ): Promise<InviteToVelvetPayload> {
    const command = callerCommand(inviteToVelvet.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<MembershipAnswer>(command);
    await refreshReads(context);
    return {
      velvetMember: answer.member ? toEntity(VelvetMemberEntity, { ...answer.member }) : null,
      replayed,
      userErrors: answer.userErrors,
    };
  }
}
