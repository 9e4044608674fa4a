import { relationshipColumns, type CustomerKey } from '../customers';
import type { Page } from '../platform/graphql/connection';
import { conditionSql } from './filter/compile';
import type { CustomerCondition } from './filter/customer-condition.input';
import { SqlScope } from './filter/filter-kind';

/** Where a page of customers begins: after this one. */
export type AfterCustomer = [time: string, uuid: string];

/** What is asked of a list of customers; everything must hold. */
export interface CustomerListQuery {
  brandId: string;
  page: Page<AfterCustomer>;
  keys: readonly CustomerKey[];
  createdAfter: Date | null;
  /** UUID of a saved segment they are in. */
  segment: string | null;
  where: CustomerCondition | null;
  /** How many customers one page asks a condition of, so that none reads a whole base. */
  walk: number;
  /** What relative times are relative to, and the currency amounts are in. */
  now: Date;
  currency: string;
}

/** Whoever was merged into another is listed as that one. */
export const notMerged = `NOT EXISTS (
  SELECT FROM customers g WHERE g.id = r.customer_id AND g.merged_into IS NOT NULL)`;

/** One constant text for each shape of a question, so that each gets its own plan. */
export function customerListSql(query: CustomerListQuery): Statement {
  const { page, where, now, currency } = query;
  const { values, conditions } = askedOfAll(query);
  const columns = `SELECT ${relationshipColumns} FROM`;
  const last = `ORDER BY ${newestFirst} LIMIT ${limitOf(values, page.first + 1)}`;
  if (where === null) return { text: `${columns} ${walk(conditions)} ${last}`, values };
  const walked = `${walk(conditions)} ORDER BY ${newestFirst} LIMIT ${limitOf(values, query.walk)}`;
  const condition = conditionSql(where, new SqlScope(values, now, currency));
  return { text: `${columns} (SELECT r.* FROM ${walked}) r WHERE ${condition} ${last}`, values };
}

/** The last customer a page with a condition has looked at, and the one after: two rows where more follow. */
export function walkEndSql(query: CustomerListQuery): Statement {
  const { values, conditions } = askedOfAll(query);
  const from = limitOf(values, query.walk - 1);
  const text = `SELECT r.created_at, r.customer_id FROM ${walk(conditions)}
    ORDER BY ${newestFirst} OFFSET ${from} LIMIT 2`;
  return { text, values };
}

interface Statement {
  text: string;
  values: unknown[];
}

const newestFirst = 'r.created_at DESC, r.customer_id DESC';

const walk = (conditions: readonly string[]): string =>
  `relationships r WHERE ${conditions.join(' AND ')}`;

function limitOf(values: unknown[], count: number): string {
  return `$${values.push(count)}::integer`;
}

/** Everything but the condition. */
function askedOfAll(query: CustomerListQuery): { values: unknown[]; conditions: string[] } {
  const { brandId, page, keys, createdAfter, segment, now, currency } = query;
  const values: unknown[] = [brandId];
  const scope = new SqlScope(values, now, currency);
  const conditions = ['r.brand_id = $1', notMerged];
  for (const { kind, value } of keys) {
    conditions.push(
      kind === 'EXTERNAL_ID'
        ? `r.external_id = ${scope.value(value, 'text')}`
        : `r.customer_id = (SELECT i.customer_id FROM brand_identities i
            WHERE i.brand_id = $1 AND i.kind = 'EMAIL' AND i.value = ${scope.value(value, 'text')})`,
    );
  }
  if (createdAfter !== null) {
    conditions.push(`r.created_at > ${scope.value(createdAfter, 'timestamptz')}`);
  }
  if (segment !== null) {
    conditions.push(`EXISTS (SELECT FROM segment_members m
      JOIN segments s ON s.id = m.segment_id AND s.deleted_at IS NULL
      WHERE m.brand_id = $1 AND m.customer_id = r.customer_id
        AND m.segment_id = ${scope.value(segment, 'uuid')})`);
  }
  if (page.after !== null) {
    const [time, uuid] = page.after;
    conditions.push(`(r.created_at, r.customer_id)
      < (${scope.value(time, 'timestamptz')}, ${scope.value(uuid, 'uuid')})`);
  }
  return { values, conditions };
}
