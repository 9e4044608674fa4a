import type { ArmName } from '../holdouts';
import { viewer } from '../platform/auth/caller';
import { defineLoader } from '../platform/graphql/loaders';
import { emptyArm, type ArmCounts } from './arms';
import { additive, gainsSql } from './arms.sql';

const sums = additive.map((name) => `sum(x.${name})::bigint AS ${name}`).join(', ');

// What has been counted, and the few members the counting has not come to yet.
const armsSql = `
  SELECT x.experiment_id, x.arm, ${sums}
  FROM (
    SELECT a.experiment_id, a.arm, ${additive.map((name) => `a.${name}`).join(', ')}
    FROM experiment_arms a
    WHERE a.experiment_id = ANY ($3::uuid[]) AND ($1::uuid IS NULL OR a.brand_id = $1)
    UNION ALL
    SELECT m.experiment_id, m.arm, ${gainsSql}
    FROM experiment_members m
    WHERE m.experiment_id = ANY ($3::uuid[]) AND m.stale AND ($1::uuid IS NULL OR m.brand_id = $1)
    GROUP BY m.experiment_id, m.arm) x
  WHERE $2::uuid IS NULL
  GROUP BY x.experiment_id, x.arm`;

type ArmRow = Record<(typeof additive)[number], number> & {
  experiment_id: string;
  arm: ArmName;
};

/** Both arms of an experiment. */
export interface Arms {
  treated: ArmCounts;
  heldOut: ArmCounts;
}

/** The arms of experiments by UUID, as of now; empty ones of experiments the caller may not see. */
export const armsLoader = defineLoader<string, Arms>(async (context, ids) => {
  const rows = await context.reads.query<ArmRow>(armsSql, [...viewer(context.caller), ids]);
  const found = new Map(rows.map((row) => [`${row.experiment_id} ${row.arm}`, countsOf(row)]));
  return ids.map((id) => ({
    treated: found.get(`${id} TREATED`) ?? emptyArm('TREATED'),
    heldOut: found.get(`${id} HELD_OUT`) ?? emptyArm('HELD_OUT'),
  }));
});

function countsOf({ experiment_id: _id, revenue_minor: revenueMinor, ...row }: ArmRow): ArmCounts {
  return { ...row, revenueMinor };
}
