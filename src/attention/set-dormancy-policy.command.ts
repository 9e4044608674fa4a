import { nilUuid } from '../platform/ids';
import { refused, type Answer, type CommandHandler } from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { defaultDormancyPolicy, type DormancyPolicy } from './dormancy';

/** What is left out stays as it is. */
export type SetDormancyPolicy = { [Name in keyof DormancyPolicy]?: DormancyPolicy[Name] | null };

export interface SetDormancyPolicyAnswer extends Answer {
  policy?: DormancyPolicy;
}

const mostDays = 3650;
const mostMessages = 1000;

const lockSql = `
  SELECT p.brand_id, p.active_days, p.drifting_days, p.inactive_days, p.dormant_days, p.min_messages
  FROM dormancy_policies p WHERE p.brand_id = ANY ($1::uuid[]) ORDER BY p.brand_id FOR NO KEY UPDATE`;

interface PolicyRow {
  brand_id: string;
  active_days: number;
  drifting_days: number;
  inactive_days: number;
  dormant_days: number;
  min_messages: number;
}

// Everybody is judged anew by a job, from the first in the order of ids.
const storeSql = `
  INSERT INTO dormancy_policies AS p (brand_id, active_days, drifting_days, inactive_days, dormant_days,
    min_messages, changed_at, judged_to)
  SELECT t.*, $7, '${nilUuid}' FROM unnest($1::uuid[], $2::integer[], $3::integer[], $4::integer[],
    $5::integer[], $6::integer[]) AS t(brand_id, active, drifting, inactive, dormant, least)
  ORDER BY t.brand_id
  ON CONFLICT (brand_id) DO UPDATE SET active_days = excluded.active_days,
    drifting_days = excluded.drifting_days, inactive_days = excluded.inactive_days,
    dormant_days = excluded.dormant_days, min_messages = excluded.min_messages,
    changed_at = excluded.changed_at, judged_to = excluded.judged_to`;

/** Sets how brands call silence; of several commands for one brand each builds on the one before. */
export const setDormancyPolicy: CommandHandler<SetDormancyPolicy, SetDormancyPolicyAnswer> = {
  kind: 'setDormancyPolicy',
  async execute(tx, commands) {
    const brands = [...new Set(commands.map(({ tenant }) => tenant as string))];
    const rows = await tx.query<PolicyRow>(lockSql, [brands]);
    const policies = new Map(rows.map((row) => [row.brand_id, policyOf(row)]));
    const changed = new Set<string>();
    const answers = commands.map(({ tenant, input }): SetDormancyPolicyAnswer => {
      const brand = tenant as string;
      const given = Object.entries(input).filter(([, value]) => value != null);
      const before = policies.get(brand) ?? defaultDormancyPolicy;
      const policy = { ...before, ...(Object.fromEntries(given) as Partial<DormancyPolicy>) };
      const refusal = refusalOf(policy);
      if (refusal !== null) return refused(refusal);
      policies.set(brand, policy);
      changed.add(brand);
      return { userErrors: [], policy };
    });
    const stored = [...changed].map((brand) => policies.get(brand) as DormancyPolicy);
    if (stored.length > 0) {
      await tx.query(storeSql, [
        [...changed],
        stored.map(({ activeDays }) => activeDays),
        stored.map(({ driftingDays }) => driftingDays),
        stored.map(({ inactiveDays }) => inactiveDays),
        stored.map(({ dormantDays }) => dormantDays),
        stored.map(({ minMessages }) => minMessages),
        tx.now,
      ]);
    }
    return answers;
  },
};

function policyOf(row: PolicyRow): DormancyPolicy {
  return {
    activeDays: row.active_days,
    driftingDays: row.drifting_days,
    inactiveDays: row.inactive_days,
    dormantDays: row.dormant_days,
    minMessages: row.min_messages,
  };
}

function refusalOf(policy: DormancyPolicy): UserErrorShape | null {
  const names = ['activeDays', 'driftingDays', 'inactiveDays', 'dormantDays'] as const;
  let least = 1;
  for (const name of names) {
    if (policy[name] < least || policy[name] > mostDays) {
      const message = `Each is longer than the one before, up to ${mostDays} days.`;
      return userError('INVALID_VALUE', [name], message);
    }
    least = policy[name] + 1;
  }
  const { minMessages } = policy;
  if (minMessages >= 0 && minMessages <= mostMessages) return null;
  return userError('INVALID_VALUE', ['minMessages'], `Must be from 0 to ${mostMessages}.`);
}
