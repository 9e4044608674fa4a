import type { Audience, AudienceFacts } from './audience';
import type { Because } from './reasons';
import type { StreakPolicy } from './streak-policy';

/** What happened, as far as paying for it is concerned. `confidence` in percent. */
export interface EventFacts extends AudienceFacts {
  action: string;
  customAction: string | null;
  channel: string | null;
  /** Kind and campaign of the event's message; null without a message, or when it has none. */
  messageKind: string | null;
  campaign: string | null;
  stage: string | null;
  confidence: number;
  occurredAt: Date;
  /** The event's message is of an experiment that does not treat the customer. */
  heldOut: boolean;
  customerId: string;
  /** The local day of the event in the customer's zone, as `2026-11-21`. */
  day: string;
}

/** What the message promised each customer; null where it said nothing. Whole Mu. */
export interface Offer {
  openMu: number | null;
  actionMuMax: number | null;
}

/** Mu a cap of a rule still leaves, and what to say when that is not enough. */
export interface CapRest {
  because: Because;
  left: number;
}

/** What is already known about the customer and a rule, before this event is paid. */
export interface PaymentFacts {
  /** The offer of the event's message; null without a message, or when it offers nothing. */
  offer: Offer | null;
  hasMessage: boolean;
  /** This customer was paid for this action on this message before (by this rule, if it stacks). */
  paidBefore: boolean;
  /** Mu this customer was paid for opening this message. */
  openMuPaid: number;
  /** Mu this customer was paid for actions other than OPEN on this message. */
  actionMuPaid: number;
  /** Payments of the rule to this customer on the event's local day. */
  paymentsThatDay: number;
  /** Length the rule's streak has with this event; null for a rule without a streak. */
  streakLength: number | null;
  /** What each cap of the rule leaves. */
  caps: readonly CapRest[];
}

/** `EXCLUSIVE` rules compete for an event and one of them pays; a rule that `STACKS` pays besides. */
export type Stacking = 'EXCLUSIVE' | 'STACKS';

/** Customers of the audience are paid this percentage of the amount. */
export interface Multiplier {
  audience: Audience;
  percent: number;
}

/** The published parameters of an earn rule. Amounts in whole Mu, confidence in percent. */
export interface RuleParams {
  name: string;
  action: string;
  customAction: string | null;
  amount: number;
  channels: readonly string[];
  messageKinds: readonly string[];
  stage: string | null;
  audience: Audience;
  multipliers: readonly Multiplier[];
  minConfidencePercent: number;
  perCustomerPerDay: number;
  maxMuPerCustomerPerDay: number | null;
  maxMuPerCustomer: number | null;
  maxMuPerCampaign: number | null;
  maxMuInTotal: number | null;
  streak: StreakPolicy | null;
  priority: number;
  stacking: Stacking;
  enabled: boolean;
  startsAt: Date | null;
  endsAt: Date | null;
}

/** What a rule says: pay so much, or why nothing is to be paid (then the amount is 0). */
export interface Award {
  because: Because;
  amount: number;
}

/**
 * A way of earning: a pure function of the event, the facts and the published parameters (null when
 * the brand has published no rule for the action).
 */
export interface RewardRule {
  name: string;
  /** One sentence for the documentation. */
  meaning: string;
  applies(event: EventFacts, facts: PaymentFacts): boolean;
  award(event: EventFacts, facts: PaymentFacts, rule: RuleParams | null): Award;
}

/** A condition of a rule: why it is not met, or null when it is. */
export interface RuleCondition {
  name: string;
  meaning: string;
  unmet(event: EventFacts, rule: RuleParams): Because | null;
}

/** Whose payments a cap counts: one customer's or (null) everybody's; `period` tells counters apart. */
export interface CapScope {
  customerId: string | null;
  period: string;
}

/** A cap on what a rule pays: how much at most, and which counter an event belongs to. */
export interface RuleCap {
  kind: string;
  meaning: string;
  because: Because;
  most(rule: RuleParams): number | null;
  /** Null when the cap does not concern the event. */
  scope(event: EventFacts): CapScope | null;
}

/** Pays nothing, and says why. */
export function nothing(because: Because): Award {
  return { because, amount: 0 };
}

/** Pays an amount, or says why there is none to pay. */
export function pay(amount: number, ifNone: Because): Award {
  return amount > 0 ? { because: 'PAYS', amount } : nothing(ifNone);
}
