import { z } from 'zod';
import { limitSettings, type Limits } from './limits';

/** Everything the process reads from its environment, checked once at start. */
export interface Config {
  environment: 'production' | 'development' | 'test';
  host: string;
  port: number;
  /** What links in mails begin with, without a slash at the end; where it listens when absent. */
  publicUrl?: string;
  logLevel: string;
  /** Where the app reads and writes; absent means the embedded PostgreSQL under `dataDir`. */
  databaseUrl?: string;
  /** The owner's connection for migrations; the app's own URL when absent. */
  migrationDatabaseUrl?: string;
  /** Hot standbys of that database, which queries may be answered from. */
  databaseReplicaUrls: string[];
  dataDir: string;
  /** Off behind a transaction pooler that cannot carry named statements. */
  preparedStatements: boolean;
  platformKey: string;
  routerSecret: string;
  tokenSecret: string;
  /** Explorer and introspection for everybody; never in production. */
  developerTools: boolean;
  /** Web pages of these origins may call `/graphql` from a browser. */
  corsOrigins: string[];
  /** Path of the manifest of persisted operations. */
  persistedOperations?: string;
  /** `/graphql` runs the manifest's operations and nothing else. */
  safelist: boolean;
  /** What is federated with us: the path of a supergraph.yaml, the place of a composed SDL, or both. */
  supergraph: { config: string | null; sdl: string | null };
  /** Webhooks may go to plain HTTP and to private addresses; never in production. */
  webhooksAllowPrivate: boolean;
  /** Where spans are sent by OTLP over HTTP; absent means nowhere. */
  traceEndpoint?: string;
  decay: DecaySettings;
  limits: Limits;
}

/** Whether, when and how fast the wallets of silent customers decay. */
export interface DecaySettings {
  /** Days without a sign of life before the notice; 0 is off. */
  silentDays: number;
  /** Whole percent of the balance that each month takes. */
  percentPerMonth: number;
  /** Days from the notice to the first month's part. */
  noticeDays: number;
}

/** Thrown at start when the environment cannot run the service; one line per problem. */
export class ConfigError extends Error {}

export const developmentSecrets = {
  platformKey: 'demo-platform-key-not-for-production',
  routerSecret: 'demo-router-secret-not-for-production',
  tokenSecret: 'demo-token-secret-not-for-production',
} as const;

const secret = z.string().min(16, 'needs at least 16 characters').optional();
const postgresUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\//, 'must start with postgres:// or postgresql://')
  .optional();

const listed = z
  .string()
  .default('')
  .transform((list) =>
    list
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  );

