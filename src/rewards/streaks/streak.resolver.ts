import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Customer, type CustomerEntity } from '../../customers';
import { Message, messageLoader } from '../../messages';
import type { Context } from '../../platform/graphql/context';
import { earnRuleLoader } from '../earn-rule.service';
import { EarnRule } from '../earn-rule.type';
import { streaksLoader } from './streak.loader';
import { Streak } from './streak.type';

@Resolver(() => Streak)
export class LinksOfStreak {
  @FieldResolver(() => EarnRule, {
    nullable: true,
    description: 'The rule version whose streak it is.',
  })
  rule(@Root() streak: Streak, @Ctx() context: Context): Promise<EarnRule | null> {
    return earnRuleLoader(context).load(streak.ruleUuid);
  }

  @FieldResolver(() => Message, {
    nullable: true,
    description: 'The last message that qualified; null for a streak of days.',
  })
  async lastMessage(@Root() streak: Streak, @Ctx() context: Context): Promise<Message | null> {
    const { messageUuid } = streak;
    return messageUuid === null ? null : messageLoader(context).load(messageUuid);
  }
}

@Resolver(() => Customer)
export class StreaksOnCustomer {
  @FieldResolver(() => [Streak], {
    description:
      'How many days, or messages, in a row the customer has kept up, by rule: to a brand its own, to ' +
      'the customer those of all brands.',
  })
  streaks(@Root() customer: CustomerEntity, @Ctx() context: Context): Promise<Streak[]> {
    return streaksLoader(context).load(customer.uuid);
  }
}
