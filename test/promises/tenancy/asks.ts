import fc from 'fast-check';

/** Something a brand asks for. */
export type Ask =
  | { do: 'identify'; who: number; trait: number }
  | { do: 'message'; openMu: number; audience: number | null }
  | { do: 'deliver'; who: number; which: number }
  | { do: 'attend'; who: number; which: number | null; action: string; machine: boolean }
  | { do: 'purchase'; who: number; items: number }
  | { do: 'order'; who: number; amount: number; driver: string }
  | { do: 'refund'; which: number }
  | { do: 'consent'; who: number; granted: boolean }
  | { do: 'score'; who: number; value: number | null }
  | { do: 'spend'; amount: number }
  | { do: 'acquire'; who: number; route: string }
  | { do: 'segment'; which: number; atLeast: number }
  | { do: 'item'; price: number }
  | { do: 'redeem'; who: number; part: number }
  | { do: 'capture' | 'cancel'; which: number }
  | { do: 'undo'; which: number };

const who = fc.nat(2);
const which = fc.nat(5);
const plain = { noNullPrototype: true } as const;
const asks = (name: string, fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record({ do: fc.constant(name), ...fields }, plain) as unknown as fc.Arbitrary<Ask>;

const anyAsk: fc.Arbitrary<Ask> = fc.oneof(
  { weight: 2, arbitrary: asks('identify', { who, trait: fc.nat(3) }) },
  {
    weight: 2,
    arbitrary: asks('message', {
      openMu: fc.nat(5),
      audience: fc.option(fc.integer({ min: 1, max: 4 })),
    }),
  },
  { weight: 2, arbitrary: asks('deliver', { who, which }) },
  {
    weight: 6,
    arbitrary: asks('attend', {
      who,
      which: fc.option(which),
      action: fc.constantFrom('OPEN', 'SCAN', 'VISIT'),
      machine: fc.nat(5).map((one) => one === 1),
    }),
  },
  { weight: 1, arbitrary: asks('purchase', { who, items: fc.integer({ min: 1, max: 3 }) }) },
  {
    weight: 2,
    arbitrary: asks('order', {
      who,
      amount: fc.integer({ min: 1, max: 900 }),
      driver: fc.constantFrom('ORGANIC', 'CRM', 'ADTECH'),
    }),
  },
  { weight: 1, arbitrary: asks('refund', { which }) },
  { weight: 1, arbitrary: asks('consent', { who, granted: fc.boolean() }) },
  { weight: 1, arbitrary: asks('score', { who, value: fc.option(fc.nat(500)) }) },
  { weight: 1, arbitrary: asks('spend', { amount: fc.integer({ min: 1, max: 900 }) }) },
  { weight: 1, arbitrary: asks('acquire', { who, route: fc.constantFrom('ADTECH', 'ORGANIC') }) },
  { weight: 1, arbitrary: asks('segment', { which: fc.nat(1), atLeast: fc.nat(3) }) },
  { weight: 1, arbitrary: asks('item', { price: fc.integer({ min: 1, max: 9 }) }) },
  { weight: 3, arbitrary: asks('redeem', { who, part: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 2, arbitrary: asks('capture', { which }) },
  { weight: 1, arbitrary: asks('cancel', { which }) },
  { weight: 1, arbitrary: asks('undo', { which }) },
);

/** A step of a history: who asks, and what. */
export const anyMove = fc.record({ byB: fc.boolean(), ask: anyAsk }, plain);
