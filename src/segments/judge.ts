import { customerId } from '../customers';
import type { CommandTransaction } from '../platform/database/command';
import { notMerged } from './customer-list.sql';
import { conditionSql } from './filter/compile';
import { SqlScope } from './filter/filter-kind';
import { segmentId } from './segment.id';
import type { SegmentRow } from './segment.entity';

/** A segment and the currency its amounts are in. */
export type JudgedSegment = Pick<
  SegmentRow,
  'id' | 'brand_id' | 'name' | 'condition' | 'moves' | 'reached' | 'filling'
> & { currency: string };

/** The columns of a `JudgedSegment`, from `segments s` and `brands b`. */
export const judgedColumns =
  's.id, s.brand_id, s.name, s.condition, s.moves, s.reached, s.filling, b.currency';

interface Change {
  customer_id: string;
  change: 'ENTERED' | 'LEFT';
  merged: boolean;
}

/**
 * Judges these customers by a segment's condition: who meets it is a member, nobody else is. Tells of
 * each change, but not of what the first judging finds, nor of somebody who went on as another.
 * The segment's row must be locked, so that of two judgings the later one counts.
 */
export async function judge(
  tx: CommandTransaction,
  segment: JudgedSegment,
  customers: readonly string[],
): Promise<void> {
  const values: unknown[] = [segment.id, segment.brand_id, customers, tx.now];
  const condition = conditionSql(segment.condition, new SqlScope(values, tx.now, segment.currency));
  const text = `
    WITH met AS (
      SELECT r.customer_id FROM relationships r
      WHERE r.brand_id = $2 AND r.customer_id = ANY ($3::uuid[]) AND ${notMerged} AND ${condition}
    ), entered AS (
      INSERT INTO segment_members (segment_id, brand_id, customer_id, since)
      SELECT $1, $2, m.customer_id, $4 FROM met m
      WHERE NOT EXISTS (SELECT FROM segment_members x
        WHERE x.segment_id = $1 AND x.customer_id = m.customer_id)
      RETURNING customer_id
    ), gone AS (
      DELETE FROM segment_members x
      WHERE x.segment_id = $1 AND x.customer_id = ANY ($3::uuid[])
        AND NOT EXISTS (SELECT FROM met m WHERE m.customer_id = x.customer_id)
      RETURNING customer_id
    )
    SELECT c.id AS customer_id, t.change, c.merged_into IS NOT NULL AS merged
    FROM (SELECT customer_id, 'ENTERED' AS change FROM entered
      UNION ALL SELECT customer_id, 'LEFT' FROM gone) t
    JOIN customers c ON c.id = t.customer_id ORDER BY c.id`;
  for (const { customer_id, change, merged } of await tx.query<Change>(text, values)) {
    if (segment.filling || merged) continue;
    tx.announce({
      topic: 'segment.changed',
      brandId: segment.brand_id,
      customerId: customer_id,
      payload: {
        segmentId: segmentId.encode(segment.id),
        customerId: customerId.encode(customer_id),
        name: segment.name,
        change,
      },
    });
  }
}
