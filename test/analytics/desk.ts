import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reckonStandings } from '../../src/analytics/reckon-standings.job';
import { judgeAttention } from '../../src/attention/judge-attention.job';
import type { Data, TestBrand, TestService } from '../support/test-service';

/** Asks a published operation as the bearer of a key; throws for errors. */
export async function ask(
  t: TestService,
  bearer: string,
  name: string,
  variables: Record<string, unknown> = {},
): Promise<Data> {
  const path = join(__dirname, '../../schema/operations', `${name}.graphql`);
  const { data, errors } = await t.run(readFileSync(path, 'utf8'), variables, bearer);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return JSON.parse(JSON.stringify(data['brand'])) as Data;
}

export const standingOf = (t: TestService, { apiKey }: TestBrand) =>
  ask(t, apiKey, 'brand-standing');

/** Judges everybody and reckons every brand of which something was heard, without waiting for the hour. */
export async function reckon(t: TestService): Promise<void> {
  await t.database.query(`UPDATE brand_standings SET check_at = '2000-01-01'`);
  await judge(t);
  await reckonDue(t);
}

/** Judges everybody whom time has moved. */
export async function judge(t: TestService): Promise<void> {
  const { config, database, clock, log } = t.service;
  while ((await judgeAttention.run({ config, database, clock, log, limits: config.limits })) > 0);
}

/** Reckons every brand whose time has come. */
export async function reckonDue(t: TestService): Promise<void> {
  const { config, database, clock, log } = t.service;
  while ((await reckonStandings.run({ config, database, clock, log, limits: config.limits })) > 0);
}
