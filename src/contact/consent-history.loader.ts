import { ConsentChangeEntity, type ConsentPurpose, type RelationshipEntity } from '../customers';
import { viewer } from '../platform/auth/caller';
import { toEntities } from '../platform/database/rows';
import {
  readPage,
  toConnection,
  type Connection,
  type PageArgs,
} from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { defineListLoader } from '../platform/graphql/loaders';
import { pairColumns, pairName, pairNamed, pairOf } from './pair';

const historySql = `
  SELECT h.* FROM unnest($3::uuid[], $4::uuid[]) AS t(brand_id, customer_id)
  CROSS JOIN LATERAL (
    SELECT * FROM consent_receipts h
    WHERE h.customer_id = t.customer_id AND h.brand_id = t.brand_id
      AND ($1::uuid IS NULL OR h.brand_id = $1) AND ($2::uuid IS NULL OR h.customer_id = $2)
      AND ($5::uuid IS NULL OR h.id < $5) AND ($6::text IS NULL OR h.purpose = $6)
    ORDER BY h.id DESC LIMIT $7
  ) h ORDER BY h.id DESC`;

interface HistoryArgs {
  first: number;
  after: [id: string] | null;
  purpose: ConsentPurpose | null;
}

const historyLoader = defineListLoader<HistoryArgs, ConsentChangeEntity[]>(
  async (context, names, { first, after, purpose }) => {
    const rows = await context.reads.query(historySql, [
      ...viewer(context.caller),
      ...pairColumns(names.map(pairNamed)),
      after?.[0] ?? null,
      purpose,
      first + 1,
    ]);
    const words = toEntities(ConsentChangeEntity, rows);
    return names.map((name) => words.filter((word) => name === pairName(pairOf(word))));
  },
);

/** A page of what a customer said to a brand, the newest word first. */
export async function readConsentHistory(
  context: Context,
  relationship: RelationshipEntity,
  args: PageArgs,
  purpose: ConsentPurpose | null,
): Promise<Connection<ConsentChangeEntity>> {
  const page = readPage(args, context.config.limits, ['uuid']);
  const loader = historyLoader(context, { first: page.first, after: page.after, purpose });
  const words = await loader.load(pairName(pairOf(relationship)));
  return toConnection(words, page, (word) => [word.uuid]);
}
