import {
  refused,
  type Answer,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { dayAfter, daysIn } from '../platform/local-day';
import { checkText, type Checked } from '../platform/text';
import { brandBooks, checkMoney, type BrandBooks, type MoneyInput } from './brand-books';
import { checkDays, type DaysInput } from './check-days';
import { spendId } from './economics.id';
import { purposesOfAcquiring, type MarketingRouteName, type SpendPurposeName } from './marketing';
import type { SpendRow } from './spend.entity';
import { spread } from './spread';

/** Spend as a client tells it. */
export interface RecordSpend extends DaysInput, MoneyInput {
  externalId?: string | null;
  purpose: SpendPurposeName;
  route: MarketingRouteName;
  campaign?: string | null;
  credit?: boolean | null;
}

export interface SpendAnswer extends Answer {
  spend?: SpendRow;
}

/** Records spend, and adds it to its days and its campaign; an external id is taken once. */
export const recordSpend: CommandHandler<RecordSpend, SpendAnswer> = {
  kind: 'recordSpend',
  async execute(tx, commands) {
    const books = await brandBooks(
      tx,
      commands.map(({ tenant }) => tenant),
    );
    const judged = commands.map(({ input, tenant }) =>
      judge(tx, input, books.get(tenant as string) as BrandBooks),
    );
    const rows = judged.filter((one): one is SpendRow => 'id' in one);
    const stored = await insertNew(tx, 'spend', rows);
    const fresh = rows.filter(({ id }) => stored.has(id));
    await addToDays(tx, fresh, books);
    await addToCampaigns(tx, fresh, books);
    return judged.map((one) => {
      if (!('id' in one)) return refused(one);
      if (stored.has(one.id)) return { spend: one, userErrors: [] };
      return refused(userError('ALREADY_EXISTS', ['externalId']));
    });
  },
};

function judge(
  tx: CommandTransaction,
  input: RecordSpend,
  books: BrandBooks,
): SpendRow | UserErrorShape {
  const days = checkDays(input, tx.limits);
  if (days.refusal) return days.refusal;
  const money = checkMoney(input, books, tx.limits);
  if (money.refusal) return money.refusal;
  const campaign = optionalText(tx, input.campaign, 'campaign');
  if (campaign.refusal) return campaign.refusal;
  const externalId = optionalText(tx, input.externalId, 'externalId');
  if (externalId.refusal) return externalId.refusal;
  return {
    id: spendId.create(),
    brand_id: books.id,
    external_id: externalId.value,
    purpose: input.purpose,
    route: input.route,
    campaign: campaign.value,
    first_day: days.value.firstDay,
    last_day: days.value.lastDay,
    amount_minor: input.credit === true ? -money.value.minor : money.value.minor,
    currency: money.value.currency,
    recorded_at: tx.now,
  };
}

/** One line of text, or null where there is none. */
export function optionalText(
  tx: CommandTransaction,
  text: string | null | undefined,
  field: string,
): Checked<string | null> {
  if (text == null) return { value: null };
  return checkText(text, { maxBytes: tx.limits.textBytes, field: [field] });
}

/** Inserts rows whose external id the brand has not used; answers the UUIDs of those that were new. */
export async function insertNew(
  tx: CommandTransaction,
  table: 'spend' | 'acquisitions',
  rows: readonly { id: string }[],
): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const inserted = await tx.query<{ id: string }>(
    `INSERT INTO ${table}
     SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb) t
     ORDER BY t.brand_id, t.external_id, t.id
     ON CONFLICT (brand_id, external_id) DO NOTHING RETURNING id`,
    [JSON.stringify(rows)],
  );
  return new Set(inserted.map(({ id }) => id));
}

const daysSql = `
  INSERT INTO brand_spend_days AS d
    (brand_id, local_day, purpose, route, amount_minor, records, other_currency)
  SELECT t.brand_id, t.local_day, t.purpose, t.route, sum(t.amount_minor), sum(t.records),
    sum(t.other_currency)
  FROM unnest($1::uuid[], $2::date[], $3::text[], $4::text[], $5::bigint[], $6::integer[], $7::integer[])
    AS t(brand_id, local_day, purpose, route, amount_minor, records, other_currency)
  GROUP BY t.brand_id, t.local_day, t.purpose, t.route
  ORDER BY t.brand_id, t.local_day, t.purpose, t.route
  ON CONFLICT (brand_id, local_day, purpose, route) DO UPDATE SET
    amount_minor = d.amount_minor + excluded.amount_minor, records = d.records + excluded.records,
    other_currency = d.other_currency + excluded.other_currency`;

/** A record counts on its first day; its amount on all of them, if it is of the brand's currency. */
async function addToDays(
  tx: CommandTransaction,
  rows: readonly SpendRow[],
  books: ReadonlyMap<string, BrandBooks>,
): Promise<void> {
  if (rows.length === 0) return;
  const parts = rows.flatMap((row) => {
    const own = row.currency === books.get(row.brand_id)?.currency;
    const length = own ? daysIn({ firstDay: row.first_day, lastDay: row.last_day }) : 1;
    return spread(own ? row.amount_minor : 0, length).map((minor, at) => ({
      row,
      day: at === 0 ? row.first_day : dayAfter(row.first_day, at),
      minor,
      records: at === 0 && own ? 1 : 0,
      others: at === 0 && !own ? 1 : 0,
    }));
  });
  await tx.query(daysSql, [
    parts.map(({ row }) => row.brand_id),
    parts.map(({ day }) => day),
    parts.map(({ row }) => row.purpose),
    parts.map(({ row }) => row.route),
    parts.map(({ minor }) => minor),
    parts.map(({ records }) => records),
    parts.map(({ others }) => others),
  ]);
}

const campaignsSql = `
  INSERT INTO campaign_totals AS c (brand_id, campaign, spend_minor, priced_minor, unpriced)
  SELECT t.brand_id, t.campaign, sum(t.minor), 0, 0
  FROM unnest($1::uuid[], $2::text[], $3::bigint[]) AS t(brand_id, campaign, minor)
  GROUP BY t.brand_id, t.campaign ORDER BY t.brand_id, t.campaign
  ON CONFLICT (brand_id, campaign) DO UPDATE SET spend_minor = c.spend_minor + excluded.spend_minor`;

/** What buys customers makes up the price of those its campaign brought. */
async function addToCampaigns(
  tx: CommandTransaction,
  rows: readonly SpendRow[],
  books: ReadonlyMap<string, BrandBooks>,
): Promise<void> {
  const priced = rows.filter(
    (row) =>
      row.campaign !== null &&
      purposesOfAcquiring.includes(row.purpose) &&
      row.currency === books.get(row.brand_id)?.currency,
  );
  if (priced.length === 0) return;
  await tx.query(campaignsSql, [
    priced.map((row) => row.brand_id),
    priced.map((row) => row.campaign),
    priced.map((row) => row.amount_minor),
  ]);
}
