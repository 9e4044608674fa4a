import { attentionActions, type AttentionRow } from '../attention';
import { accounts, type AccountRef } from '../ledger';
import { localDay, type AttentionRequest } from './attention-request';
import type { EarnRuleEntity } from './earn-rule.entity';
import type { DayKey, MessageKey } from './payment-facts';
import type { PaymentFacts } from './rules/rule';
import type { StreakDay } from './streaks/streak-facts';

/** What is to be paid for: the event of a command, or an earlier open that has just been verified. */
export interface Payable {
  request: AttentionRequest;
  eventId: string;
  action: AttentionRow['action'];
  channel: string | null;
  confidence: number;
  occurredAt: Date;
}

export function payableOf(request: AttentionRequest): Payable {
  const { eventId, action, channel, confidence, occurredAt } = request;
  return { request, eventId, action, channel, confidence, occurredAt };
}

/** An earlier open as a person's, proven by the request's action on the same message. */
export function verifiedOpen(request: AttentionRequest, open: AttentionRow): Payable {
  return {
    request,
    eventId: open.id,
    action: 'OPEN',
    channel: open.channel,
    confidence: 100,
    occurredAt: open.occurred_at,
  };
}

export function offerOf({ message }: AttentionRequest): PaymentFacts['offer'] {
  if (message === null || (message.openMu === null && message.actionMuMax === null)) return null;
  return { openMu: message.openMu, actionMuMax: message.actionMuMax };
}

export function sourceOf({ brandId, message, price }: AttentionRequest): AccountRef {
  if (price?.purposeId != null) return accounts.reserve(brandId, price.purposeId);
  const reserved = message !== null && message.audience !== null && offersMu(message);
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

export function matchingRules({ request, action, channel, occurredAt }: Payable): EarnRuleEntity[] {
  return request.rules.filter(
    (rule) =>
      rule.action === action &&
      (rule.channel === null || rule.channel === channel) &&
      (rule.startsAt === null || rule.startsAt <= occurredAt) &&
      (rule.endsAt === null || occurredAt < rule.endsAt),
  );
}

export function dayKeyOf({ request, occurredAt }: Payable, rule: EarnRuleEntity): DayKey {
  const { brandId, customerId, zone } = request;
  return { brandId, customerId, ruleName: rule.name, day: localDay(occurredAt, zone) };
}

export function dayKeysOf(payable: Payable): DayKey[] {
  if (payable.request.message !== null) return [];
  return matchingRules(payable).map((rule) => dayKeyOf(payable, rule));
}

export function streakDayOf(payable: Payable, rule: EarnRuleEntity): StreakDay {
  const { brandId, customerId, zone } = payable.request;
  return { brandId, customerId, rule, zone, day: localDay(payable.occurredAt, zone) };
}

export function streakDaysOf(payable: Payable): StreakDay[] {
  return matchingRules(payable)
    .filter((rule) => rule.streak !== null)
    .map((rule) => streakDayOf(payable, rule));
}

/** One line of the statement: what was done, on what, by which rule. */
export function reasonOf({ action, request }: Payable, rule: EarnRuleEntity | null): string {
  const done = attentionActions[action].replace(/\.$/, '').replace(/; say what.*$/, '');
  const on = request.message === null ? '' : ` (${request.message.externalId})`;
  const by = rule === null ? '' : `, rule ${rule.name} v${rule.version}`;
  return `${done}${on}${by}`;
}
