import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { MagnetAnswerInput } from '../magnets';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { UserError } from '../platform/graphql/user-error';
import { answerClaim } from './answer-claim.command';
import { submitClaim, type ClaimPayload } from './claim-payload';
import { Claim } from './claim.type';

@InputType({ description: 'Word that what the code asks for was done.' })
export class AnswerClaimInput {
  @Field(() => ID, { description: 'Id of the claim.' })
  claimId!: string;

  @Field(() => MagnetAnswerInput, {
    nullable: true,
    description: 'The answer to the magnet of the code, where it has one.',
  })
  answer?: MagnetAnswerInput | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `answerClaim` did.' })
export class AnswerClaimPayload implements ClaimPayload {
  @Field(() => Claim, { nullable: true, description: 'The claim; null when refused.' })
  claim!: Claim | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class AnswerClaimMutation {
  @Allow({ brand: 'mu:attention' })
  @Mutation(() => AnswerClaimPayload, {
    description:
      'Sets the Mu of a claim aside: what its code asks for was done, and its magnet answered. To ' +
      'answer again changes nothing.',
  })
  answerClaim(
    @Arg('input', () => AnswerClaimInput, { description: 'Which claim.' }) input: AnswerClaimInput,
    @Ctx() context: Context,
  ): Promise<ClaimPayload> {
    return submitClaim(context, callerCommand(answerClaim.kind, input, context.caller));
  }
}
