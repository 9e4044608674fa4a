import {
  Arg,
  Ctx,
  Field,
  Float,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
} from 'type-graphql';
import { AttentionActionEnum, type AttentionAction } from '../attention';
import { Channel, type ChannelName } from '../messages';
import { brandOf, scopeOf } from '../platform/auth/caller';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { DateTime, Mu } from '../platform/graphql/scalars';
import { UserError } from '../platform/graphql/user-error';
import { checkIdempotencyKey } from '../platform/text';
import { earnRuleLoader, ownRules } from './earn-rule.service';
import { EarnRule, StreakUnit } from './earn-rule.type';
import type { UpsertEarnRuleAnswer } from './upsert-earn-rule.command';

@InputType({ description: 'A streak; what is left out has the published default.' })
export class StreakPolicyInput {
  @Field(() => StreakUnit, { nullable: true, description: 'What is counted; DAY.' })
  unit?: 'DAY' | null;

  @Field(() => Int, { nullable: true, description: 'Length from which payment stops growing; 5.' })
  cap?: number | null;

  @Field(() => Int, { nullable: true, description: 'Length of the first day; 1.' })
  startAt?: number | null;

  @Field(() => Int, { nullable: true, description: 'Length after a break; 1.' })
  resetTo?: number | null;

  @Field(() => Int, { nullable: true, description: 'Missed days that are forgiven; 0.' })
  graceUnits?: number | null;
}

@InputType({ description: 'A rule to publish; a name used before gets a new version.' })
export class UpsertEarnRuleInput {
  @Field(() => String, { description: 'Name within the brand.' })
  name!: string;

  @Field(() => AttentionActionEnum, { description: 'The action it pays.' })
  action!: AttentionAction;

  @Field(() => Mu, { description: 'What it pays; with a streak, what each day counts for.' })
  amount!: number;

  @Field(() => Channel, { nullable: true, description: 'Only on this channel.' })
  channel?: ChannelName | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Payments a local day to one customer for attention without a message; 1.',
  })
  perCustomerPerDay?: number | null;

  @Field(() => Float, {
    nullable: true,
    defaultValue: 0.5,
    description: 'Events below this confidence are not paid.',
  })
  minConfidence?: number | null;

  @Field(() => StreakPolicyInput, {
    nullable: true,
    description: 'Makes the amount the base of a streak; `{}` is the published default.',
  })
  streak?: StreakPolicyInput | null;

  @Field(() => DateTime, { nullable: true, description: 'Pays events from this moment on.' })
  startsAt?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Pays events before this moment.' })
  endsAt?: Date | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

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
export class EarnRuleResolver {
  @Allow({ brand: 'mu:read' })
  @Query(() => [EarnRule], {
    description: 'The brand’s rules, each in its current version, by name.',
  })
  earnRules(@Ctx() context: Context): Promise<EarnRule[]> {
    return ownRules(context);
  }

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
