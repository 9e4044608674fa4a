import { brandOf, viewer } from '../platform/auth/caller';
import { toEntities } from '../platform/database/rows';
import { defineLoader } from '../platform/graphql/loaders';
import { looksLikeCode } from './code-text';
import { QrCodeEntity } from './qr-code.entity';

const byIdSql = `
  SELECT q.* FROM qr_codes q
  WHERE q.id = ANY ($3::uuid[]) AND ($1::uuid IS NULL OR q.brand_id = $1)
    AND ($2::uuid IS NULL OR EXISTS (
      SELECT FROM claims c WHERE c.code_id = q.id AND c.customer_id = $2))`;

/** Codes by UUID: a brand's own; for a customer those they have had a claim on. */
export const qrCodeLoader = defineLoader<string, QrCodeEntity | null>(async (context, ids) => {
  const rows = await context.reads.query(byIdSql, [...viewer(context.caller), ids]);
  const found = new Map(toEntities(QrCodeEntity, rows).map((one) => [one.uuid, one]));
  return ids.map((id) => found.get(id) ?? null);
});

const byTextSql = 'SELECT q.* FROM qr_codes q WHERE q.brand_id = $1 AND q.code = ANY ($2::text[])';

/** Codes of the caller's brand by what is printed; null for every text that is none. */
export const codeByTextLoader = defineLoader<string, QrCodeEntity | null>(
  async (context, texts) => {
    const codes = texts.filter(looksLikeCode);
    const rows = await context.reads.query(byTextSql, [brandOf(context.caller), codes]);
    const found = new Map(toEntities(QrCodeEntity, rows).map((one) => [one.code, one]));
    return texts.map((text) => found.get(text) ?? null);
  },
);
