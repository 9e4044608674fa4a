import type { AttentionAction, FunnelStageName } from '../attention';
import { checkAmount } from '../ledger';
import type { ChannelName, MessageKindName } from '../messages';
import type { Command, CommandTransaction } from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { checkText } from '../platform/text';
import { readAudience, readMultipliers } from './earn-audience.draft';
import { earnRuleId } from './earn-rule.id';
import type { Audience, AudienceCondition } from './rules/audience';
import { percentOf } from './rules/multiplier';
import type { Multiplier, Stacking } from './rules/rule';
import type { StreakPolicy } from './rules/streak-policy';
import { checkStreak, readStreak, type StreakRequest } from './streaks/check-streak';

/** A rule as it is asked for; instants as ISO text, confidence 0–1. */
export interface UpsertEarnRule {
  name: string;
  action: AttentionAction;
  customAction?: string | null;
  amount: number;
  channel?: ChannelName | null;
  channels?: readonly ChannelName[] | null;
  messageKinds?: readonly MessageKindName[] | null;
  stage?: FunnelStageName | null;
  audience?: readonly AudienceCondition[] | null;
  multipliers?: readonly Multiplier[] | null;
  perCustomerPerDay?: number | null;
  maxMuPerCustomerPerDay?: number | null;
  maxMuPerCustomer?: number | null;
  maxMuPerCampaign?: number | null;
  maxMuInTotal?: number | null;
  minConfidence?: number | null;
  streak?: StreakRequest | null;
  priority?: number | null;
  stacking?: Stacking | null;
  enabled?: boolean | null;
  startsAt?: string | Date | null;
  endsAt?: string | Date | null;
}

/** A rule version about to be published; every value has been judged. */
export interface EarnRuleDraft {
  id: string;
  brandId: string;
  name: string;
  version: number;
  input: UpsertEarnRule;
  audience: Audience;
  multipliers: readonly Multiplier[];
  streak: StreakPolicy | null;
}

const mostPerDay = 10_000;
const highestPriority = 1_000_000;

/** Judges a rule: what may be published, or the refusal. */
export function readDraft(
  tx: CommandTransaction,
  { input, tenant }: Command<UpsertEarnRule>,
): EarnRuleDraft | UserErrorShape {
  const name = checkText(input.name, { maxBytes: 200, field: ['name'] });
  if (name.refusal) return name.refusal;
  const wrong = checkAmounts(tx, input) ?? checkNumbers(input) ?? checkLists(tx, input);
  if (wrong !== null) return wrong;
  const audience = readAudience(input.audience ?? [], tx.limits, ['audience']);
  if (audience.refusal) return audience.refusal;
  const multipliers = readMultipliers(input.multipliers ?? [], tx.limits);
  if (multipliers.refusal) return multipliers.refusal;
  const streak = readStreak(input.streak);
  const wrongStreak =
    streak === null ? null : checkStreak(streak, input.amount, tx.limits.amountMu);
  if (wrongStreak !== null) return wrongStreak;
  const highest = Math.max(100, ...multipliers.value.map(({ percent }) => percent));
  if (percentOf(input.amount * (streak?.cap ?? 1), highest) > tx.limits.amountMu) {
    return userError('AMOUNT_TOO_LARGE', ['multipliers']);
  }
  return {
    id: earnRuleId.create(),
    brandId: tenant as string,
    name: name.value,
    version: 0,
    input,
    audience: audience.value,
    multipliers: multipliers.value,
    streak,
  };
}

function checkAmounts(tx: CommandTransaction, input: UpsertEarnRule): UserErrorShape | null {
  const wrong = checkAmount(input.amount, tx.limits);
  if (wrong !== null) return wrong;
  for (const name of [
    'maxMuPerCustomerPerDay',
    'maxMuPerCustomer',
    'maxMuPerCampaign',
    'maxMuInTotal',
  ] as const) {
    const cap = input[name];
    const refusal = cap == null ? null : checkAmount(cap, tx.limits, [name]);
    if (refusal !== null) return refusal;
  }
  return null;
}

function checkNumbers(input: UpsertEarnRule): UserErrorShape | null {
  const perDay = input.perCustomerPerDay ?? 1;
  if (perDay < 1 || perDay > mostPerDay) {
    return userError('INVALID_VALUE', ['perCustomerPerDay'], `Must be from 1 to ${mostPerDay}.`);
  }
  const confidence = input.minConfidence ?? 0.5;
  if (!(confidence > 0 && confidence <= 1)) {
    return userError('INVALID_VALUE', ['minConfidence'], 'Must be above 0 and at most 1.');
  }
  if (Math.abs(input.priority ?? 0) > highestPriority) {
    const message = `Must be from −${highestPriority} to ${highestPriority}.`;
    return userError('INVALID_VALUE', ['priority'], message);
  }
  const starts = input.startsAt == null ? -Infinity : new Date(input.startsAt).getTime();
  const ends = input.endsAt == null ? Infinity : new Date(input.endsAt).getTime();
  return starts < ends ? null : userError('INVALID_VALUE', ['endsAt'], 'Must be after startsAt.');
}

function checkLists(tx: CommandTransaction, input: UpsertEarnRule): UserErrorShape | null {
  if (input.customAction != null && input.action !== 'CUSTOM') {
    return userError('INVALID_VALUE', ['customAction'], 'Belongs to the action CUSTOM.');
  }
  for (const name of ['channels', 'messageKinds'] as const) {
    if ((input[name] ?? []).length > tx.limits.ruleParts)
      return userError('LIMIT_EXCEEDED', [name]);
  }
  return null;
}
