import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { brandOf } from '../platform/auth/caller';
import { callerCommand } from '../platform/database/caller-command';
import { toEntity } from '../platform/database/rows';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { magnetResponseId } from './magnet.id';
import { MagnetResponseEntity } from './magnet-response.entity';
import { magnetResponseLoader } from './magnet-response.loader';
import { MagnetResponse } from './magnet-response.type';
import { withdrawAnswer, type WithdrawAnswerAnswer } from './withdraw-answer.command';

@InputType({ description: 'The answer to withdraw.' })
export class WithdrawAnswerInput {
  @Field(() => ID, { description: 'Id of the response, `rsp_…`.' })
  responseId!: string;

  @Field(() => String, { description: '8–200 printable characters, unique within the caller.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `withdrawAnswer` did.' })
export class WithdrawAnswerPayload {
  @Field(() => MagnetResponse, {
    nullable: true,
    description: 'The response, without an answer; null when refused.',
  })
  response!: MagnetResponse | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class WithdrawAnswerMutation {
  @Allow({ brand: 'mu:customers', customer: true })
  @Mutation(() => WithdrawAnswerPayload, {
    description:
      'Forgets what a customer told about themselves: gone for the brand and for us, for good. The Mu ' +
      'it paid stays. A customer withdraws from any brand, a brand when the customer asked it to.',
  })
  async withdrawAnswer(
    @Arg('input', () => WithdrawAnswerInput, { description: 'Which one.' })
    input: WithdrawAnswerInput,
    @Ctx() context: Context,
  ): Promise<WithdrawAnswerPayload> {
    const tenant = await brandOfResponse(input.responseId, context);
    const command = callerCommand(withdrawAnswer.kind, input, context.caller, tenant);
    const { answer, replayed } = await context.commands.submit<WithdrawAnswerAnswer>(command);
    await refreshReads(context);
    const { response, userErrors } = answer;
    return {
      response: response ? toEntity(MagnetResponseEntity, { ...response, answers: null }) : null,
      replayed,
      userErrors,
    };
  }
}

/** A customer withdraws from any brand, so the command must act for the one they answered. */
async function brandOfResponse(id: string, context: Context): Promise<string | null> {
  const uuid = context.caller.kind === 'customer' ? magnetResponseId.decode(id) : null;
  const response = uuid === null ? null : await magnetResponseLoader(context).load(uuid);
  return response?.brandUuid ?? brandOf(context.caller);
}
