import type { CommandTransaction } from '../../platform/database/command';
import { localDay } from '../../platform/zones';
import { policyOf, type StreakLine } from './streak-line';

const unitsSql = `
  INSERT INTO streak_units (brand_id, customer_id, rule_name, strand, unit, position, qualified_at, length,
    event_id)
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::timestamptz[],
    $7::timestamptz[], $8::integer[], $9::uuid[])
  ON CONFLICT (brand_id, customer_id, rule_name, strand, unit)
  DO UPDATE SET length = excluded.length, qualified_at = excluded.qualified_at`;

const streaksSql = `
  INSERT INTO streaks (brand_id, customer_id, rule_name, strand, rule_id, current, best, state,
    last_position, last_day, last_message_id, check_at)
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::integer[],
    $7::integer[], $8::text[], $9::timestamptz[], $10::date[], $11::uuid[], $12::timestamptz[])
  ON CONFLICT (brand_id, customer_id, rule_name, strand) DO UPDATE SET rule_id = excluded.rule_id,
    current = excluded.current, best = excluded.best, state = excluded.state,
    last_position = excluded.last_position, last_day = excluded.last_day,
    last_message_id = excluded.last_message_id, check_at = excluded.check_at`;

/** Stores the units that were counted or became longer, and where their streaks stand. */
export async function storeLines(
  tx: CommandTransaction,
  lines: readonly StreakLine[],
): Promise<void> {
  const touched = lines.filter((line) => line.touched.size > 0);
  if (touched.length === 0) return;
  const units = touched.flatMap((line) => [...line.touched].map((unit) => ({ of: line.of, unit })));
  await tx.query(unitsSql, [
    units.map(({ of }) => of.brandId),
    units.map(({ of }) => of.customerId),
    units.map(({ of }) => of.ruleName),
    units.map(({ of }) => of.strand),
    units.map(({ unit }) => unit.name),
    units.map(({ unit }) => new Date(unit.position)),
    units.map(({ unit }) => new Date(unit.at)),
    units.map(({ unit }) => unit.length),
    units.map(({ unit }) => unit.eventId),
  ]);
  await storeStandings(tx, touched);
}

/** Stores where streaks stand. */
export async function storeStandings(
  tx: CommandTransaction,
  lines: readonly StreakLine[],
): Promise<void> {
  const last = lines.map((line) => lastOf(line));
  await tx.query(streaksSql, [
    lines.map(({ of }) => of.brandId),
    lines.map(({ of }) => of.customerId),
    lines.map(({ of }) => of.ruleName),
    lines.map(({ of }) => of.strand),
    lines.map(({ rule }) => rule.uuid),
    lines.map(({ current }) => current),
    lines.map(({ best }) => best),
    lines.map(({ alive }) => (alive ? 'ALIVE' : 'BROKEN')),
    last.map(({ position }) => new Date(position)),
    last.map(({ day }) => day),
    last.map(({ message }) => message),
    lines.map((line) => line.nextCheck(tx.now.getTime())),
  ]);
}

function lastOf(line: StreakLine): { position: number; day: string; message: string | null } {
  const unit = line.units.findLast(({ eventId }) => eventId !== null);
  if (unit === undefined) throw new Error('a streak without a unit');
  const { name, position, at } = unit;
  if (policyOf(line.rule).unit === 'DAY') return { position, day: name, message: null };
  return { position, day: localDay(new Date(at), line.zone), message: name };
}
