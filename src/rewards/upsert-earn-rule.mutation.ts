import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql';
import { brandOf, scopeOf } from '../platform/auth/caller';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { checkIdempotencyKey } from '../platform/text';
import { UpsertEarnRuleInput } from './earn-rule.input';
import { earnRuleLoader } from './earn-rule.service';
import { EarnRule } from './earn-rule.type';
import type { UpsertEarnRuleAnswer } from './upsert-earn-rule.command';

@ObjectType({ simpleResolvers: true, description: 'What `upsertEarnRule` did.' })
export class UpsertEarnRulePayload {
  @Field(() => EarnRule, { nullable: true, description: 'The new version; null when refused.' })
  earnRule!: EarnRule | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class UpsertEarnRuleMutation {
  @Allow({ brand: 'mu:rules' })
  @Mutation(() => UpsertEarnRulePayload, {
    description:
      'Publishes a rule, or the next version of one. Earlier versions stay as they were.',
  })
  async upsertEarnRule(
    @Arg('input', () => UpsertEarnRuleInput, { description: 'The rule.' })
    input: UpsertEarnRuleInput,
    @Ctx() context: Context,
  ): Promise<UpsertEarnRulePayload> {
    const { idempotencyKey, ...rest } = input;
    checkIdempotencyKey(idempotencyKey);
    const { answer, replayed } = await context.commands.submit<UpsertEarnRuleAnswer>({
      kind: 'upsertEarnRule',
      scope: scopeOf(context.caller),
      tenant: brandOf(context.caller),
      key: idempotencyKey,
      input: rest,
    });
    await refreshReads(context);
    const earnRule = answer.ruleId ? await earnRuleLoader(context).load(answer.ruleId) : null;
    return { earnRule, replayed, userErrors: answer.userErrors };
  }
}
