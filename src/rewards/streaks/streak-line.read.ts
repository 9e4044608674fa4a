import type { CommandTransaction } from '../../platform/database/command';
import { localDay } from '../../platform/zones';
import type { EarnRuleEntity } from '../earn-rule.entity';
import { withNetworkDays } from './network-days';
import { policyOf, StreakLine, windowMsOf, type LineName, type Unit } from './streak-line';

/** A streak to be read, for units from `since` on. */
export interface WantedLine {
  of: LineName;
  rule: EarnRuleEntity;
  zone: string;
  /** Milliseconds; the earliest unit that may change. */
  since: number;
}

interface LineRow {
  place: number;
  current: number | null;
  best: number | null;
  state: string | null;
  units: Unit[];
  has_deliveries: boolean | null;
  delivered: Date[] | null;
  messages: { name: string; position: number }[] | null;
}

const ms = (column: string) => `(extract(epoch FROM ${column}) * 1000)::bigint`;

/*
 * The units are read from the last one whose forerunners could all no longer qualify when the earliest
 * unit that may change was delivered: two windows back. A zone's name means to PostgreSQL what its own
 * tables say, so days are told in one place: localDay. Deliveries of a quarter of an hour are of one
 * day, since every zone is whole quarters off UTC.
 */
const linesSql = (lock: 'FOR UPDATE OF s' | '') => `
  WITH lines AS (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::float8[],
      $7::text[], $8::text[]) WITH ORDINALITY
      AS t(brand_id, customer_id, rule_name, strand, since, window_seconds, channels, kinds, place)),
  locked AS (
    SELECT s.* FROM streaks s JOIN lines t USING (brand_id, customer_id, rule_name, strand)
    ORDER BY s.brand_id, s.customer_id, s.rule_name, s.strand ${lock})
  SELECT t.place, x.current, x.best, x.state,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('name', u.unit, 'position', ${ms('u.position')},
        'at', ${ms('u.qualified_at')}, 'length', u.length, 'eventId', u.event_id)), '[]')
      FROM streak_units u WHERE u.brand_id = t.brand_id AND u.customer_id = t.customer_id
        AND u.rule_name = t.rule_name AND u.strand = t.strand AND u.position >= b.start) AS units,
    CASE WHEN t.strand = 'DAY' THEN EXISTS (SELECT FROM deliveries d
      WHERE d.customer_id = t.customer_id AND d.brand_id = t.brand_id AND d.state = 'DELIVERED')
      END AS has_deliveries,
    CASE WHEN t.strand = 'DAY' THEN ARRAY(
      SELECT DISTINCT date_bin('15 minutes', d.delivered_at, 'epoch') FROM deliveries d
      WHERE d.customer_id = t.customer_id AND d.brand_id = t.brand_id AND d.state = 'DELIVERED'
        AND d.delivered_at > b.start - interval '1 day') END AS delivered,
    CASE WHEN t.strand <> 'DAY' THEN (
      SELECT jsonb_agg(jsonb_build_object('name', d.message_id, 'position', ${ms('d.delivered_at')}))
      FROM deliveries d JOIN messages m ON m.id = d.message_id
      WHERE d.customer_id = t.customer_id AND d.brand_id = t.brand_id AND d.state = 'DELIVERED'
        AND d.delivered_at >= b.start
        AND (t.strand = 'MESSAGE' OR m.series_id::text = substr(t.strand, 8))
        AND (t.channels = '{}' OR m.channel = ANY (t.channels::text[]))
        AND (t.kinds = '{}' OR m.kind = ANY (t.kinds::text[]))) END AS messages
  FROM lines t
  LEFT JOIN locked x USING (brand_id, customer_id, rule_name, strand)
  LEFT JOIN LATERAL (
    SELECT u.position FROM streak_units u WHERE u.brand_id = t.brand_id
      AND u.customer_id = t.customer_id AND u.rule_name = t.rule_name AND u.strand = t.strand
      AND u.position < t.since ORDER BY u.position DESC LIMIT 1) p ON true
  CROSS JOIN LATERAL (
    SELECT coalesce((SELECT max(u.position) FROM streak_units u WHERE u.brand_id = t.brand_id
        AND u.customer_id = t.customer_id AND u.rule_name = t.rule_name AND u.strand = t.strand
        AND u.position < p.position - make_interval(secs => 2 * t.window_seconds)),
      p.position - make_interval(secs => 2 * t.window_seconds), t.since) AS start) b`;

const lockedSql = linesSql('FOR UPDATE OF s');

export function nameOfLine({ brandId, customerId, ruleName, strand }: LineName): string {
  return `${brandId} ${customerId} ${strand} ${ruleName}`;
}

/** Reads streaks in one statement; `lock` locks the rows that say where they stand. */
export async function readLines(
  tx: CommandTransaction,
  wanted: readonly WantedLine[],
  { lock }: { lock: boolean },
): Promise<StreakLine[]> {
  if (wanted.length === 0) return [];
  const of = <T>(read: (line: WantedLine) => T): T[] => wanted.map(read);
  const rows = await tx.query<LineRow>(lock ? lockedSql : linesSql(''), [
    of((line) => line.of.brandId),
    of((line) => line.of.customerId),
    of((line) => line.of.ruleName),
    of((line) => line.of.strand),
    of((line) => new Date(line.since)),
    of((line) => windowMsOf(policyOf(line.rule)) / 1000),
    // Lists of different lengths make no array in SQL, so each travels as its text.
    of((line) => `{${line.rule.channels.join(',')}}`),
    of((line) => `{${line.rule.messageKinds.join(',')}}`),
  ]);
  const asked = rows.map((row) => wanted[row.place - 1] as WantedLine);
  const units = await withNetworkDays(
    tx,
    rows.map((row, at) => ({ wanted: asked[at] as WantedLine, units: row.units })),
  );
  return rows.map((row, at) =>
    toLine(asked[at] as WantedLine, { ...row, units: units[at] as Unit[] }),
  );
}

function toLine({ of, rule, zone, since }: WantedLine, row: LineRow): StreakLine {
  const windowMs = windowMsOf(policyOf(rule));
  const delivered = (row.delivered ?? []).map((moment) => localDay(moment, zone));
  const { current, best, state } = row;
  return new StreakLine(of, rule, zone, {
    units: row.units,
    since,
    messages: (row.messages ?? []).map((sent) => ({ ...sent, over: sent.position + windowMs })),
    deliveredDays: row.has_deliveries === true ? new Set(delivered) : null,
    told:
      state === null
        ? null
        : { current: current as number, best: best as number, alive: state === 'ALIVE' },
  });
}
