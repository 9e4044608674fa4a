import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { AttentionEvent, attentionEventLoader, type AttentionEventEntity } from '../attention';
import { LedgerTransfer, transfersOfEventLoader, type TransferEntity } from '../ledger';
import { Message, messageLoader } from '../messages';
import type { Context } from '../platform/graphql/context';
import { earnRuleLoader } from './earn-rule.service';
import { EarnRule } from './earn-rule.type';
import { MuGrant } from './record-attention.mutation';
import { Streak } from './streaks/streak.type';

@Resolver(() => MuGrant)
export class RuleOfGrant {
  @FieldResolver(() => EarnRule, {
    nullable: true,
    description: 'The rule version that paid, if one did.',
  })
  async rule(@Root() grant: MuGrant, @Ctx() context: Context): Promise<EarnRule | null> {
    return grant.ruleUuid === null ? null : earnRuleLoader(context).load(grant.ruleUuid);
  }
}

@Resolver(() => Streak)
export class RuleOfStreak {
  @FieldResolver(() => EarnRule, {
    nullable: true,
    description: 'The rule version whose streak it is.',
  })
  rule(@Root() streak: Streak, @Ctx() context: Context): Promise<EarnRule | null> {
    return earnRuleLoader(context).load(streak.ruleUuid);
  }
}

/** Where a transfer came from: the event, the message, the rule version. */
@Resolver(() => LedgerTransfer)
export class LineageOfTransfer {
  @FieldResolver(() => AttentionEvent, { nullable: true, description: 'The event that was paid.' })
  async event(
    @Root() transfer: TransferEntity,
    @Ctx() context: Context,
  ): Promise<AttentionEvent | null> {
    const { eventUuid } = transfer;
    return eventUuid === null ? null : attentionEventLoader(context).load(eventUuid);
  }

  @FieldResolver(() => Message, { nullable: true, description: 'The message it was about.' })
  async message(
    @Root() transfer: TransferEntity,
    @Ctx() context: Context,
  ): Promise<Message | null> {
    const { messageUuid } = transfer;
    return messageUuid === null ? null : messageLoader(context).load(messageUuid);
  }

  @FieldResolver(() => EarnRule, { nullable: true, description: 'The rule version that paid.' })
  async rule(@Root() transfer: TransferEntity, @Ctx() context: Context): Promise<EarnRule | null> {
    return transfer.ruleUuid === null ? null : earnRuleLoader(context).load(transfer.ruleUuid);
  }
}

@Resolver(() => AttentionEvent)
export class PaymentsOfEvent {
  @FieldResolver(() => [LedgerTransfer], { description: 'What the event was paid, oldest first.' })
  transfers(
    @Root() event: AttentionEventEntity,
    @Ctx() context: Context,
  ): Promise<LedgerTransfer[]> {
    return transfersOfEventLoader(context).load(event.uuid);
  }
}
