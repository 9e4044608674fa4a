import type { CommandTransaction } from '../platform/database/command';
import type { ReferralProgramRow } from './referral-program.entity';

const ofBrandsSql = `SELECT p.* FROM referral_programs p WHERE p.brand_id = ANY ($1::uuid[])`;

/** The programmes of brands, by the brand's UUID. */
export async function programsOf(
  tx: CommandTransaction,
  brands: readonly string[],
): Promise<Map<string, ReferralProgramRow>> {
  if (brands.length === 0) return new Map();
  const rows = await tx.query<ReferralProgramRow>(ofBrandsSql, [brands]);
  return new Map(rows.map((row) => [row.brand_id, row]));
}
