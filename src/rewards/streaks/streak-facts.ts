import type { CommandTransaction } from '../../platform/database/command';
import { localDay } from '../attention-request';
import type { EarnRuleEntity } from '../earn-rule.entity';
import { streakLength, type StreakPolicy } from '../rules/streak-policy';

/** A customer's possible day of a rule's streak. */
export interface StreakDay {
  brandId: string;
  customerId: string;
  rule: EarnRuleEntity;
  day: string;
  zone: string;
}

interface FactRow {
  position: number;
  length: number | null;
  before_day: string | null;
  before_length: number | null;
  has_deliveries: boolean;
  delivered: Date[];
}

// A zone's name means to PostgreSQL what its own tables say, so days are told in one place: localDay.
// Deliveries of a quarter of an hour are of one day, since every zone is whole quarters off UTC.
const factsSql = `
  SELECT t.position, s.length, p.local_day AS before_day, p.length AS before_length,
    EXISTS (SELECT FROM deliveries d WHERE d.customer_id = t.customer_id AND d.brand_id = t.brand_id)
      AS has_deliveries,
    ARRAY(SELECT DISTINCT date_bin('15 minutes', d.delivered_at, 'epoch') FROM deliveries d
      WHERE d.customer_id = t.customer_id AND d.brand_id = t.brand_id
        AND d.delivered_at > p.local_day::timestamptz - interval '1 day'
        AND d.delivered_at < t.day::timestamptz + interval '1 day') AS delivered
  FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::date[]) WITH ORDINALITY
    AS t(brand_id, customer_id, rule_name, day, position)
  LEFT JOIN streak_days s ON s.brand_id = t.brand_id AND s.customer_id = t.customer_id
    AND s.rule_name = t.rule_name AND s.local_day = t.day
  LEFT JOIN LATERAL (
    SELECT x.local_day, x.length FROM streak_days x
    WHERE x.brand_id = t.brand_id AND x.customer_id = t.customer_id AND x.rule_name = t.rule_name
      AND x.local_day < t.day
    ORDER BY x.local_day DESC LIMIT 1) p ON true`;

const insertSql = `
  INSERT INTO streak_days (brand_id, customer_id, rule_name, local_day, length, event_id)
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::date[], $5::integer[], $6::uuid[])`;

interface NewDay {
  of: StreakDay;
  length: number;
  eventId: string;
}

function nameOf({ brandId, customerId, rule, day }: StreakDay): string {
  return `${seriesOf({ brandId, customerId, rule })} ${day}`;
}

function seriesOf({
  brandId,
  customerId,
  rule,
}: Pick<StreakDay, 'brandId' | 'customerId' | 'rule'>): string {
  return `${brandId} ${customerId} ${rule.name}`;
}

/**
 * The streaks a batch of events may touch: read once under the wallets' locks, then extended in memory
 * event by event, then stored. A day without a delivery is neutral for a customer who gets deliveries;
 * for one who gets none there is nothing to be neutral about, and every day counts.
 */
export class StreakFacts {
  private readonly facts = new Map<string, FactRow>();
  private readonly lengths = new Map<string, Map<string, number>>();
  private readonly added: NewDay[] = [];

  static async read(tx: CommandTransaction, wanted: readonly StreakDay[]): Promise<StreakFacts> {
    const streaks = new StreakFacts();
    const days = [...new Map(wanted.map((day) => [nameOf(day), day])).values()];
    if (days.length === 0) return streaks;
    const rows = await tx.query<FactRow>(factsSql, [
      days.map((day) => day.brandId),
      days.map((day) => day.customerId),
      days.map((day) => day.rule.name),
      days.map((day) => day.day),
    ]);
    for (const row of rows) streaks.learn(days[row.position - 1] as StreakDay, row);
    return streaks;
  }

  /** The streak's length with this day, which qualifies by this event unless it has before. */
  qualify(day: StreakDay, eventId: string): number {
    const series = this.lengths.get(seriesOf(day)) ?? new Map<string, number>();
    this.lengths.set(seriesOf(day), series);
    const known = series.get(day.day);
    if (known !== undefined) return known;
    const policy = day.rule.streak as StreakPolicy;
    const length = streakLength(policy, this.before(day, series));
    series.set(day.day, length);
    this.added.push({ of: day, length, eventId });
    return length;
  }

  async store(tx: CommandTransaction): Promise<void> {
    if (this.added.length === 0) return;
    await tx.query(insertSql, [
      this.added.map(({ of }) => of.brandId),
      this.added.map(({ of }) => of.customerId),
      this.added.map(({ of }) => of.rule.name),
      this.added.map(({ of }) => of.day),
      this.added.map(({ length }) => length),
      this.added.map(({ eventId }) => eventId),
    ]);
  }

  private learn(day: StreakDay, row: FactRow): void {
    this.facts.set(nameOf(day), row);
    const series = this.lengths.get(seriesOf(day)) ?? new Map<string, number>();
    if (row.length !== null) series.set(day.day, row.length);
    if (row.before_day !== null) series.set(row.before_day, row.before_length as number);
    this.lengths.set(seriesOf(day), series);
  }

  private before(day: StreakDay, series: Map<string, number>) {
    const latest = [...series.keys()]
      .filter((known) => known < day.day)
      .sort()
      .at(-1);
    if (latest === undefined) return null;
    const fact = this.facts.get(nameOf(day)) as FactRow;
    const between = (other: string): boolean => other > latest && other < day.day;
    const deliveredDays = new Set(fact.delivered.map((moment) => localDay(moment, day.zone)));
    const missedDays = fact.has_deliveries
      ? [...deliveredDays].filter(between).length
      : daysBetween(latest, day.day) - 1;
    return { length: series.get(latest) as number, missedDays };
  }
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
