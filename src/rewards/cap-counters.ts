import type { CommandTransaction } from '../platform/database/command';
import { nilUuid } from '../platform/ids';
import { ruleCaps } from './rules/registry';
import type { CapRest, EventFacts, RuleParams } from './rules/rule';

// A row that is there already is written as it is, which locks it and answers what it holds; so one
// statement makes, locks and reads all counters, in the order of their key.
const lockSql = `
  INSERT INTO rule_caps AS c (brand_id, rule_name, kind, customer_id, period, paid)
  SELECT t.*, 0 FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::text[])
    AS t(brand_id, rule_name, kind, customer_id, period)
  ORDER BY t.brand_id, t.rule_name, t.kind, t.customer_id, t.period
  ON CONFLICT (brand_id, rule_name, kind, customer_id, period) DO UPDATE SET paid = c.paid
  RETURNING c.brand_id, c.rule_name, c.kind, c.customer_id, c.period, c.paid`;

const peekSql = `
  SELECT c.brand_id, c.rule_name, c.kind, c.customer_id, c.period, c.paid
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::text[])
    AS t(brand_id, rule_name, kind, customer_id, period)
  JOIN rule_caps c ON c.brand_id = t.brand_id AND c.rule_name = t.rule_name AND c.kind = t.kind
    AND c.customer_id = t.customer_id AND c.period = t.period`;

const storeSql = `
  UPDATE rule_caps c SET paid = t.paid
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::text[], $6::bigint[])
    AS t(brand_id, rule_name, kind, customer_id, period, paid)
  WHERE c.brand_id = t.brand_id AND c.rule_name = t.rule_name AND c.kind = t.kind
    AND c.customer_id = t.customer_id AND c.period = t.period`;

/** One counter: what a rule, in all its versions, has paid under one of its caps. */
interface Counter {
  brand_id: string;
  rule_name: string;
  kind: string;
  /** The nil UUID for a counter over all customers. */
  customer_id: string;
  period: string;
  paid: number;
}

/** A rule and an event of a brand that it may pay. */
export interface CapQuestion {
  brandId: string;
  event: EventFacts;
  rule: RuleParams;
}

/**
 * What capped rules have paid: read under locks of their own, which are taken after those of the
 * accounts, then extended in memory, then stored. A batch without capped rules asks nothing.
 */
export class CapCounters {
  private readonly counters = new Map<string, Counter>();
  private readonly changed = new Set<Counter>();

  private constructor() {}

  /** Reads the counters; `lock` says whether they are to be written too. */
  static async read(
    tx: Pick<CommandTransaction, 'query'>,
    questions: readonly CapQuestion[],
    { lock }: { lock: boolean },
  ): Promise<CapCounters> {
    const caps = new CapCounters();
    for (const question of questions) {
      for (const { counter } of countersOf(question)) caps.counters.set(nameOf(counter), counter);
    }
    const wanted = [...caps.counters.values()];
    if (wanted.length === 0) return caps;
    const rows = await tx.query<Counter>(lock ? lockSql : peekSql, keysOf(wanted));
    for (const row of rows) caps.counters.set(nameOf(row), row);
    return caps;
  }

  /** What each cap of the rule leaves for the event. */
  left(question: CapQuestion): CapRest[] {
    return countersOf(question).map(({ counter, because, most }) => {
      const { paid } = this.counters.get(nameOf(counter)) as Counter;
      return { because, left: Math.max(0, most - paid) };
    });
  }

  paid(question: CapQuestion, amount: number): void {
    for (const { counter } of countersOf(question)) {
      const known = this.counters.get(nameOf(counter)) as Counter;
      known.paid += amount;
      this.changed.add(known);
    }
  }

  async store(tx: CommandTransaction): Promise<void> {
    const changed = [...this.changed];
    if (changed.length === 0) return;
    await tx.query(storeSql, [...keysOf(changed), changed.map((counter) => counter.paid)]);
  }
}

function countersOf({ brandId, event, rule }: CapQuestion) {
  return ruleCaps.flatMap((cap) => {
    const { kind, because } = cap;
    const limit = cap.most(rule);
    const of = limit === null ? null : cap.scope(event);
    if (limit === null || of === null) return [];
    const counter: Counter = {
      brand_id: brandId,
      rule_name: rule.name,
      kind,
      customer_id: of.customerId ?? nilUuid,
      period: of.period,
      paid: 0,
    };
    return [{ counter, because, most: limit }];
  });
}

function nameOf({ brand_id, rule_name, kind, customer_id, period }: Counter): string {
  return JSON.stringify([brand_id, rule_name, kind, customer_id, period]);
}

function keysOf(counters: readonly Counter[]): unknown[][] {
  return [
    counters.map((counter) => counter.brand_id),
    counters.map((counter) => counter.rule_name),
    counters.map((counter) => counter.kind),
    counters.map((counter) => counter.customer_id),
    counters.map((counter) => counter.period),
  ];
}
