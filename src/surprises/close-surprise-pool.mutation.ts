import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { Mu } from '../platform/graphql/scalars';
import { UserError } from '../platform/graphql/user-error';
import { closeSurprisePool, type CloseSurprisePoolAnswer } from './close-surprise-pool.command';
import { SurprisePool } from './surprise-pool.type';
import { toPool } from './surprise.loader';

@InputType({ description: 'The pool that shall draw no more.' })
export class CloseSurprisePoolInput {
  @Field(() => ID, { description: 'Id of the pool.' })
  id!: string;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `closeSurprisePool` did.' })
export class CloseSurprisePoolPayload {
  @Field(() => SurprisePool, {
    nullable: true,
    description: 'The pool with its seed; null when refused.',
  })
  surprisePool!: SurprisePool | null;

  @Field(() => Mu, { nullable: true, description: 'What went back to the budget.' })
  released!: number | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class CloseSurprisePoolMutation {
  @Allow({ brand: 'mu:rules' })
  @Mutation(() => CloseSurprisePoolPayload, {
    description:
      'Ends a pool for good: the exact rest goes back to the budget, and the seed is published. ' +
      'Refused with ALREADY_RESOLVED when it is closed.',
  })
  async closeSurprisePool(
    @Arg('input', () => CloseSurprisePoolInput, { description: 'Which one.' })
    input: CloseSurprisePoolInput,
    @Ctx() context: Context,
  ): Promise<CloseSurprisePoolPayload> {
    const command = callerCommand(closeSurprisePool.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<CloseSurprisePoolAnswer>(command);
    await refreshReads(context);
    return {
      surprisePool: answer.pool ? toPool(answer.pool) : null,
      released: answer.released ?? null,
      replayed,
      userErrors: answer.userErrors,
    };
  }
}
