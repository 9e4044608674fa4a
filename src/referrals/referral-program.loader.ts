import { brandOf, viewer } from '../platform/auth/caller';
import { toEntities } from '../platform/database/rows';
import { defineLoader } from '../platform/graphql/loaders';
import { ReferralProgramEntity } from './referral-program.entity';

const programsSql = (column: 'id' | 'brand_id'): string => `
  SELECT p.* FROM referral_programs p
  WHERE p.${column} = ANY ($1::uuid[]) AND ($2::uuid IS NULL OR p.brand_id = $2)`;

/** Programmes by UUID: a brand's own, and for a customer that of the brand that signed them in. */
export const programLoader = defineLoader<string, ReferralProgramEntity | null>(
  async (context, ids) => {
    if (context.caller.kind === 'anonymous') return ids.map(() => null);
    const rows = await context.reads.query(programsSql('id'), [ids, brandOf(context.caller)]);
    const found = toEntities(ReferralProgramEntity, rows);
    return ids.map((id) => found.find(({ uuid }) => uuid === id) ?? null);
  },
);

/** Programmes by the brand's UUID, as `programLoader` shows them. */
export const programOfBrandLoader = defineLoader<string, ReferralProgramEntity | null>(
  async (context, brands) => {
    if (context.caller.kind === 'anonymous') return brands.map(() => null);
    const values = [brands, brandOf(context.caller)];
    const rows = await context.reads.query(programsSql('brand_id'), values);
    const found = toEntities(ReferralProgramEntity, rows);
    return brands.map((id) => found.find(({ brandUuid }) => brandUuid === id) ?? null);
  },
);

const reservesSql = `
  SELECT a.owner, a.balance FROM accounts a
  WHERE a.kind = 'RESERVE' AND a.owner = ANY ($3::uuid[])
    AND ($1::uuid IS NULL OR a.brand_id = $1) AND $2::uuid IS NULL`;

/** What programmes have left, by UUID; nothing to a customer, whom it does not concern. */
export const programReserveLoader = defineLoader<string, number>(async (context, programs) => {
  const values = [...viewer(context.caller), programs];
  const rows = await context.reads.query<{ owner: string; balance: number }>(reservesSql, values);
  const balances = new Map(rows.map(({ owner, balance }) => [owner, balance]));
  return programs.map((id) => balances.get(id) ?? 0);
});
