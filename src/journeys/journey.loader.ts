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
import type { RunStateName } from './advance';
import { JourneyEntity, JourneyRunEntity, JourneyStepEntity } from './journey.entity';

/** A brand sees its own, the platform all; customers are on journeys and do not read them. */
const visible = `($1::uuid IS NULL OR x.brand_id = $1) AND $2::uuid IS NULL`;

function byId<Entity extends { uuid: string }>(entity: new () => Entity, table: string) {
  const sql = `SELECT x.* FROM ${table} x WHERE x.id = ANY ($3::uuid[]) AND ${visible}`;
  return defineLoader<string, Entity | null>(async (context, ids) => {
    const rows = await context.reads.query(sql, [...viewer(context.caller), ids]);
    const found = new Map(toEntities(entity, rows).map((one) => [one.uuid, one]));
    return ids.map((id) => found.get(id) ?? null);
  });
}

/** Journeys by UUID. */
export const journeyLoader = byId(JourneyEntity, 'journeys');

/** Runs by UUID. */
export const journeyRunLoader = byId(JourneyRunEntity, 'journey_runs');

interface ListArgs {
  first: number;
  after: string | null;
}

const ofBrandsSql = `
  SELECT j.* FROM unnest($3::uuid[]) AS b(id)
  CROSS JOIN LATERAL (
    SELECT x.* FROM journeys x
    WHERE x.brand_id = b.id AND ${visible} AND ($4::uuid IS NULL OR x.id < $4)
    ORDER BY x.id DESC LIMIT $5) j ORDER BY j.id DESC`;

const ofBrandLoader = defineListLoader<ListArgs, JourneyEntity[]>(
  async (context, brands, { first, after }) => {
    const values = [...viewer(context.caller), brands, after, first + 1];
    const rows = toEntities(JourneyEntity, await context.reads.query(ofBrandsSql, values));
    return brands.map((id) => rows.filter((row) => row.brandUuid === id));
  },
);

/** A page of a brand's journeys, the newest first. */
export async function readJourneys(
  context: Context,
  brandUuid: string,
  args: PageArgs,
): Promise<Connection<JourneyEntity>> {
  const page = readPage(args, context.config.limits, ['uuid']);
  const after = page.after?.[0] ?? null;
  const rows = await ofBrandLoader(context, { first: page.first, after }).load(brandUuid);
  return toConnection(rows, page, (one) => [one.uuid]);
}

interface RunArgs extends ListArgs {
  state: RunStateName | null;
}

const runsSql = `
  SELECT r.* FROM unnest($3::uuid[]) AS t(id)
  CROSS JOIN LATERAL (
    SELECT x.* FROM journey_runs x
    WHERE x.journey_id = t.id AND ${visible} AND ($4::uuid IS NULL OR x.id < $4)
      AND ($6::text IS NULL OR x.state = $6)
    ORDER BY x.id DESC LIMIT $5) r ORDER BY r.id DESC`;

const runsLoader = defineListLoader<RunArgs, JourneyRunEntity[]>(
  async (context, ids, { first, after, state }) => {
    const values = [...viewer(context.caller), ids, after, first + 1, state];
    const rows = toEntities(JourneyRunEntity, await context.reads.query(runsSql, values));
    return ids.map((id) => rows.filter((row) => row.journeyUuid === id));
  },
);

/** A page of a journey's runs, the newest first. */
export async function readRuns(
  context: Context,
  journeyUuid: string,
  args: PageArgs,
  state: RunStateName | null,
): Promise<Connection<JourneyRunEntity>> {
  const page = readPage(args, context.config.limits, ['uuid']);
  const after = page.after?.[0] ?? null;
  const rows = await runsLoader(context, { first: page.first, after, state }).load(journeyUuid);
  return toConnection(rows, page, (one) => [one.uuid]);
}

const stepsSql = `
  SELECT s.* FROM unnest($3::uuid[]) AS t(id)
  CROSS JOIN LATERAL (
    SELECT x.* FROM journey_steps x
    WHERE x.run_id = t.id AND ${visible} AND x.number > $4
    ORDER BY x.number LIMIT $5) s ORDER BY s.number`;

const stepsLoader = defineListLoader<{ first: number; after: number }, JourneyStepEntity[]>(
  async (context, ids, { first, after }) => {
    const values = [...viewer(context.caller), ids, after, first + 1];
    const rows = toEntities(JourneyStepEntity, await context.reads.query(stepsSql, values));
    return ids.map((id) => rows.filter((row) => row.runUuid === id));
  },
);

/** A page of the steps of a run, the first one first. */
export async function readSteps(
  context: Context,
  runUuid: string,
  args: PageArgs,
): Promise<Connection<JourneyStepEntity>> {
  const page = readPage(args, context.config.limits, ['integer']);
  const after = page.after?.[0] ?? 0;
  const rows = await stepsLoader(context, { first: page.first, after }).load(runUuid);
  return toConnection(rows, page, (one) => [one.number]);
}
