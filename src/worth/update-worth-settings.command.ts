import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import type { ClvModelName } from './worth-terms';

/** What is left out stays as it is; null goes back to the default. */
export interface WorthChanges {
  margin?: number | null;
  discount?: number | null;
  horizonYears?: number | null;
  yearlyRetention?: number | null;
  daysBetweenOrders?: number | null;
  clvModel?: ClvModelName | null;
}

export interface UpdateWorthSettingsAnswer extends Answer {
  brandUuid?: string;
}

const ranges = {
  margin: [0, 1],
  discount: [0, 10],
  horizonYears: [1, 50],
  yearlyRetention: [0, 1],
  daysBetweenOrders: [1, 3650],
} as const satisfies Partial<Record<keyof WorthChanges, readonly [number, number]>>;

const ranged = Object.keys(ranges) as (keyof typeof ranges)[];

const lockSql = `SELECT b.id FROM brands b WHERE b.id = ANY ($1::uuid[]) ORDER BY b.id FOR NO KEY UPDATE`;

/** The value of a column after the changes: null where they say null, as it was where they say nothing. */
const after = (name: keyof WorthChanges, column: string, type: string) =>
  `CASE WHEN t.changes ? '${name}' THEN (t.changes->>'${name}')::${type} ELSE s.${column} END`;

const storeSql = `
  INSERT INTO worth_settings (brand_id, margin, discount, horizon_years, yearly_retention,
    days_between_orders, clv_model, updated_at)
  SELECT t.brand_id, ${after('margin', 'margin', 'double precision')},
    ${after('discount', 'discount', 'double precision')},
    ${after('horizonYears', 'horizon_years', 'integer')},
    ${after('yearlyRetention', 'yearly_retention', 'double precision')},
    ${after('daysBetweenOrders', 'days_between_orders', 'double precision')},
    ${after('clvModel', 'clv_model', 'text')}, $3
  FROM unnest($1::uuid[], $2::jsonb[]) AS t(brand_id, changes)
  LEFT JOIN worth_settings s ON s.brand_id = t.brand_id
  ON CONFLICT (brand_id) DO UPDATE SET margin = excluded.margin, discount = excluded.discount,
    horizon_years = excluded.horizon_years, yearly_retention = excluded.yearly_retention,
    days_between_orders = excluded.days_between_orders, clv_model = excluded.clv_model,
    updated_at = excluded.updated_at`;

/** Changes by what brands reckon; of several commands for one brand each builds on the one before. */
export const updateWorthSettings: CommandHandler<WorthChanges, UpdateWorthSettingsAnswer> = {
  kind: 'updateWorthSettings',
  async execute(tx, commands) {
    const changes = new Map<string, WorthChanges>();
    const answers = commands.map((command): UpdateWorthSettingsAnswer => {
      const refusal = refusalOf(command.input);
      if (refusal !== null) return refused(refusal);
      const brandUuid = brandIdOf(command);
      changes.set(brandUuid, { ...changes.get(brandUuid), ...command.input });
      return { brandUuid, userErrors: [] };
    });
    const brands = [...changes.keys()];
    if (brands.length === 0) return answers;
    await tx.query(lockSql, [brands]);
    const values = [...changes.values()].map((one) => JSON.stringify(one));
    await tx.query(storeSql, [brands, values, tx.now]);
    return answers;
  },
};

/** Its settings are a brand's affair; the mutation lets nobody else in. */
function brandIdOf({ tenant }: Pick<Command, 'tenant'>): string {
  if (tenant === null) throw new Error('settings need a brand');
  return tenant;
}

function refusalOf(changes: WorthChanges): UserErrorShape | null {
  for (const name of ranged) {
    const [least, most] = ranges[name];
    const value = changes[name];
    if (value != null && !(value >= least && value <= most)) {
      return userError('INVALID_VALUE', [name], `It is from ${least} to ${most}.`);
    }
  }
  return null;
}
