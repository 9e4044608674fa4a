import { Arg, Ctx, Field, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { DateTime, Mu } from '../platform/graphql/scalars';
import { UserError } from '../platform/graphql/user-error';
import { createSurprisePool, type SurprisePoolAnswer } from './create-surprise-pool.command';
import { SurprisePool } from './surprise-pool.type';
import { toPool } from './surprise.loader';

@InputType({ description: 'A pool of Mu for gifts by lot.' })
export class CreateSurprisePoolInput {
  @Field(() => String, { description: 'Its id in your systems; once per brand.' })
  externalId!: string;

  @Field(() => Mu, { description: 'What a win pays, from 1 to 10^15.' })
  prizeMu!: number;

  @Field(() => Int, { description: 'One draw in so many wins, from 1 to 10^9.' })
  oddsOneIn!: number;

  @Field(() => Mu, { description: 'What is set aside from the budget: at least one prize.' })
  poolMu!: number;

  @Field(() => Int, { description: 'A person draws once in so many hours, from 1 to 8,784.' })
  windowHours!: number;

  @Field(() => DateTime, {
    nullable: true,
    description: 'From when on it draws; now when left out.',
  })
  startsAt?: Date | null;

  @Field(() => DateTime, { description: 'Until when it draws.' })
  endsAt!: Date;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `createSurprisePool` did.' })
export class CreateSurprisePoolPayload {
  @Field(() => SurprisePool, { nullable: true, description: 'The pool; null when refused.' })
  surprisePool!: SurprisePool | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class CreateSurprisePoolMutation {
  @Allow({ brand: 'mu:rules' })
  @Mutation(() => CreateSurprisePoolPayload, {
    description:
      'Sets Mu aside for gifts by lot. A secret seed is drawn now and its SHA-256 published as ' +
      '`commitment`; the seed decides every draw and is published when the pool is closed. Refused ' +
      'with BUDGET_EXHAUSTED when the budget holds less than the pool.',
  })
  async createSurprisePool(
    @Arg('input', () => CreateSurprisePoolInput, { description: 'The pool.' })
    input: CreateSurprisePoolInput,
    @Ctx() context: Context,
  ): Promise<CreateSurprisePoolPayload> {
    const command = callerCommand(createSurprisePool.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<SurprisePoolAnswer>(command);
    await refreshReads(context);
    const surprisePool = answer.pool ? toPool(answer.pool) : null;
    return { surprisePool, replayed, userErrors: answer.userErrors };
  }
}
