import type { Client } from 'pg';
import { saveSegments, theBrand, theRule } from './brand';
import { History } from './history';
import { dropIndexes, restoreIndexes } from './indexes';
import { prove, reckon, type Proofs } from './jobs';
import { recordMoney } from './money';
import { writeOrders } from './orders';
import { dayMs, tellPeople, writePeople, type Plot } from './people';
import {
  databaseOf,
  onConnection,
  openService,
  recreate,
  type LoadService,
  type Place,
  type Size,
} from './place';
import { fillRollUps, pastSnapshotsSql } from './roll-ups';
import { Steps, type Screen } from './steps';
import { closeTables, columnsOf, openTables, tableNames, type TableName } from './tables';

const days = 730;
const seed = 20_261_122;

/** What a load came to. */
export interface Loaded extends Size {
  database: string;
  rows: Record<TableName, number>;
  steps: Record<string, number>;
  /** Seconds for these rows into tables with neither keys nor indexes; absent when not measured. */
  bare: number | null;
  seconds: number;
  proofs: Record<string, Proofs>;
  bytes: number;
}

/** Fills a database of its own with the base of one brand, and proves that it is one. */
export async function loadBase(
  place: Place,
  size: Size,
  { bare, screen }: { bare: boolean; screen?: Screen },
): Promise<Loaded> {
  const database = databaseOf(size);
  const url = place.urlOf(database);
  const steps = new Steps(screen);
  await steps.run('database', () => recreate(place, database));
  const service = await steps.run('migrations', () => openService(url));
  try {
    const brand = await theBrand(service);
    const ruleId = await theRule(service, brand);
    const begins = (Math.floor(Date.now() / dayMs) - days) * dayMs;
    const plot: Plot = { ...size, brand: { id: brand.uuid, ruleId }, begins, days, seed };
    const bareSeconds = bare ? await copyBare(url, plot, steps) : null;
    const began = performance.now();
    const rows = await onConnection(url, (client) => fill(client, { url, plot, steps }));
    await steps.run('spend and acquisitions', () => recordMoney(service, brand, plot));
    await saveSegments(service, brand);
    await reckon(service, steps);
    await onConnection(url, (client) => finish(client, steps));
    const seconds = (performance.now() - began) / 1000;
    const proofs = await prove(service, size.customers, steps);
    const bytes = await sizeOf(service);
    return {
      ...size,
      database,
      rows,
      steps: steps.seconds,
      bare: bareSeconds,
      seconds,
      proofs,
      bytes,
    };
  } finally {
    await service.close();
  }
}

interface Filling {
  url: string;
  plot: Plot;
  steps: Steps;
}

async function fill(
  client: Client,
  { url, plot, steps }: Filling,
): Promise<Record<TableName, number>> {
  await client.query(`SET session_replication_role = replica; SET work_mem = '256MB';
    SET maintenance_work_mem = '512MB'; SET synchronous_commit = off`);
  const indexes = await dropIndexes(client);
  const rows = await steps.run('copy', () => copyInto('public', { url, plot, steps }));
  await restoreIndexes(client, indexes, steps);
  await steps.run('vacuum', () => client.query('VACUUM (ANALYZE)'));
  await fillRollUps(client, steps);
  return rows;
}

async function finish(client: Client, steps: Steps): Promise<void> {
  await client.query(pastSnapshotsSql);
  await steps.run('vacuum again', () => client.query('VACUUM (ANALYZE)'));
}

/** The same rows into tables that have their columns and nothing else; what is left is writing them. */
async function copyBare(url: string, plot: Plot, steps: Steps): Promise<number> {
  await onConnection(url, async (client) => {
    await client.query('CREATE SCHEMA bare');
    for (const name of tableNames) {
      const columns = columnsOf[name].join(', ');
      await client.query(`CREATE TABLE bare.${name} AS SELECT ${columns} FROM ${name} WHERE false`);
    }
  });
  await steps.run('bare copy', () => copyInto('bare', { url, plot, steps }));
  await onConnection(url, (client) => client.query('DROP SCHEMA bare CASCADE'));
  return steps.seconds['bare copy'] as number;
}

async function copyInto(
  schema: string,
  { url, plot, steps }: Filling,
): Promise<Record<TableName, number>> {
  const tables = await openTables(url, schema);
  const people = tellPeople(plot);
  writePeople(plot, people, tables);
  const history = new History(plot, people, tables);
  const name = schema === 'bare' ? 'bare copy' : 'copy';
  await history.write((day) => steps.progress(name, day / plot.days));
  writeOrders(plot, people, tables);
  return closeTables(tables);
}

async function sizeOf(service: LoadService): Promise<number> {
  const [row] = await service.database.transact(service.clock, (tx) =>
    tx.query<{ bytes: number }>('SELECT pg_database_size(current_database()) AS bytes'),
  );
  return (row as { bytes: number }).bytes;
}
