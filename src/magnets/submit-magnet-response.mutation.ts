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
import { MuGrant, toGrant } from '../rewards';
import { MagnetAnswerInput } from './magnet-answer.input';
import { MagnetResponseEntity } from './magnet-response.entity';
import { MagnetResponse } from './magnet-response.type';
import {
  submitMagnetResponse,
  type SubmitMagnetResponseAnswer,
} from './submit-magnet-response.command';

@InputType({ description: 'An answer to a magnet.' })
export class SubmitMagnetResponseInput {
  @Field(() => ID, { description: 'The magnet.' })
  magnetId!: string;

  @Field(() => CustomerBy, {
    nullable: true,
    description: 'Who answers: a brand must say; a customer answers for themselves.',
  })
  customer?: CustomerBy | null;

  @Field(() => MagnetAnswerInput, { description: 'The answer, in the field of the magnet’s kind.' })
  answer!: MagnetAnswerInput;

  @Field(() => ID, {
    nullable: true,
    description:
      'The message it was seen in, where the magnet has none of its own; only a brand says so.',
  })
  messageId?: string | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the caller.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `submitMagnetResponse` did.' })
export class SubmitMagnetResponsePayload {
  @Field(() => MagnetResponse, {
    nullable: true,
    description: 'The response, with how much of a quiz was right; null when refused.',
  })
  response!: MagnetResponse | null;

  @Field(() => [MuGrant], { description: 'What was paid, also for opens the answer verified.' })
  grants!: MuGrant[];

  @Field(() => Wallet, {
    nullable: true,
    description: 'The wallet right after; null when refused.',
  })
  wallet!: Wallet | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], {
    description: 'Why it was refused; beside a response, why it was not paid.',
  })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class SubmitMagnetResponseMutation {
  @Allow({ brand: 'mu:attention', customer: true })
  @Mutation(() => SubmitMagnetResponsePayload, {
    description:
      'Takes a customer’s answer to a magnet and pays for it at once. An answer is given once; only a ' +
      'question about the customer may be asked again, after the days the brand said.',
  })
  async submitMagnetResponse(
    @Arg('input', () => SubmitMagnetResponseInput, { description: 'Who answers what.' })
    input: SubmitMagnetResponseInput,
    @Ctx() context: Context,
  ): Promise<SubmitMagnetResponsePayload> {
    const command = callerCommand(submitMagnetResponse.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<SubmitMagnetResponseAnswer>(command);
    await refreshReads(context);
    return {
      response: answer.response ? toEntity(MagnetResponseEntity, { ...answer.response }) : null,
      grants: (answer.grants ?? []).map(toGrant),
      wallet: answer.wallet ? toWallet(answer.wallet) : null,
      replayed,
      userErrors: answer.userErrors,
    };
  }
}
