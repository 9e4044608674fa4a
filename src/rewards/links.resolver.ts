import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { AttentionEvent, attentionEventLoader, type AttentionEventEntity } from '../attention';
import { LedgerTransfer, transfersOfEventLoader, type TransferEntity } from '../ledger';
import { Message, messageLoader, type MessageEntity } from '../messages';
import type { Context } from '../platform/graphql/context';
import { EarnRuleEntity } from './earn-rule.entity';
import { EarnExplanation } from './earn-explanation.type';
import { earnRuleLoader } from './earn-rule.service';
import { EarnRule } from './earn-rule.type';
import { MuGrant } from './record-attention.mutation';

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

@Resolver(() => Message)
export class RulesOfMessage {
  @FieldResolver(() => [EarnRule], {
    nullable: true,
    description:
      'The rule versions it was recorded with, by which attention to it is judged; null when it keeps ' +
      'none and the current ones count, and for customers.',
  })
  async earnRules(
    @Root() message: MessageEntity,
    @Ctx() context: Context,
  ): Promise<EarnRule[] | null> {
    const ids = message.earnRuleUuids;
    if (ids === null || context.caller.kind === 'customer') return null;
    const rules = await earnRuleLoader(context).loadMany(ids);
    return rules.filter((rule): rule is EarnRuleEntity => rule instanceof EarnRuleEntity);
  }
}

@Resolver(() => EarnExplanation)
export class RuleOfExplanation {
  @FieldResolver(() => EarnRule, {
    nullable: true,
    description: 'The rule version; null for what the message itself offers.',
  })
  async rule(
    @Root() { ruleUuid }: EarnExplanation,
    @Ctx() context: Context,
  ): Promise<EarnRule | null> {
    return ruleUuid === null ? null : earnRuleLoader(context).load(ruleUuid);
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
