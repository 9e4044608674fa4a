import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { CustomerBy } from '../customers';
import { callerCommand } from '../platform/database/caller-command';
import { toEntity } from '../platform/database/rows';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { claimReferral, type ReferralAnswer } from './claim-referral.command';
import { ReferralEntity } from './referral.entity';
import { Referral } from './referral.type';

@InputType({ description: 'Who came, and by which code.' })
export class ClaimReferralInput {
  @Field(() => String, { description: 'The code of the link.' })
  code!: string;

  @Field(() => CustomerBy, {
    nullable: true,
    description: 'Who came: a brand must say; a customer comes themselves and leaves it out.',
  })
  friend?: CustomerBy | null;

  @Field(() => String, {
    nullable: true,
    description: 'A hash by which you tell devices apart; the referrer’s own one is refused.',
  })
  deviceHash?: string | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the caller.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `claimReferral` did.' })
export class ClaimReferralPayload {
  @Field(() => Referral, {
    nullable: true,
    description: 'The referral, pending; null when refused.',
  })
  referral!: Referral | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class ClaimReferralMutation {
  @Allow({ brand: 'mu:customers', customer: true })
  @Mutation(() => ClaimReferralPayload, {
    description:
      'Notes that a friend came by a customer’s link; a friend comes once. Nothing is paid before the ' +
      'friend is activated: by `activateReferral`, or by itself when one of the friend’s identities is ' +
      'confirmed with the brand. Refused with SELF_REFERRAL, SHARED_DEVICE, ALREADY_REFERRED, MINOR or ' +
      'PROGRAM_CLOSED.',
  })
  async claimReferral(
    @Arg('input', () => ClaimReferralInput, { description: 'Who came, and by which code.' })
    input: ClaimReferralInput,
    @Ctx() context: Context,
  ): Promise<ClaimReferralPayload> {
    const command = callerCommand(claimReferral.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<ReferralAnswer>(command);
    await refreshReads(context);
    return {
      referral: answer.referral ? toEntity(ReferralEntity, { ...answer.referral }) : null,
      replayed,
      userErrors: answer.userErrors,
    };
  }
}
