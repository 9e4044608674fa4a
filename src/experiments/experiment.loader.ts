import type { ArmName } from '../holdouts';
import { viewer } from '../platform/auth/caller';
import { toEntities } from '../platform/database/rows';
import {
  readPage,
  toConnection,
  type Connection,
  type PageArgs,
} from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { defineListLoader, defineLoader } from '../platform/graphql/loaders';
import { ExperimentEntity } from './experiment.entity';
import { ExperimentMemberEntity } from './member.entity';

/** A brand sees its own, the platform all; to customers an experiment is none of their business. */
const visible = `($1::uuid IS NULL OR e.brand_id = $1) AND $2::uuid IS NULL`;

const byIdSql = `SELECT e.* FROM experiments e WHERE e.id = ANY ($3::uuid[]) AND ${visible}`;

/** Experiments by UUID; null for those the caller may not see. */
export const experimentLoader = defineLoader<string, ExperimentEntity | null>(
  async (context, ids) => {
    const rows = await context.reads.query(byIdSql, [...viewer(context.caller), ids]);
    const found = new Map(toEntities(ExperimentEntity, rows).map((one) => [one.uuid, one]));
    return ids.map((id) => found.get(id) ?? null);
  },
);

interface ListArgs {
  first: number;
  after: string | null;
}

const ofBrandsSql = `
  SELECT x.* FROM unnest($3::uuid[]) AS b(id)
  CROSS JOIN LATERAL (
    SELECT e.* FROM experiments e
    WHERE e.brand_id = b.id AND ${visible} AND ($4::uuid IS NULL OR e.id < $4)
    ORDER BY e.id DESC LIMIT $5
  ) x ORDER BY x.id DESC`;

const ofBrandLoader = defineListLoader<ListArgs, ExperimentEntity[]>(
  async (context, brands, { first, after }) => {
    const values = [...viewer(context.caller), brands, after, first + 1];
    const rows = toEntities(ExperimentEntity, await context.reads.query(ofBrandsSql, values));
    return brands.map((id) => rows.filter((row) => row.brandUuid === id));
  },
);

/** A page of a brand's experiments, the newest first. */
export async function readExperiments(
  context: Context,
  brandUuid: string,
  args: PageArgs,
): Promise<Connection<ExperimentEntity>> {
  const page = readPage(args, context.config.limits, ['uuid']);
  const after = page.after?.[0] ?? null;
  const rows = await ofBrandLoader(context, { first: page.first, after }).load(brandUuid);
  return toConnection(rows, page, (one) => [one.uuid]);
}

interface MemberArgs extends ListArgs {
  arm: ArmName | null;
}

const membersSql = `
  SELECT x.* FROM unnest($3::uuid[]) AS t(id)
  CROSS JOIN LATERAL (
    SELECT e.* FROM experiment_members e
    WHERE e.experiment_id = t.id AND ${visible} AND ($4::uuid IS NULL OR e.customer_id > $4)
      AND ($6::text IS NULL OR e.arm = $6)
    ORDER BY e.customer_id LIMIT $5
  ) x ORDER BY x.customer_id`;

const membersLoader = defineListLoader<MemberArgs, ExperimentMemberEntity[]>(
  async (context, ids, { first, after, arm }) => {
    const values = [...viewer(context.caller), ids, after, first + 1, arm];
    const found = await context.reads.query(membersSql, values);
    const rows = toEntities(ExperimentMemberEntity, found);
    return ids.map((id) => rows.filter((row) => row.experimentUuid === id));
  },
);

/** A page of an experiment's members by id, of one arm or of both. */
export async function readMembers(
  context: Context,
  experimentUuid: string,
  args: PageArgs,
  arm: ArmName | null,
): Promise<Connection<ExperimentMemberEntity>> {
  const page = readPage(args, context.config.limits, ['uuid']);
  const after = page.after?.[0] ?? null;
  const rows = await membersLoader(context, { first: page.first, after, arm }).load(experimentUuid);
  return toConnection(rows, page, (one) => [one.customerUuid]);
}
