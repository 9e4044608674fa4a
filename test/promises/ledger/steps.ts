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
const key = fc.nat(59);
const seldom = fc.nat(5).map((one) => one === 0);
const which = fc.oneof(
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.nat(30) },
);
const amount = fc.oneof(
  { weight: 14, arbitrary: fc.integer({ min: 1, max: 60 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -1) },
  { weight: 1, arbitrary: fc.constantFrom(10 ** 15, 2 ** 53 - 1) },
);
const offer = fc.option(
  fc.oneof({ weight: 6, arbitrary: fc.nat(9) }, { weight: 1, arbitrary: amount }),
);
const audience = fc.option(fc.integer({ min: 0, max: 4 }));

/** Objects as literals make them, which print well. */
const plain = { noNullPrototype: true } as const;

function steps(name: Step['do'], fields: Record<string, fc.Arbitrary<unknown>>) {
  return fc.record({ do: fc.constant(name), ...fields }, plain) as unknown as fc.Arbitrary<Step>;
}

/** Steps in the proportion in which they are worth trying. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: steps('issue', { brand, amount, key }) },
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
    weight: 8,
    arbitrary: steps('attend', {
      brand,
      customer,
      which: fc.option(which),
      action: fc.constantFrom(...actions),
      machine: seldom,
      key,
    }),
  },
  {
    weight: 5,
    arbitrary: steps('redeem', { brand, customer, amount, byOwner: seldom, key }),
  },
  { weight: 3, arbitrary: steps('capture', { which, byOther: seldom, key }) },
  { weight: 2, arbitrary: steps('cancel', { which, byOther: seldom, key }) },
  {
    weight: 5,
    arbitrary: steps('reverse', {
      which,
      by: fc.constantFrom('owner', 'owner', 'platform', 'other'),
      key,
    }),
  },
  { weight: 3, arbitrary: steps('replay', { which }) },
  { weight: 2, arbitrary: steps('poison', { which }) },
  { weight: 2, arbitrary: steps('same key elsewhere', { which }) },
  { weight: 1, arbitrary: steps('wait', { jobs: fc.boolean() }) },
);

const perDay = fc.integer({ min: 1, max: 3 });
const rule = fc.record({ amount: fc.integer({ min: 1, max: 60 }), perDay }, plain);

/** What a brand pays. */
export const anyRules = fc.record({ SURVEY: rule, SCAN: rule }, plain);
