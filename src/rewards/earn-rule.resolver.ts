import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { EarnAudience, EarnMultiplier } from './earn-audience.type';
import { earnRuleId } from './earn-rule.id';
import { earnRuleLoader, ownRules } from './earn-rule.service';
import { EarnRule } from './earn-rule.type';

@Resolver(() => EarnRule)
export class EarnRuleResolver {
  @Allow({ brand: 'mu:read' })
  @Query(() => [EarnRule], {
    description:
      'The brand’s rules, each in its current version, by name; or all versions of one, latest first.',
  })
  earnRules(
    @Arg('name', () => String, {
      nullable: true,
      description: 'All versions of the rule of this name.',
    })
    name: string | null,
    @Ctx() context: Context,
  ): Promise<EarnRule[]> {
    return ownRules(context, name ?? null);
  }

  @Allow({ brand: 'mu:read' })
  @Query(() => EarnRule, {
    nullable: true,
    description: 'One version of a rule of the brand; null for any other id.',
  })
  async earnRule(
    @Arg('id', () => ID, { description: 'Global id, `rul_…`.' }) id: string,
    @Ctx() context: Context,
  ): Promise<EarnRule | null> {
    const uuid = earnRuleId.decode(id);
    return uuid === null ? null : earnRuleLoader(context).load(uuid);
  }

  @FieldResolver(() => [EarnAudience], {
    description:
      'Only for customers of whom all of this holds; empty for all. Hidden from customers.',
  })
  audience(@Root() rule: EarnRule, @Ctx() context: Context): readonly EarnAudience[] {
    return context.caller.kind === 'customer' ? [] : rule.audience;
  }

  @FieldResolver(() => [EarnMultiplier], {
    description: 'Who is paid another percentage of the amount. Hidden from customers.',
  })
  multipliers(@Root() rule: EarnRule, @Ctx() context: Context): readonly EarnMultiplier[] {
    return context.caller.kind === 'customer' ? [] : rule.multipliers;
  }
}
