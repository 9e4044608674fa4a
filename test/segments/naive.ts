import type { CustomerCondition } from '../../src/segments';

/** All that conditions ask of a customer, as a test knows it. */
export interface Person {
  id: string;
  traits: Record<string, unknown>;
  createdAt: Date;
  identities: { kind: string; confirmed: boolean }[];
  consents: Record<string, boolean>;
  /** Newest last; amounts in minor units. */
  orders: { at: Date; minor: number }[];
  mu: number;
  streaks: { rule: string; current: number }[];
  /** The row kept of the customer's attention, where there is one. */
  attention: {
    dormancy: string;
    band: string;
    delivered_since: number;
    last_attended_at: Date | null;
    last_verified_at: Date | null;
  } | null;
}

type Range = { atLeast?: number | null; atMost?: number | null } | null | undefined;

const within = (value: number, range: Range): boolean =>
  range == null || (value >= (range.atLeast ?? -Infinity) && value <= (range.atMost ?? Infinity));

const money = (range: { atLeast?: string | null; atMost?: string | null } | null | undefined) =>
  range == null
    ? null
    : {
        atLeast: range.atLeast == null ? null : Math.round(Number(range.atLeast) * 100),
        atMost: range.atMost == null ? null : Math.round(Number(range.atMost) * 100),
      };

function isAt(at: Date | undefined, asked: CustomerCondition['createdAt'], now: Date): boolean {
  if (asked == null) return true;
  if (asked.happened != null && asked.happened !== (at !== undefined)) return false;
  const { from, until, withinDays, longerAgoThanDays } = asked;
  if ([from, until, withinDays, longerAgoThanDays].every((one) => one == null)) return true;
  if (at === undefined) return false;
  const days = (now.getTime() - at.getTime()) / 86_400_000;
  return (
    (from == null || at >= new Date(from)) &&
    (until == null || at < new Date(until)) &&
    (withinDays == null || days <= withinDays) &&
    (longerAgoThanDays == null || days > longerAgoThanDays)
  );
}

function hasTrait(traits: Record<string, unknown>, asked: CustomerCondition['trait']): boolean {
  if (asked == null) return true;
  const value = traits[asked.name] ?? null;
  if (asked.exists === false) return value === null;
  if (value === null) return false;
  const { equals, in: values, contains, atLeast, atMost } = asked;
  if ([equals, values, contains, atLeast, atMost].every((one) => one == null)) return true;
  const items: unknown[] = Array.isArray(value) ? value : [value];
  return items.some((item) => {
    const plain = ['string', 'number', 'boolean'].includes(typeof item);
    const text = plain ? String(item) : null;
    const number = typeof item === 'number' ? item : null;
    return (
      (equals == null || text === equals) &&
      (values == null || (text !== null && values.includes(text))) &&
      (contains == null || text?.includes(contains) === true) &&
      (atLeast == null || (number !== null && number >= atLeast)) &&
      (atMost == null || (number !== null && number <= atMost))
    );
  });
}

/** Whether somebody meets a condition: the meaning of the language, told without a database. */
export function meets(person: Person, condition: CustomerCondition, now: Date): boolean {
  const { and, or, not, trait, createdAt, identity, consent } = condition;
  const { attention, orders, mu, streak } = condition;
  if (and != null) return and.every((one) => meets(person, one, now));
  if (or != null) return or.some((one) => meets(person, one, now));
  if (not != null) return !meets(person, not, now);
  if (trait != null) return hasTrait(person.traits, trait);
  if (createdAt != null) return isAt(person.createdAt, createdAt, now);
  if (identity != null) {
    return person.identities.some(
      ({ kind, confirmed }) =>
        identity.kinds.includes(kind as never) &&
        (identity.confirmed == null || identity.confirmed === confirmed),
    );
  }
  if (consent != null) return person.consents[consent.purpose] === consent.granted;
  if (orders != null) {
    const total = person.orders.reduce((sum, { minor }) => sum + minor, 0);
    return (
      within(person.orders.length, orders.count) &&
      within(total, money(orders.value)) &&
      isAt(person.orders[0]?.at, orders.first, now) &&
      isAt(person.orders.at(-1)?.at, orders.last, now)
    );
  }
  if (attention != null) {
    const { dormancy, band, deliveredSince, lastAttended, lastVerified } = attention;
    const known = person.attention;
    return (
      (dormancy == null || dormancy.includes(known?.dormancy as never)) &&
      (band == null || band.includes(known?.band as never)) &&
      within(known?.delivered_since ?? 0, deliveredSince) &&
      isAt(known?.last_attended_at ?? undefined, lastAttended, now) &&
      isAt(known?.last_verified_at ?? undefined, lastVerified, now)
    );
  }
  if (mu != null) return within(person.mu, mu.balance);
  if (streak != null) {
    const lengths = person.streaks
      .filter(({ rule }) => streak.rule == null || streak.rule === rule)
      .map(({ current }) => current);
    return within(Math.max(0, ...lengths), streak.current);
  }
  throw new Error('a condition the test does not know');
}
