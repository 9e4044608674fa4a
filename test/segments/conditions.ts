import fc from 'fast-check';
import type { CustomerCondition } from '../../src/segments';

/** Texts that mean something to databases, patterns and paths, and must mean nothing here. */
export const nasty = [
  "'; drop table segments; --",
  '%',
  '_',
  '\\',
  '50%_off\\',
  '"quoted"',
  '$.name',
  'Ünïcode ☂',
  'null',
  '{}',
];

const plain = { noNullPrototype: true } as const;
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const text = fc.constantFrom(...nasty, 'gold', 'silver', 'go', '7', 'true', '2.5');

/** Names of the traits that the population has, and one it has not. */
export const traitNames = ['tier', 'age', 'tags', 'vip', "na'me", 'missing'];

/** What a trait can be. */
export const anyTrait: fc.Arbitrary<unknown> = fc.oneof(
  text,
  fc.integer({ min: -3, max: 9 }),
  fc.constantFrom(2.5, 0.1),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.oneof(text, fc.integer({ min: -3, max: 9 })), { maxLength: 3 }),
  fc.constant({ tier: 'gold' }),
);

const range = (most: number) =>
  fc
    .tuple(some(fc.integer({ min: 0, max: most })), some(fc.integer({ min: 0, max: most })))
    .filter(([a, b]) => a !== undefined || b !== undefined)
    .map(([a, b]) =>
      a !== undefined && b !== undefined
        ? { atLeast: Math.min(a, b), atMost: Math.max(a, b) }
        : { atLeast: a, atMost: b },
    );

const trait = fc
  .record(
    {
      name: fc.constantFrom(...traitNames),
      equals: some(text),
      in: some(fc.array(text, { minLength: 1, maxLength: 3 })),
      contains: some(text),
      atLeast: some(fc.constantFrom(-1, 0, 2.5, 7)),
      atMost: some(fc.constantFrom(0, 2.5, 7)),
      exists: some(fc.boolean()),
    },
    plain,
  )
  .map(({ name, exists, ...asked }) => {
    const nothing = Object.values(asked).every((one) => one === undefined);
    return exists === false || nothing ? { name, exists: exists ?? true } : { name, ...asked };
  });

const moment = (now: Date) => {
  const days = fc.integer({ min: 0, max: 60 });
  const instant = days.map((ago) => new Date(now.getTime() - ago * 86_400_000 - 43_200_000));
  return fc.oneof(
    instant.map((from) => ({ from: from.toISOString() })),
    instant.map((until) => ({ until: until.toISOString() })),
    days.map((withinDays) => ({ withinDays })),
    days.map((longerAgoThanDays) => ({ longerAgoThanDays })),
    fc.boolean().map((happened) => ({ happened })),
  );
};

function anyAttention(now: Date): fc.Arbitrary<object> {
  const words = (...names: string[]) =>
    fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 2 });
  return fc.oneof(
    words('NEW', 'NEVER', 'ACTIVE', 'NOT_TESTED').map((dormancy) => ({ dormancy })),
    words('HOOKED', 'DRIFTING', 'FADING', 'SILENT').map((band) => ({ band })),
    range(2).map((deliveredSince) => ({ deliveredSince })),
    moment(now).map((lastAttended) => ({ lastAttended })),
    moment(now).map((lastVerified) => ({ lastVerified })),
  );
}

/** Any condition on a customer, at most three deep; `now` is what relative times are about. */
export function anyCondition(now: Date): fc.Arbitrary<CustomerCondition> {
  const amount = range(90).map(({ atLeast, atMost }) => ({
    atLeast: atLeast?.toFixed(2),
    atMost: atMost?.toFixed(2),
  }));
  const leaf = fc.oneof(
    { weight: 6, arbitrary: trait.map((asked) => ({ trait: asked })) },
    { weight: 2, arbitrary: moment(now).map((createdAt) => ({ createdAt })) },
    {
      weight: 2,
      arbitrary: fc
        .record(
          {
            kinds: fc.uniqueArray(fc.constantFrom('EMAIL', 'PHONE'), { minLength: 1 }),
            confirmed: some(fc.boolean()),
          },
          plain,
        )
        .map((identity) => ({ identity })),
    },
    {
      weight: 2,
      arbitrary: fc
        .record(
          { purpose: fc.constantFrom('MESSAGES', 'BALANCE_VISIBLE'), granted: fc.boolean() },
          plain,
        )
        .map((consent) => ({ consent })),
    },
    { weight: 2, arbitrary: range(3).map((count) => ({ orders: { count } })) },
    { weight: 1, arbitrary: amount.map((value) => ({ orders: { value } })) },
    { weight: 2, arbitrary: moment(now).map((last) => ({ orders: { last } })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(range(3), moment(now))
        .map(([count, first]) => ({ orders: { count, first } })),
    },
    { weight: 2, arbitrary: anyAttention(now).map((attention) => ({ attention })) },
    { weight: 1, arbitrary: range(9).map((balance) => ({ mu: { balance } })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(range(2), some(fc.constantFrom('visits', "other'")))
        .map(([current, rule]) => ({ streak: { current, rule } })),
    },
  ) as fc.Arbitrary<CustomerCondition>;
  const { tree } = fc.letrec<{ tree: CustomerCondition }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'condition' },
      { weight: 3, arbitrary: leaf },
      {
        weight: 1,
        arbitrary: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((and) => ({ and })),
      },
      {
        weight: 1,
        arbitrary: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((or) => ({ or })),
      },
      { weight: 1, arbitrary: tie('tree').map((not) => ({ not })) },
    ),
  }));
  return tree;
}
