import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { UserError } from '../platform/graphql/user-error';
import { submitClaim, type ClaimPayload } from './claim-payload';
import { Claim } from './claim.type';
import { openClaim } from './open-claim.command';

@InputType({ description: 'A scan by somebody unknown.' })
export class OpenClaimInput {
  @Field(() => String, { description: 'The text of the code.' })
  code!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What tells the device apart from others; a device has one claim on a code.',
  })
  deviceId?: string | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `openClaim` did.' })
export class OpenClaimPayload implements ClaimPayload {
  @Field(() => Claim, { nullable: true, description: 'The claim; null when refused.' })
  claim!: Claim | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class OpenClaimMutation {
  @Allow({ brand: 'mu:attention' })
  @Mutation(() => OpenClaimPayload, {
    description: 'Opens a claim for somebody who scanned a code and of whom nothing else is known.',
  })
  openClaim(
    @Arg('input', () => OpenClaimInput, { description: 'The scan.' }) input: OpenClaimInput,
    @Ctx() context: Context,
  ): Promise<ClaimPayload> {
    return submitClaim(context, callerCommand(openClaim.kind, input, context.caller));
  }
}
