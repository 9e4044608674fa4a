/** What became of a rule for an event, with the sentence the graph gives it. */
export const outcomes = {
  PAYS: 'It pays.',
  DUPLICATE: 'It has paid this before.',
  CAPPED: 'A cap of the rule leaves nothing.',
  CONDITION_NOT_MET: 'The event or the customer is not what the rule asks for.',
  NOT_ACTIVE: 'The rule is off, or not in force at the time of the event.',
  CONFIDENCE_TOO_LOW: 'It is not sure enough that a person did it.',
  OUTRANKED: 'Another rule pays in its place.',
  OFFER_USED_UP: 'The message’s offer leaves nothing for it.',
  MESSAGE_EXPIRED: 'The message’s offer has ended.',
  OPTED_OUT: 'The customer wants no Mu.',
  BUDGET_EXHAUSTED: 'The budget, or the message’s reserve, does not hold enough.',
  AMOUNT_TOO_LARGE: 'The wallet would hold more than can be counted.',
} as const;

export type Outcome = keyof typeof outcomes;

/** Every reason there is for paying or not, with the outcome it belongs to and a sentence to show. */
export const reasons = {
  PAYS: { outcome: 'PAYS', sentence: 'Everything the rule asks for is met.' },
  PAYS_REST_OF_OFFER: {
    outcome: 'PAYS',
    sentence: 'Paid in part: the rest of what the message offers.',
  },
  PAYS_REST_OF_CAP: { outcome: 'PAYS', sentence: 'Paid in part: the rest of a cap of the rule.' },
  PAID_ON_MESSAGE: {
    outcome: 'DUPLICATE',
    sentence: 'The customer has been paid for this action on this message.',
  },
  PAID_THAT_DAY: {
    outcome: 'DUPLICATE',
    sentence: 'The customer has been paid perCustomerPerDay times on this local day.',
  },
  CAP_PER_CUSTOMER_AND_DAY: {
    outcome: 'CAPPED',
    sentence: 'maxMuPerCustomerPerDay leaves nothing on this local day.',
  },
  CAP_PER_CUSTOMER: { outcome: 'CAPPED', sentence: 'maxMuPerCustomer leaves nothing.' },
  CAP_PER_CAMPAIGN: {
    outcome: 'CAPPED',
    sentence: 'maxMuPerCampaign leaves nothing for this campaign.',
  },
  CAP_IN_TOTAL: { outcome: 'CAPPED', sentence: 'maxMuInTotal leaves nothing.' },
  OTHER_ACTION: { outcome: 'CONDITION_NOT_MET', sentence: 'The rule pays another action.' },
  OTHER_CUSTOM_ACTION: {
    outcome: 'CONDITION_NOT_MET',
    sentence: 'The rule pays another custom action.',
  },
  OTHER_CHANNEL: { outcome: 'CONDITION_NOT_MET', sentence: 'The rule pays on other channels.' },
  OTHER_MESSAGE_KIND: {
    outcome: 'CONDITION_NOT_MET',
    sentence: 'The rule pays for messages of other kinds.',
  },
  OTHER_STAGE: { outcome: 'CONDITION_NOT_MET', sentence: 'The rule pays at another stage.' },
  OTHER_AUDIENCE: {
    outcome: 'CONDITION_NOT_MET',
    sentence: 'The customer is not in the rule’s audience.',
  },
  HELD_OUT: {
    outcome: 'CONDITION_NOT_MET',
    sentence: 'The message is of an experiment that does not treat the customer.',
  },
  TURNED_OFF: { outcome: 'NOT_ACTIVE', sentence: 'The rule is not enabled.' },
  NOT_STARTED: { outcome: 'NOT_ACTIVE', sentence: 'The event is before the rule’s startsAt.' },
  ENDED: { outcome: 'NOT_ACTIVE', sentence: 'The event is not before the rule’s endsAt.' },
  NOT_PINNED: {
    outcome: 'NOT_ACTIVE',
    sentence: 'The rule was published after the message was recorded.',
  },
  UNSURE: {
    outcome: 'CONFIDENCE_TOO_LOW',
    sentence: 'The confidence of the event is below what the rule asks for.',
  },
  OUTRANKED: {
    outcome: 'OUTRANKED',
    sentence: 'Another exclusive rule has a higher priority, or pays more.',
  },
  NOT_OFFERED: {
    outcome: 'OFFER_USED_UP',
    sentence: 'The message offers nothing more for this action.',
  },
  WORTH_NOTHING: {
    outcome: 'CONDITION_NOT_MET',
    sentence: 'The customer’s multiplier leaves less than one Mu.',
  },
  MESSAGE_EXPIRED: {
    outcome: 'MESSAGE_EXPIRED',
    sentence: 'The message had expired when the event arrived.',
  },
  CUSTOMER_OPTED_OUT: {
    outcome: 'OPTED_OUT',
    sentence: 'The customer has opted out of Mu.',
  },
  BUDGET_EXHAUSTED: {
    outcome: 'BUDGET_EXHAUSTED',
    sentence: 'The budget, or the message’s reserve, does not hold the amount.',
  },
  AMOUNT_TOO_LARGE: {
    outcome: 'AMOUNT_TOO_LARGE',
    sentence: 'The wallet would hold more than can be counted.',
  },
} as const satisfies Record<string, { outcome: Outcome; sentence: string }>;

export type Because = keyof typeof reasons;
