import fc from 'fast-check';
import type { AudienceCondition } from '../../../src/rewards/rules/audience';
import type { Pocket } from '../../../src/rewards/rules/judge';
import type {
  CapRest,
  EventFacts,
  Multiplier,
  PaymentFacts,
  RuleParams,
} from '../../../src/rewards/rules/rule';
import type { StreakPolicy } from '../../../src/rewards/rules/streak-policy';

const mu = fc.integer({ min: 0, max: 1000 });
const segments = ['Best', 'Rest', 'Test'];
const channels = ['EMAIL', 'SMS', 'WEB'];

export const policies: fc.Arbitrary<StreakPolicy> = fc.record({
  unit: fc.constantFrom('DAY' as const, 'MESSAGE' as const),
  scope: fc.constant('BRAND' as const),
  windowHours: fc.integer({ min: 1, max: 100 }),
  cap: fc.integer({ min: 1, max: 20 }),
  startAt: fc.integer({ min: 1, max: 3 }),
  resetTo: fc.integer({ min: 1, max: 3 }),
  graceUnits: fc.integer({ min: 0, max: 2 }),
});

const traits: fc.Arbitrary<Record<string, unknown>> = fc.oneof(
  fc.record({ segment: fc.constantFrom(...segments) }),
  fc.record({ segments: fc.subarray(segments), vip: fc.boolean() }),
  fc.record({ city: fc.constantFrom('Pune', 'Agra'), age: fc.integer({ min: 17, max: 19 }) }),
  fc.constant({}),
);

export const conditions: fc.Arbitrary<AudienceCondition> = fc.oneof(
  fc.record({ segment: fc.constantFrom(...segments) }),
  fc.record({
    traitEquals: fc.constantFrom({ name: 'city', value: 'Pune' }, { name: 'vip', value: 'true' }),
  }),
  fc.record({ traitIn: fc.constant({ name: 'age', values: ['17', '18'] }) }),
  fc.record({ traitExists: fc.constantFrom('city', 'segments') }),
  fc.record({ band: fc.constant({ model: 'TAT_2026', in: ['BEST'] }) }),
);

export const multipliers: fc.Arbitrary<Multiplier[]> = fc.array(
  fc.record({
    audience: fc.array(conditions, { minLength: 1, maxLength: 2 }),
    percent: fc.integer({ min: 1, max: 500 }),
  }),
  { maxLength: 3 },
);

export const events: fc.Arbitrary<EventFacts> = fc.record({
  action: fc.constantFrom('OPEN', 'CLICK', 'SURVEY', 'VISIT', 'CUSTOM'),
  customAction: fc.constantFrom(null, 'download', 'unbox'),
  channel: fc.constantFrom(null, ...channels),
  messageKind: fc.constantFrom(null, 'MICRON', 'SELL'),
  campaign: fc.constantFrom(null, 'diwali'),
  stage: fc.constantFrom(null, 'AWARE', 'DECIDE'),
  confidence: fc.constantFrom(0, 50, 100),
  occurredAt: fc.date({ min: new Date('2026-01-01'), max: new Date('2026-01-03') }),
  heldOut: fc.constantFrom(false, false, false, true),
  customerId: fc.constantFrom('asha', 'ravi'),
  day: fc.constantFrom('2026-01-01', '2026-01-02'),
  traits,
  segments: fc.subarray(segments),
  bands: fc.constantFrom<Record<string, string>>({}, { TAT_2026: 'BEST' }, { TAT_2026: 'REST' }),
});

export const capRests: fc.Arbitrary<CapRest[]> = fc.array(
  fc.record({
    because: fc.constantFrom('CAP_PER_CUSTOMER' as const, 'CAP_IN_TOTAL' as const),
    left: mu,
  }),
  { maxLength: 2 },
);

export const facts: fc.Arbitrary<PaymentFacts> = fc.record({
  offer: fc.option(fc.record({ openMu: fc.option(mu), actionMuMax: fc.option(mu) })),
  hasMessage: fc.boolean(),
  paidBefore: fc.boolean(),
  openMuPaid: mu,
  actionMuPaid: mu,
  paymentsThatDay: fc.integer({ min: 0, max: 5 }),
  streakLength: fc.option(fc.integer({ min: 1, max: 30 })),
  caps: capRests,
});

export const rules: fc.Arbitrary<RuleParams> = fc.record({
  name: fc.string({ minLength: 1, maxLength: 4 }),
  action: fc.constantFrom('OPEN', 'CLICK', 'SURVEY', 'VISIT', 'CUSTOM'),
  customAction: fc.constantFrom(null, null, 'download'),
  amount: fc.integer({ min: 1, max: 1000 }),
  channels: fc.constantFrom([], [], ['EMAIL'], channels),
  messageKinds: fc.constantFrom([], [], ['MICRON']),
  stage: fc.constantFrom(null, null, 'AWARE'),
  audience: fc.array(conditions, { maxLength: 1 }),
  multipliers,
  minConfidencePercent: fc.constantFrom(1, 50, 100),
  perCustomerPerDay: fc.integer({ min: 1, max: 5 }),
  maxMuPerCustomerPerDay: fc.option(mu),
  maxMuPerCustomer: fc.option(mu),
  maxMuPerCampaign: fc.option(mu),
  maxMuInTotal: fc.option(mu),
  streak: fc.option(policies),
  priority: fc.integer({ min: -1, max: 1 }),
  stacking: fc.constantFrom('EXCLUSIVE' as const, 'EXCLUSIVE' as const, 'STACKS' as const),
  enabled: fc.constantFrom(true, true, true, false),
  startsAt: fc.constantFrom(null, null, new Date('2026-01-02')),
  endsAt: fc.constantFrom(null, null, new Date('2026-01-02')),
});

/** A brand's rules, whose names differ. */
export const rulebooks = fc.uniqueArray(rules, { selector: ({ name }) => name, maxLength: 8 });

export const pockets: fc.Arbitrary<Pocket> = fc.record({
  expired: fc.constantFrom(false, false, false, true),
  optedOut: fc.constantFrom(false, false, false, true),
  balance: fc.integer({ min: 0, max: 2000 }),
  room: fc.integer({ min: 0, max: 5000 }),
});
