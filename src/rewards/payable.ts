import { attentionActions, type AttentionRow } from '../attention';
import { accounts, type AccountRef } from '../ledger';
import type { MessageEntity } from '../messages';
import { localDay } from '../platform/zones';
import type { AttentionRequest } from './attention-request';
import type { EarnRuleEntity } from './earn-rule.entity';
import type { DayKey, MessageKey } from './payment-facts';
import type { CapQuestion } from './cap-counters';
import { unmetCondition } from './rules/judge';
import type { EventFacts, PaymentFacts } from './rules/rule';
import { streakEvent, type StreakEvent } from './streaks/streak-event';

/** What is to be paid for: the event of a command, or an earlier open that has just been verified. */
export class Payable implements EventFacts {
  private localDay: string | null = null;
  private met: EarnRuleEntity[] | null = null;

  constructor(
    readonly request: AttentionRequest,
    readonly eventId: string,
    readonly action: AttentionRow['action'],
    readonly customAction: string | null,
    readonly channel: string | null,
    readonly stage: string | null,
    readonly confidence: number,
    readonly occurredAt: Date,
  ) {}

  get messageKind(): string | null {
    return this.request.message?.kind ?? null;
  }

  get campaign(): string | null {
    return this.request.message?.campaign ?? null;
  }

  get heldOut(): boolean {
    return this.request.heldOut;
  }

  get customerId(): string {
    return this.request.customerId;
  }

  get traits(): EventFacts['traits'] {
    return this.request.traits;
  }

  get segments(): EventFacts['segments'] {
    return this.request.membership.segments;
  }

  get bands(): EventFacts['bands'] {
    return this.request.membership.bands;
  }

  /** Worked out when somebody asks, because a zone's calendar takes its time. */
  get day(): string {
    return (this.localDay ??= localDay(this.occurredAt, this.request.zone));
  }

  /** The rules whose conditions it meets, by name; it may still lack confidence. */
  get matching(): EarnRuleEntity[] {
    return (this.met ??= this.request.rules.filter((rule) => unmetCondition(this, rule) === null));
  }
}

export function payableOf(request: AttentionRequest): Payable {
  const { eventId, action, customAction, channel, stage, confidence, occurredAt } = request;
  return new Payable(
    request,
    eventId,
    action,
    customAction,
    channel,
    stage,
    confidence,
    occurredAt,
  );
}

/** An earlier open as a person's, proven by the request's action on the same message. */
export function verifiedOpen(request: AttentionRequest, open: AttentionRow): Payable {
  const { id, channel, stage, occurred_at: occurredAt } = open;
  return new Payable(request, id, 'OPEN', null, channel, stage, 100, occurredAt);
}

export function offerOf({ message }: AttentionRequest): PaymentFacts['offer'] {
  if (message === null || (message.openMu === null && message.actionMuMax === null)) return null;
  return { openMu: message.openMu, actionMuMax: message.actionMuMax };
}

export function sourceOf({
  brandId,
  message,
  price,
}: Pick<AttentionRequest, 'brandId' | 'message'> & {
  price: { purposeId?: string | null } | null;
}): AccountRef {
  if (price?.purposeId != null) return accounts.reserve(brandId, price.purposeId);
  return pocketBehind(brandId, message);
}

/** Where attention to a message is paid from: what was set aside for it or its experiment, else the budget. */
export function pocketBehind(brandId: string, message: MessageEntity | null): AccountRef {
  if (message === null || !offersMu(message)) return accounts.budget(brandId);
  if (message.experimentUuid != null) return accounts.reserve(brandId, message.experimentUuid);
  const reserved = message.audience !== null;
  return reserved ? accounts.reserve(brandId, message.uuid) : accounts.budget(brandId);
}

/** Whether anything was set aside for the message. */
export function offersMu(message: { openMu: number | null; actionMuMax: number | null }): boolean {
  return (message.openMu ?? 0) + (message.actionMuMax ?? 0) > 0;
}

export function accountsOf(request: AttentionRequest): AccountRef[] {
  return [accounts.wallet(request.customerId), sourceOf(request)];
}

export function messageKeyOf({
  brandId,
  customerId,
  message,
}: AttentionRequest): MessageKey | null {
  return message === null ? null : { brandId, customerId, messageId: message.uuid };
}

export function openName(key: MessageKey): string {
  return `${key.brandId} ${key.customerId} ${key.messageId}`;
}

export function matchingRules(payable: Payable): EarnRuleEntity[] {
  return payable.matching;
}

export function dayKeyOf({ request, day }: Payable, rule: EarnRuleEntity): DayKey {
  const { brandId, customerId } = request;
  return { brandId, customerId, ruleName: rule.name, day };
}

export function dayKeysOf(payable: Payable): DayKey[] {
  if (payable.request.message !== null) return [];
  return payable.matching.map((rule) => dayKeyOf(payable, rule));
}

/** Whatever its confidence: an open may be proven by a later event of the same list. */
export function capQuestionsOf(payable: Payable): CapQuestion[] {
  return payable.matching.map((rule) => capQuestionOf(payable, rule));
}

export function capQuestionOf(payable: Payable, rule: EarnRuleEntity): CapQuestion {
  return { brandId: payable.request.brandId, event: payable, rule };
}

/** What a message pays once: the action, each custom one for itself, and each rule that stacks. */
export function onceFor(payable: Payable, rule: EarnRuleEntity | null): string {
  const { action, customAction } = payable;
  const done = customAction === null ? action : `${action} ${customAction}`;
  return rule?.stacking === 'STACKS' ? `${done} + ${rule.name}` : done;
}

/** The event as each streak rule that matches it sees it. */
export function streakEventsOf(payable: Payable): StreakEvent[] {
  const { request, eventId, occurredAt } = payable;
  const { brandId, customerId, zone, message } = request;
  const of = {
    eventId,
    brandId,
    customerId,
    zone,
    occurredAt,
    messageId: message?.uuid ?? null,
    seriesId: message?.seriesUuid ?? null,
  };
  return matchingRules(payable)
    .filter((rule) => rule.streak !== null)
    .map((rule) => streakEvent({ ...of, rule, day: payable.day }));
}

/** One line of the statement: what was done, on what, by which rule. */
export function reasonOf(
  { action, customAction, request }: Payable,
  rule: EarnRuleEntity | null,
): string {
  const done = customAction ?? attentionActions[action].replace(/\.$/, '').replace(/; say .*$/, '');
  const on = request.message === null ? '' : ` (${request.message.externalId})`;
  const by = rule === null ? '' : `, rule ${rule.name} v${rule.version}`;
  return `${done}${on}${by}`;
}
