import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import { toEntity } from '../platform/database/rows';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { activateReferral } from './activate-referral.command';
import type { ReferralAnswer } from './claim-referral.command';
import { ReferralEntity } from './referral.entity';
import { Referral } from './referral.type';

@InputType({ description: 'Whose friend the brand now knows for sure.' })
export class ActivateReferralInput {
  @Field(() => ID, { description: 'Id of the referral.' })
  id!: string;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `activateReferral` did.' })
export class ActivateReferralPayload {
  @Field(() => Referral, {
    nullable: true,
    description: 'The referral, active; null when refused.',
  })
  referral!: Referral | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class ActivateReferralMutation {
  @Allow({ brand: 'mu:customers' })
  @Mutation(() => ActivateReferralPayload, {
    description:
      'Pays referrer and friend out of the programme’s reserve, both and once, on the brand’s word that ' +
      'the friend is who they say. Refused with ALREADY_RESOLVED unless it is pending, with ' +
      'BUDGET_EXHAUSTED when the reserve cannot pay both.',
  })
  async activateReferral(
    @Arg('input', () => ActivateReferralInput, { description: 'Which one.' })
    input: ActivateReferralInput,
    @Ctx() context: Context,
  ): Promise<ActivateReferralPayload> {
    const command = callerCommand(activateReferral.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<ReferralAnswer>(command);
    await refreshReads(context);
    return {
      referral: answer.referral ? toEntity(ReferralEntity, { ...answer.referral }) : null,
      replayed,
      userErrors: answer.userErrors,
    };
  }
}
