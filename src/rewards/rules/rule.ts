import type { StreakPolicy } from './streak-policy';

/** What happened, as far as paying for it is concerned. `confidence` in percent. */
export interface EventFacts {
  action: string;
  confidence: number;
}

/** What the message promised each customer; null where it said nothing. Whole Mu. */
export interface Offer {
  openMu: number | null;
  actionMuMax: number | null;
}

/** What is already known about the customer, before this event is paid. */
export interface PaymentFacts {
  /** The offer of the event's message; null without a message, or when it offers nothing. */
  offer: Offer | null;
  hasMessage: boolean;
  /** This customer was paid for this action on this message before. */
  paidBefore: boolean;
  /** Mu this customer was paid for actions other than OPEN on this message. */
  actionMuPaid: number;
  /** Payments of the rule to this customer on the event's local day. */
  paymentsThatDay: number;
  /** Length the rule's streak has with this event; null for a rule without a streak. */
  streakLength: number | null;
}

/** The published parameters of an earn rule. `minConfidence` in percent. */
export interface RuleParams {
  amount: number;
  minConfidence: number;
  perCustomerPerDay: number;
  streak: StreakPolicy | null;
}

/** What a rule says: pay so much, a repetition of something paid, or nothing to pay. */
export type Award = { kind: 'PAY'; amount: number } | { kind: 'DUPLICATE' } | { kind: 'NOTHING' };

/**
 * A way of earning: a pure function of the event, the facts and the published parameters (null when
 * the brand has published no rule for the action).
 */
export interface RewardRule {
  name: string;
  /** One sentence for the documentation. */
  meaning: string;
  applies(event: EventFacts, facts: PaymentFacts): boolean;
  award(event: EventFacts, facts: PaymentFacts, params: RuleParams | null): Award;
}

export const nothing: Award = { kind: 'NOTHING' };
export const duplicate: Award = { kind: 'DUPLICATE' };

/** Pays an amount, or nothing when there is none. */
export function pay(amount: number): Award {
  return amount > 0 ? { kind: 'PAY', amount } : nothing;
}
