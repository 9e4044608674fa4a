import fc from 'fast-check';
import type { BrandAt } from './books';
import { actions, type Action } from './request';
import { customerCount } from './world';

/** Something to ask of the service. `which` counts from the newest of its kind. */
export type Ask =
  | { do: 'issue'; brand: BrandAt; amount: number; key: number }
  | {
      do: 'message';
      brand: BrandAt;
      openMu: number | null;
      actionMuMax: number | null;
      audience: number | null;
      expires: boolean;
      key: number;
    }
  | {
      do: 'attend';
      brand: BrandAt;
      customer: number;
      which: number | null;
      action: Action;
      machine: boolean;
      key: number;
    }
  | {
      do: 'redeem';
      brand: BrandAt;
      customer: number;
      amount: number;
      byOwner: boolean;
      key: number;
    }
  | {
      do: 'give';
      brand: BrandAt;
      customer: number;
      to: number;
      amount: number;
      byOwner: boolean;
      key: number;
    }
  | { do: 'leave' | 'return'; brand: BrandAt; customer: number; byOwner: boolean; key: number }
  | { do: 'capture' | 'cancel'; which: number; byOther: boolean; key: number }
  | { do: 'reverse'; which: number; by: 'owner' | 'other' | 'platform'; key: number };

/** One step of a random history: something new, something again, or time passes. */
export type Step =
  | Ask
  | { do: 'replay'; which: number }
  | { do: 'poison'; which: number }
  | { do: 'same key elsewhere'; which: number }
  | { do: 'wait'; jobs: boolean };

const brand = fc.constantFrom<BrandAt>(0, 1);
const customer = fc.nat(customerCount - 1);
const key = fc.nat(199);
const seldom = fc.nat(7).map((one) => one === 1);
/** Mostly one of the latest, which are the likeliest to be open still. */
const which = fc.oneof({ weight: 3, arbitrary: fc.nat(1) }, { weight: 1, arbitrary: fc.nat(40) });
const oddAmount = fc.constantFrom(0, -1, 10 ** 15, 2 ** 53 - 1);
const amount = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 1, max: 20 }) },
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 60 }) },
  { weight: 1, arbitrary: oddAmount },
);
const offer = fc.option(
  fc.oneof({ weight: 12, arbitrary: fc.nat(12) }, { weight: 1, arbitrary: oddAmount }),
);
const audience = fc.option(
  fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 1, max: 4 }) }, fc.constant(0)),
);

/** Objects as literals make them, which print well. */
const plain = { noNullPrototype: true } as const;

function steps(name: Step['do'], fields: Record<string, fc.Arbitrary<unknown>>) {
  return fc.record({ do: fc.constant(name), ...fields }, plain) as unknown as fc.Arbitrary<Step>;
}

/** Steps in the proportion in which they are worth trying. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 1, arbitrary: steps('issue', { brand, amount, key }) },
  {
    weight: 3,
    arbitrary: steps('message', {
      brand,
      openMu: offer,
      actionMuMax: offer,
      audience,
      expires: fc.boolean(),
      key,
    }),
  },
  {
    weight: 14,
    arbitrary: steps('attend', {
      brand,
      customer,
      which: fc.option(which),
      action: fc.constantFrom(...actions, 'SCAN', 'SURVEY'),
      machine: seldom,
      key,
    }),
  },
  {
    weight: 5,
    arbitrary: steps('redeem', { brand, customer, amount, byOwner: seldom, key }),
  },
  { weight: 5, arbitrary: steps('capture', { which, byOther: seldom, key }) },
  { weight: 5, arbitrary: steps('cancel', { which, byOther: seldom, key }) },
  {
    weight: 9,
    arbitrary: steps('reverse', {
      which,
      by: fc.constantFrom('owner', 'owner', 'owner', 'platform', 'platform', 'other'),
      key,
    }),
  },
  {
    weight: 2,
    arbitrary: steps('give', {
      brand: fc.constantFrom<BrandAt>(0, 0, 0, 1),
      customer,
      to: customer,
      amount,
      byOwner: fc.boolean(),
      key,
    }),
  },
  { weight: 1, arbitrary: steps('leave', { brand, customer, byOwner: fc.boolean(), key }) },
  { weight: 1, arbitrary: steps('return', { brand, customer, byOwner: fc.boolean(), key }) },
  { weight: 3, arbitrary: steps('replay', { which }) },
  { weight: 2, arbitrary: steps('poison', { which }) },
  { weight: 2, arbitrary: steps('same key elsewhere', { which }) },
  { weight: 1, arbitrary: steps('wait', { jobs: fc.boolean() }) },
);

const perDay = fc.integer({ min: 1, max: 3 });
const rule = fc.record({ amount: fc.integer({ min: 1, max: 60 }), perDay }, plain);

/** What a brand pays. */
export const anyRules = fc.record({ SURVEY: rule, SCAN: rule }, plain);
