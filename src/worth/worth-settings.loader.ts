import { viewer } from '../platform/auth/caller';
import { defineLoader } from '../platform/graphql/loaders';
import { termsOf, type TermsRow, type WorthTerms } from './worth-terms';

const termsSql = `
  SELECT t.* FROM worth_terms($1::uuid[]) t
  WHERE ($2::uuid IS NULL OR t.brand_id = $2) AND $3::uuid IS NULL`;

/** By what brands reckon, by their UUID; null to everybody but the brand and the platform. */
export const worthTermsLoader = defineLoader<string, WorthTerms | null>(
  async ({ caller, reads }, uuids) => {
    const rows = await reads.query<TermsRow>(termsSql, [uuids, ...viewer(caller)]);
    const found = new Map(rows.map((row) => [row.brand_id, termsOf(row)]));
    return uuids.map((uuid) => found.get(uuid) ?? null);
  },
);
