import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { migrations } from '../../migrations';
import { createAuthenticator } from '../brands';
import { brandOf, subjectOf, type Caller } from '../platform/auth/caller';
import { databaseClock, type Clock } from '../platform/clock';
import type { Config } from '../platform/config';
import { CommandBatcher, type BatchHooks } from '../platform/database/command-batcher';
import { OutboxFeed } from '../platform/database/outbox-feed';
import { openDatabase, type Database } from '../platform/database/database';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../platform/database/embedded';
import { migrate } from '../platform/database/migrate';
import type { JobReport } from '../platform/feature';
import type { RowScope } from '../platform/database/row-scope';
import type { Context } from '../platform/graphql/context';
import { buildSchemas, type Schemas } from '../platform/graphql/subgraph';
import { createLog, type Log } from '../platform/log';
import { ensureDemo } from './demo';
import { enumDirectives, features, rootDescriptions } from './features';
import { followedHandlers } from './followed-handlers';
import { openSupergraphs } from './graphs/supergraphs';
import { startJobs, type RunningJobs } from './jobs';
import type { Demo, Service, Supergraphs } from './service';

/** What tests and tools may exchange; the service itself runs with none of it. */
export interface ServiceOverrides {
  clock?: Clock;
  log?: Log;
  hooks?: BatchHooks;
  /** Is told what the jobs did. */
  reportJob?: (report: JobReport) => void;
  /** Off where a test calls jobs itself. */
  jobs?: boolean;
  /** Off when the database is known to be migrated. */
  migrate?: boolean;
  /** On for the development server: a demo brand with a key and Mu. */
  demo?: boolean;
}

let schemas: Schemas | undefined;

/** Both schemas, built once a process from the features' classes. */
export function serviceSchemas(): Schemas {
  schemas ??= buildSchemas({
    resolvers: features.flatMap((feature) => feature.resolvers),
    references: Object.assign({}, ...features.map((feature) => feature.references)) as never,
    rootDescriptions,
    enumDirectives,
  });
  return schemas;
}

/**
 * Connects everything behind the HTTP doors: the database (given, or embedded), its migrations, the
 * command batcher, the schemas and the background jobs. Throws when the service cannot run.
 */
export async function createService(
  config: Config,
  overrides: ServiceOverrides = {},
): Promise<Service & { demo?: Demo }> {
  const log = overrides.log ?? createLog(config.logLevel);
  const clock = overrides.clock ?? databaseClock;
  // Before the database, so that a broken configuration is told at once.
  const supergraphs = await openSupergraphs(config, serviceSchemas(), log);
  const embedded = config.databaseUrl === undefined ? await startEmbedded(config, log) : null;
  try {
    const service = await connect(config, overrides, { log, clock, embedded, supergraphs });
    return overrides.demo === true ? { ...service, demo: await ensureDemo(service) } : service;
  } catch (error) {
    supergraphs.stop();
    await embedded?.stop();
    throw error;
  }
}

function startEmbedded(config: Config, log: Log): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({
    dataDir: config.dataDir,
    log: (message, details) => log.debug(details ?? {}, message),
  });
}

/** What is there before the database is connected. */
interface Ground {
  log: Log;
  clock: Clock;
  embedded: EmbeddedPostgres | null;
  supergraphs: Supergraphs;
}

async function connect(
  config: Config,
  overrides: ServiceOverrides,
  { log, clock, embedded, supergraphs }: Ground,
): Promise<Service> {
  const url = embedded?.url ?? config.databaseUrl;
  if (url === undefined) throw new Error('no database');
  if (overrides.migrate !== false) {
    const owner = config.migrationDatabaseUrl;
    const { limits } = config;
    await migrate({ url: owner ?? url, appUrl: owner && url, migrations, log, limits });
  }
  const settings = { url, prepared: config.preparedStatements, limits: config.limits };
  const entities = features.flatMap((feature) => feature.entities);
  const { databaseReplicaUrls: urls, tokenSecret } = config;
  const standbys = urls.length > 0 ? { urls, tokenSecret } : null;
  const database = await openDatabase(settings, entities, log, standbys);
  const commands = new CommandBatcher({
    pool: database.writers,
    settings,
    clock,
    limits: config.limits,
    handlers: followedHandlers(features),
    hooks: overrides.hooks,
    seen: database.standbys?.seen,
  });
  const jobs =
    overrides.jobs === false
      ? null
      : startJobs(features, {
          config,
          database,
          clock,
          log,
          limits: config.limits,
          report: overrides.reportJob,
        });
  return assemble({ config, log, clock, database, commands, jobs, embedded, supergraphs });
}

interface Parts extends Ground {
  config: Config;
  database: Database;
  commands: CommandBatcher;
  jobs: RunningJobs | null;
}

function assemble({ jobs, embedded, ...parts }: Parts): Service {
  const { config, clock, database, commands, log: ownLog } = parts;
  const announcements = new OutboxFeed(database, ownLog);
  const authenticate = createAuthenticator({ config, database, clock });
  return {
    ...parts,
    announcements,
    features,
    ...serviceSchemas(),
    authenticate: (headers: IncomingHttpHeaders) => authenticate(headers),
    contextFor(caller: Caller, requestId: string = randomUUID(), log: Log): Context {
      const reads = database.reads(rowScopeOf(caller));
      return { caller, config, clock, log, requestId, reads, commands, announcements };
    },
    async close() {
      parts.supergraphs.stop();
      await announcements.close();
      await jobs?.stop();
      await commands.drain();
      await database.close();
      await embedded?.stop();
    },
  };
}

/** What row-level security lets a caller see; the platform sees totals, so it sees every row. */
function rowScopeOf(caller: Caller): RowScope {
  const none: RowScope = { tenants: [], subject: null, everything: false, directory: false };
  if (caller.kind === 'platform') return { ...none, everything: true };
  if (caller.kind === 'brand') return { ...none, tenants: [brandOf(caller) as string] };
  if (caller.kind === 'customer') return { ...none, subject: subjectOf(caller) };
  return none;
}
