import type { Because } from './reasons';
import { rewardRules, ruleConditions } from './registry';
import { nothing, type Award, type EventFacts, type PaymentFacts, type RuleParams } from './rule';

/** What the pocket that would pay holds, whether it has ended, and what the wallet can take. */
export interface Pocket {
  expired: boolean;
  optedOut: boolean;
  balance: number;
  room: number;
}

/** What became of a rule for an event; `rule` is null for what a message pays without any rule. */
export interface Judgement<Rule extends RuleParams = RuleParams> extends Award {
  rule: Rule | null;
}

/** What is known about the customer and a rule, or about the message's own offer (null). */
type Facts<Rule> = (rule: Rule | null) => PaymentFacts;

/** Why the rule does not concern the event, or null when all its conditions hold. Confidence apart. */
export function unmetCondition(event: EventFacts, rule: RuleParams): Because | null {
  for (const condition of ruleConditions) {
    const because = condition.unmet(event, rule);
    if (because !== null) return because;
  }
  return null;
}

/**
 * Judges an event by all rules at once, whatever their order: of the exclusive ones that can pay, the
 * one of the highest priority pays (of equal ones the one that pays most, then the first by name);
 * every rule that stacks pays besides, out of what is left. The open of a message that offers Mu pays
 * even when no exclusive rule speaks of it. Facts are asked for only where the conditions are met.
 */
export function judgeEvent<Rule extends RuleParams>(
  event: EventFacts,
  rules: readonly Rule[],
  factsOf: Facts<Rule>,
  pocket: Pocket,
): Judgement<Rule>[] {
  const exclusive: Rule[] = [];
  const stacking: Rule[] = [];
  const judged: Judgement<Rule>[] = [];
  for (const rule of rules) {
    const because = unmetCondition(event, rule);
    if (because !== null) judged.push({ rule, ...nothing(because) });
    else (rule.stacking === 'STACKS' ? stacking : exclusive).push(rule);
  }
  const paying: Paying = { paid: 0, pocket };
  judged.push(...judgeExclusive(event, exclusive, factsOf, paying));
  for (const rule of stacking.sort(byRank)) {
    const facts = factsAfter(factsOf(rule), event, paying.paid);
    judged.push({ rule, ...settle(awardOf(event, facts, rule), paying) });
  }
  return judged.sort(byAmountAndName);
}

/** What the event has been paid so far, and out of what. */
interface Paying {
  paid: number;
  pocket: Pocket;
}

function judgeExclusive<Rule extends RuleParams>(
  event: EventFacts,
  rules: readonly Rule[],
  factsOf: Facts<Rule>,
  paying: Paying,
): Judgement<Rule>[] {
  if (rules.length === 0) {
    const own = event.action === 'OPEN' && !event.heldOut ? factsOf(null) : null;
    if (own === null || own.offer === null) return [];
    return [{ rule: null, ...settle(awardOf(event, own, null), paying) }];
  }
  const awards = rules.map((rule) => ({ rule, ...awardOf(event, factsOf(rule), rule) }));
  const best = awards.filter(({ amount }) => amount > 0).sort(byPriority)[0];
  return awards.map(({ rule, ...award }) => {
    if (award.amount === 0) return { rule, ...award };
    return { rule, ...(rule === best?.rule ? settle(award, paying) : nothing('OUTRANKED')) };
  });
}

/** What one rule pays, or the message without a rule, cut to what the rule's caps leave. */
export function awardOf(event: EventFacts, facts: PaymentFacts, rule: RuleParams | null): Award {
  const way = rewardRules.find((candidate) => candidate.applies(event, facts));
  let award = way?.award(event, facts, rule) ?? nothing('OTHER_ACTION');
  for (const { because, left } of facts.caps) {
    if (left >= award.amount) continue;
    award = left > 0 ? { because: 'PAYS_REST_OF_CAP', amount: left } : nothing(because);
  }
  return award;
}

function settle(award: Award, paying: Paying): Award {
  if (award.amount === 0) return award;
  const refusal = refusalOfPocket(paying.pocket, paying.paid + award.amount);
  if (refusal !== null) return nothing(refusal);
  paying.paid += award.amount;
  return award;
}

/** Why a pocket does not pay so much, or null when it does. */
export function refusalOfPocket({ expired, optedOut, balance, room }: Pocket, amount: number) {
  if (expired) return 'MESSAGE_EXPIRED';
  if (optedOut) return 'CUSTOMER_OPTED_OUT';
  if (balance < amount) return 'BUDGET_EXHAUSTED';
  return room < amount ? 'AMOUNT_TOO_LARGE' : null;
}

function factsAfter(facts: PaymentFacts, event: EventFacts, paid: number): PaymentFacts {
  return event.action === 'OPEN'
    ? { ...facts, openMuPaid: facts.openMuPaid + paid }
    : { ...facts, actionMuPaid: facts.actionMuPaid + paid };
}

/** The names of a brand's rules differ, so that no two rules are equal in rank. */
function byName(a: RuleParams, b: RuleParams): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function byRank(a: RuleParams, b: RuleParams): number {
  return b.priority - a.priority || byName(a, b);
}

function byPriority(
  a: { rule: RuleParams; amount: number },
  b: { rule: RuleParams; amount: number },
): number {
  return b.rule.priority - a.rule.priority || b.amount - a.amount || byName(a.rule, b.rule);
}

function byAmountAndName(a: Judgement, b: Judgement): number {
  if (a.amount !== b.amount) return b.amount - a.amount;
  return a.rule === null || b.rule === null ? 0 : byName(a.rule, b.rule);
}
