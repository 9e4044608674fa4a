import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { CustomerBy } from '../customers';
import { callerCommand } from '../platform/database/caller-command';
import { toEntity } from '../platform/database/rows';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { acceptVelvetInvitation, type MembershipAnswer } from './membership.command';
import { VelvetMemberEntity } from './velvet.entity';
import { VelvetMember } from './velvet.type';

@InputType({ description: 'Who accepts.' })
export class AcceptVelvetInvitationInput {
  @Field(() => CustomerBy, {
    nullable: true,
    description: 'Who: a brand must say; a customer speaks for themselves and leaves it out.',
  })
  customer?: CustomerBy | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the caller.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `acceptVelvetInvitation` did.' })
export class AcceptVelvetInvitationPayload {
  @Field(() => VelvetMember, {
    nullable: true,
    description: 'The member, active; null when refused.',
  })
  velvetMember!: VelvetMember | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class AcceptVelvetInvitationMutation {
  @Allow({ brand: 'mu:customers', customer: true })
  @Mutation(() => AcceptVelvetInvitationPayload, {
    description:
      'Accepts the brand’s invitation: by the customer, or by the brand, which has asked them. Refused ' +
      'with NOT_FOUND without an invitation, with ALREADY_RESOLVED when it was answered or taken back.',
  })
  async acceptVelvetInvitation(
    @Arg('input', () => AcceptVelvetInvitationInput, { description: 'Who accepts.' })
    input: AcceptVelvetInvitationInput,
    @Ctx() context: Context,
  ): Promise<AcceptVelvetInvitationPayload> {
    const command = callerCommand(acceptVelvetInvitation.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<MembershipAnswer>(command);
    await refreshReads(context);
    return {
      velvetMember: answer.member ? toEntity(VelvetMemberEntity, { ...answer.member }) : null,
      replayed,
      userErrors: answer.userErrors,
    };
  }
}
