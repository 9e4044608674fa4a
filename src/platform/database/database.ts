import { Pool } from 'pg';
import { DataSource, type EntityTarget, type ObjectLiteral } from 'typeorm';
import type { Clock } from '../clock';
import type { Log } from '../log';
import type { CommandTransaction } from './command';
import { appRole, begin, nowOf, openingOf, type ConnectionSettings } from './connection';
import { codeOf } from './errors';
import { transactionsOfALane } from './lane';
import { transactionOn, type OpenTransaction } from './open-transaction';
import { Outbox } from './outbox';
import { patiently } from './patience';
import { pipelinedOptions, readConnections } from './read-connections';
import { ReadSession } from './read-session';
import type { RowScope } from './row-scope';
import { Standbys, type StandbySettings } from './standby/standbys';
import { WaitingLine } from './waiting-line';

/** The service's connections to its one database: a pool for reads and one for writers. */
export interface Database {
  settings: ConnectionSettings;
  dataSource: DataSource;
  /** Connections of the command lanes and of jobs. */
  writers: Pool;
  /** Where reads of queries may go instead; null where there are none. */
  standbys: Standbys | null;
  reads(scope: RowScope): ReadSession;
  /** One transaction outside the batcher, for jobs: everything visible, rolled back when `work` throws. */
  transact<T>(clock: Clock, work: (tx: CommandTransaction) => Promise<T>): Promise<T>;
  /** Throws when the database does not answer within the pool's wait; reads that are being served count as an answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** A line of reads that moved as lately as this shows that the database answers. */
const lastMoveMs = 500;

/**
 * Opens both pools as the app role. Throws when that role could step over row-level security. Standbys
 * are looked for in the background: a start waits for none of them.
 */
export async function openDatabase(
  settings: ConnectionSettings,
  entities: EntityTarget<ObjectLiteral>[],
  log: Log,
  standbySettings: StandbySettings | null = null,
): Promise<Database> {
  const { limits } = settings;
  const dataSource = new DataSource({
    type: 'postgres',
    url: settings.url,
    entities: entities as never,
    synchronize: false,
    logging: false,
    poolSize: limits.readConnections,
    connectTimeoutMS: limits.poolWaitMs,
    poolErrorHandler: (error: Error) => log.warn({ code: codeOf(error) }, 'read connection lost'),
    extra: pipelinedOptions(settings),
  });
  const writers = new Pool({
    ...pipelinedOptions(settings),
    connectionString: settings.url,
    max: limits.writerLanes * transactionsOfALane + 1,
    connectionTimeoutMillis: limits.poolWaitMs,
  });
  writers.on('error', (error) => log.warn({ code: codeOf(error) }, 'writer connection lost'));
  // The pool listens to idle connections only; one lost at work would end the process as unheard.
  writers.on('connect', (writer) => writer.on('error', () => undefined));
  await patiently(log, () => dataSource.initialize());
  await refusePowerfulRole(dataSource);
  await patiently(log, async () => (await writers.connect()).release());
  const line = new WaitingLine();
  const connections = readConnections(dataSource, line, limits);
  const askPrimary = <Row>(text: string): Promise<Row[]> => dataSource.query<Row[]>(text);
  const standbys = standbySettings && new Standbys(settings, standbySettings, askPrimary, log);
  return {
    settings,
    dataSource,
    writers,
    standbys,
    reads: (scope) => new ReadSession(connections, openingOf(settings, scope), standbys),
    transact: (clock, work) => transact(writers, settings, clock, work),
    ping: () => ping(dataSource, line),
    close: async () => {
      connections.abandon();
      await standbys?.close();
      await Promise.all([dataSource.destroy(), writers.end()]);
    },
  };
}

const everything: RowScope = { tenants: [], subject: null, everything: true, directory: true };

async function transact<T>(
  pool: Pool,
  settings: ConnectionSettings,
  clock: Clock,
  work: (tx: CommandTransaction) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  let tx: OpenTransaction | undefined;
  try {
    const opened = await client.query(
      `${begin(settings, 'write', everything)}; SELECT now() AS now`,
    );
    const outbox = new Outbox();
    tx = transactionOn(client, {
      now: clock.now(nowOf(opened)),
      limits: settings.limits,
      outbox,
    });
    const result = await work(tx);
    await outbox.store(tx);
    tx.end();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    tx?.end();
    await client.query('ROLLBACK').catch((reason: unknown) => (broken = reason as Error));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Behind a long line a ping would come too late, and a line that moves says the same. */
async function ping(dataSource: DataSource, line: WaitingLine): Promise<void> {
  if (line.age > 0 && line.movedWithin(lastMoveMs)) return;
  await dataSource.query('SELECT 1');
}

async function refusePowerfulRole(dataSource: DataSource): Promise<void> {
  const [row] = await dataSource.query<{ powerful: boolean; owner: boolean }[]>(
    `SELECT r.rolsuper OR r.rolbypassrls AS powerful,
            pg_has_role(r.rolname, c.relowner, 'member') AS owner
     FROM pg_roles r, pg_class c
     WHERE r.rolname = $1 AND c.oid = 'transfers'::regclass`,
    [appRole],
  );
  if (row === undefined || row.powerful || row.owner) {
    await dataSource.destroy();
    throw new Error(`role ${appRole} must be neither superuser nor owner of the tables`);
  }
}