const replicaUrls = listed.refine(
  (list) => list.every((url) => /^postgres(ql)?:\/\//.test(url) && URL.canParse(url)),
  'must be addresses that start with postgres:// or postgresql://, by commas',
);

const origins = listed.refine(
  (list) => list.every(isOrigin),
  'must be origins such as https://shop.example, by commas',
);

/** An origin, or a path of one that a proxy maps to us. */
const publicAddress = z
  .string()
  .refine(
    (text) => /^https?:\/\/[^?#@\\\s]+$/.test(text) && URL.canParse(text),
    'must be an address such as https://rewards.example',
  )
  .transform((text) => text.replace(/\/+$/, ''))
  .optional();

// A production that is misspelt must not come up with demo keys.
const environmentName = z
  .string()
  .refine((name) => name === 'production' || !/^prod/i.test(name), 'must be written "production"')
  .transform((name) => (name === 'production' || name === 'test' ? name : 'development'))
  .default('development');

const longestDays = 3650;

const environmentSchema = z.object({
  NODE_ENV: environmentName,
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).default(4000),
  PUBLIC_URL: publicAddress,
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  DATABASE_URL: postgresUrl,
  DATABASE_MIGRATION_URL: postgresUrl,
  DATABASE_REPLICA_URLS: replicaUrls,
  DATABASE_PREPARE: z.enum(['on', 'off']).default('on'),
  DATA_DIR: z.string().default('.data'),
  PLATFORM_KEY: secret,
  ROUTER_SECRET: secret,
  TOKEN_SECRET: secret,
  CORS_ORIGINS: origins,
  PERSISTED_OPERATIONS: z.string().optional(),
  SAFELIST: z.enum(['on', 'off']).default('off'),
  SUPERGRAPH_CONFIG: z.string().optional(),
  SUPERGRAPH_SDL: z.string().optional(),
  WEBHOOKS_ALLOW_PRIVATE: z.enum(['on', 'off']).default('off'),
  OTEL_EXPORTER_OTLP_ENDPOINT: publicAddress,
  DECAY_SILENT_DAYS: z.coerce.number().int().min(0).max(longestDays).default(0),
  DECAY_PERCENT_PER_MONTH: z.coerce.number().int().min(1).max(100).default(5),
  // A notice that comes with the loss is none.
  DECAY_NOTICE_DAYS: z.coerce.number().int().min(1).max(longestDays).default(30),
});

const requiredInProduction = [
  'DATABASE_URL',
  'PLATFORM_KEY',
  'ROUTER_SECRET',
  'TOKEN_SECRET',
] as const;

/** Reads and checks the environment; an empty variable counts as absent. Throws ConfigError. */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(present);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      (issue) => `${issue.path.join('.')}: ${issue.message}`,
    );
    throw new ConfigError(problems.join('\n'));
  }
  const values = parsed.data;
  const production = values.NODE_ENV === 'production';
  if (production) refuseMissing(values);
  if (values.SAFELIST === 'on' && values.PERSISTED_OPERATIONS === undefined) {
    throw new ConfigError('SAFELIST: needs PERSISTED_OPERATIONS');
  }
  if (values.DATABASE_REPLICA_URLS.length > 0 && values.DATABASE_URL === undefined) {
    throw new ConfigError('DATABASE_REPLICA_URLS: needs DATABASE_URL');
  }
  return {
    environment: values.NODE_ENV,
    host: values.HOST,
    port: values.PORT,
    publicUrl: values.PUBLIC_URL,
    logLevel: values.LOG_LEVEL,
    databaseUrl: values.DATABASE_URL,
    migrationDatabaseUrl: values.DATABASE_MIGRATION_URL,
    databaseReplicaUrls: values.DATABASE_REPLICA_URLS,
    dataDir: values.DATA_DIR,
    preparedStatements: values.DATABASE_PREPARE === 'on',
    platformKey: values.PLATFORM_KEY ?? developmentSecrets.platformKey,
    routerSecret: values.ROUTER_SECRET ?? developmentSecrets.routerSecret,
    tokenSecret: values.TOKEN_SECRET ?? developmentSecrets.tokenSecret,
    developerTools: !production,
    corsOrigins: values.CORS_ORIGINS,
    persistedOperations: values.PERSISTED_OPERATIONS,
    safelist: values.SAFELIST === 'on',
    supergraph: {
      config: values.SUPERGRAPH_CONFIG ?? null,
      sdl: values.SUPERGRAPH_SDL ?? null,
    },
    webhooksAllowPrivate: values.WEBHOOKS_ALLOW_PRIVATE === 'on',
    traceEndpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT,
    decay: {
      silentDays: values.DECAY_SILENT_DAYS,
      percentPerMonth: values.DECAY_PERCENT_PER_MONTH,
      noticeDays: values.DECAY_NOTICE_DAYS,
    },
    limits: readLimits(present),
  };
}

/** Scheme, host and port and nothing else, so that it equals what a browser sends. */
function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

function refuseMissing(values: z.infer<typeof environmentSchema>): void {
  const missing = requiredInProduction.filter((name) => values[name] === undefined);
  if (missing.length > 0) {
    throw new ConfigError(missing.map((name) => `${name}: required in production`).join('\n'));
  }
  if (values.WEBHOOKS_ALLOW_PRIVATE === 'on') {
    throw new ConfigError('WEBHOOKS_ALLOW_PRIVATE: must be off in production');
  }
}

function readLimits(env: NodeJS.ProcessEnv): Limits {
  const entries = Object.entries(limitSettings).map(([name, setting]) => {
    const value = env[setting.variable];
    if (value === undefined) return [name, setting.value];
    const parsed = z.coerce.number().int().min(0).safeParse(value);
    if (!parsed.success) throw new ConfigError(`${setting.variable}: must be a whole number`);
    return [name, parsed.data];
  });
  return Object.fromEntries(entries) as Limits;
}

/** What links to this service begin with. */
export function publicUrlOf({ publicUrl, host, port }: Config): string {
  return publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
