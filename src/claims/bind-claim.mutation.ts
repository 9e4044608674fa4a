import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { CustomerBy } from '../customers';
import { toWallet, Wallet } from '../ledger';
import { callerCommand } from '../platform/database/caller-command';
import { toEntity } from '../platform/database/rows';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { bindClaim, type BindClaimAnswer } from './bind-claim.command';
import type { ClaimPayload } from './claim-payload';
import { ClaimEntity } from './claim.entity';
import { Claim } from './claim.type';

@InputType({ description: 'Whose a claim is.' })
export class BindClaimInput {
  @Field(() => ID, { description: 'Id of the claim.' })
  claimId!: string;

  @Field(() => CustomerBy, {
    description: 'The customer, one of whose addresses or numbers is confirmed with the brand.',
  })
  customer!: CustomerBy;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `bindClaim` did.' })
export class BindClaimPayload implements ClaimPayload {
  @Field(() => Claim, { nullable: true, description: 'The claim, bound; null when refused.' })
  claim!: Claim | null;

  @Field(() => Wallet, {
    nullable: true,
    description: 'The wallet right after; null when refused.',
  })
  wallet!: Wallet | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], {
    description: 'Why it was refused; beside a claim, why its answer was not paid.',
  })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class BindClaimMutation {
  @Allow({ brand: 'mu:attention' })
  @Mutation(() => BindClaimPayload, {
    description:
      'Says whose a claim is: its Mu goes into their wallet, once. A customer is paid once for a code, ' +
      'however many claims they have on it.',
  })
  async bindClaim(
    @Arg('input', () => BindClaimInput, { description: 'Which claim, and whose.' })
    input: BindClaimInput,
    @Ctx() context: Context,
  ): Promise<BindClaimPayload> {
    const command = callerCommand(bindClaim.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<BindClaimAnswer>(command);
    await refreshReads(context);
    return {
      claim: answer.claim ? toEntity(ClaimEntity, { ...answer.claim }) : null,
      wallet: answer.wallet ? toWallet(answer.wallet) : null,
      replayed,
      userErrors: answer.userErrors,
    };
  }
}
