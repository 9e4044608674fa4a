import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { CustomerBy } from '../customers';
import { callerCommand } from '../platform/database/caller-command';
import { toEntity } from '../platform/database/rows';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { SurpriseDrawEntity } from './surprise-draw.entity';
import { SurpriseDraw } from './surprise-draw.type';
import { triggerSurprise, type TriggerSurpriseAnswer } from './trigger-surprise.command';

@InputType({ description: 'Who draws, and from which pool.' })
export class TriggerSurpriseInput {
  @Field(() => ID, { description: 'Id of the pool.' })
  poolId!: string;

  @Field(() => CustomerBy, { description: 'Who draws.' })
  customer!: CustomerBy;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `triggerSurprise` did.' })
export class TriggerSurprisePayload {
  @Field(() => SurpriseDraw, {
    nullable: true,
    description: 'The draw of this person in this window, won or not; null when refused.',
  })
  surpriseDraw!: SurpriseDraw | null;

  @Field(() => Boolean, {
    description: 'Whether this call drew; false when the window’s draw had been made before.',
  })
  firstDraw!: boolean;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class TriggerSurpriseMutation {
  @Allow({ brand: 'mu:attention' })
  @Mutation(() => TriggerSurprisePayload, {
    description:
      'Draws for a customer, once in each window of the pool, and pays a win at once. Seed, customer and ' +
      'window decide, so another key draws nothing anew. Refused with POOL_CLOSED outside the pool’s ' +
      'time, with BUDGET_EXHAUSTED when the pool could not pay a win.',
  })
  async triggerSurprise(
    @Arg('input', () => TriggerSurpriseInput, { description: 'Who, and from which pool.' })
    input: TriggerSurpriseInput,
    @Ctx() context: Context,
  ): Promise<TriggerSurprisePayload> {
    const command = callerCommand(triggerSurprise.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<TriggerSurpriseAnswer>(command);
    await refreshReads(context);
    return {
      surpriseDraw: answer.draw ? toEntity(SurpriseDrawEntity, { ...answer.draw }) : null,
      firstDraw: answer.first ?? false,
      replayed,
      userErrors: answer.userErrors,
    };
  }
}
