import 'reflect-metadata';
import type { ExecutionResult } from 'graphql';
import { randomUUID } from 'node:crypto';
import { ShiftedClock } from '../../src/platform/clock';
import { loadConfig } from '../../src/platform/config';
import type { BatchHooks } from '../../src/platform/database/command-batcher';
import { formatErrors } from '../../src/platform/graphql/format-error';
import { createLog, type Log } from '../../src/platform/log';
import type { Limits } from '../../src/platform/limits';
import { createService } from '../../src/server/create-service';
import { execute } from '../../src/server/execute';
import type { Service } from '../../src/server/service';
import { assertClean } from './assert-clean';
import { assertBooks } from './invariants';
import { createTestDatabase, type TestDatabase } from './test-database';

// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Data = Record<string, any>;

export interface RunResult {
  data: Data;
  errors: ExecutionResult['errors'];
  /** Statements its reads took, BEGIN and COMMIT aside. */
  statements: number;
  /** How often it sent statements. */
  trips: number;
}

/**
 * The whole service on a database of its own, called in process as a router or client would over HTTP.
 * Every answer must be clean, and `close` throws unless the books balance.
 */
export interface TestService {
  service: Service;
  database: TestDatabase;
  clock: ShiftedClock;
  platformKey: string;
  /** Runs an operation as the bearer of a key or token; none means anonymous. */
  run(document: string, variables?: Record<string, unknown>, bearer?: string): Promise<RunResult>;
  /** As `run`, against the subgraph's schema, with `_entities`. */
  runSubgraph(
    document: string,
    variables?: Record<string, unknown>,
    bearer?: string,
  ): Promise<RunResult>;
  /** Creates a brand with a funded budget and answers its id and first key. */
  createBrand(slug: string, options?: { budget?: number; timezone?: string }): Promise<TestBrand>;
  close(): Promise<void>;
}

export interface TestBrand {
  id: string;
  slug: string;
  apiKey: string;
}

export interface TestServiceOptions {
  hooks?: BatchHooks;
  limits?: Partial<Limits>;
  jobs?: boolean;
  /** An existing database, for a second service on the same data. */
  database?: TestDatabase;
  /** Where it writes its log; nowhere when left out, but for `TEST_LOG`. */
  log?: Log;
  /** More settings than those of every test, by their names in the environment. */
  env?: Record<string, string>;
  /** The test writes rows of the ledger by hand, so its books need not balance in the end. */
  inventsBooks?: boolean;
}

/** A machine that runs tests may be starved of its cores: only tests of these limits are to meet them. */
const patient = {
  poolWaitMs: 20_000,
  statementMs: 30_000,
  laneWaitMs: 20_000,
  readWaitMs: 20_000,
  loopDelayMs: 20_000,
  edgeWaitMs: 20_000,
};

/** A fresh idempotency key. */
export function newKey(): string {
  return randomUUID();
}

export async function startTestService(options: TestServiceOptions = {}): Promise<TestService> {
  const database = options.database ?? (await createTestDatabase());
  const config = loadConfig({
    NODE_ENV: 'test',
    DATABASE_URL: database.url,
    LOG_LEVEL: 'warn',
    ...options.env,
  });
  Object.assign(config.limits, patient, options.limits);
  const clock = new ShiftedClock();
  const service = await createService(config, {
    clock,
    log: options.log ?? createLog(process.env['TEST_LOG'] ?? 'silent'),
    hooks: options.hooks,
    jobs: options.jobs ?? false,
    migrate: false,
  });
  const runOn =
    (schema: Service['publicSchema']): TestService['run'] =>
    async (document, variables = {}, bearer) => {
      const { data, errors, statements, trips } = await execute(
        service,
        schema,
        document,
        variables,
        bearer,
      ).catch((refusal: unknown) => {
        checkAnswer(service, database, { errors: [refusal] }, variables);
        throw refusal;
      });
      checkAnswer(service, database, { data, errors }, variables);
      return { data: data ?? {}, errors, statements, trips };
    };
  const run = runOn(service.publicSchema);
  const platformKey = config.platformKey;
  return {
    service,
    database,
    clock,
    platformKey,
    run,
    runSubgraph: runOn(service.subgraphSchema),
    createBrand: (slug, brand) => createBrand(run, platformKey, slug, brand ?? {}),
    async close() {
      await service.close();
      if (options.database !== undefined) return;
      try {
        if (options.inventsBooks !== true) await assertBooks(database);
      } finally {
        await database.drop();
      }
    },
  };
}

const nobodyReads = { error: () => undefined, warn: () => undefined };

/** Throws unless the answer, as a client over HTTP would read it, is clean. */
function checkAnswer(
  { config }: Service,
  { url }: TestDatabase,
  { data, errors = [] }: { data?: unknown; errors?: readonly unknown[] },
  sent: unknown,
): void {
  const read = formatErrors(errors, config.limits, nobodyReads, randomUUID);
  const { platformKey, routerSecret, tokenSecret } = config;
  const canaries = [url, platformKey, routerSecret, tokenSecret, process.cwd()];
  assertClean({ data, errors: read }, { canaries, sent });
}

async function createBrand(
  run: TestService['run'],
  platformKey: string,
  slug: string,
  { budget = 0, timezone = 'UTC' }: { budget?: number; timezone?: string },
): Promise<TestBrand> {
  const created = await run(
    `mutation ($input: CreateBrandInput!) {
      createBrand(input: $input) { brand { id } apiKey userErrors { code } } }`,
    { input: { name: slug, slug, timezone, idempotencyKey: newKey() } },
    platformKey,
  );
  if (!created.data['createBrand']?.brand) throw new Error(JSON.stringify(created));
  const { brand, apiKey } = created.data['createBrand'];
  if (budget > 0) {
    const issued = await run(
      `mutation ($input: IssueMuInput!) { issueMu(input: $input) { userErrors { code } } }`,
      {
        input: { brandId: brand.id, amount: budget, reason: 'purchase', idempotencyKey: newKey() },
      },
      platformKey,
    );
    if (issued.errors) throw new Error(JSON.stringify(issued.errors));
  }
  return { id: brand.id, slug, apiKey };
}
