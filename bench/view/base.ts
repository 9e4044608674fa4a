import { theBrand } from '../load/brand';
import { databaseOf, openService, type LoadService, type Place, type Size } from '../load/place';
import { developmentSecrets } from '../../src/platform/config';
import { execute } from '../../src/server/execute';
import { startServer } from '../started-server';
import type { Question } from './questions';

/** A base with the real server on it. */
export interface Base extends Size {
  url: string;
  key: string;
  segments: Record<string, string>;
  /** Statements of one asking, reads alone. */
  statementsOf(question: Question, variables: object): Promise<number>;
  stop(): Promise<void>;
}

const plenty = '1000000000000';
// Costs are charged as ever; what the bench asks is more than a brand may.
const environment = {
  NODE_ENV: 'production',
  PORT: '0',
  LOG_LEVEL: 'info',
  LIMIT_BRAND_BUCKET: plenty,
  LIMIT_BRAND_BUCKET_PER_SECOND: plenty,
  LIMIT_OPERATION_COST: '1000000',
};

/** Starts the server as it ships on a base that `bench:load` has filled. */
export async function openBase(place: Place, size: Size): Promise<Base> {
  const database = place.urlOf(databaseOf(size));
  const service = await openService(database);
  const { key } = await theBrand(service);
  const segments = await segmentsOf(service, key);
  const server = await startServer({
    PLATFORM_KEY: developmentSecrets.platformKey,
    ROUTER_SECRET: developmentSecrets.routerSecret,
    TOKEN_SECRET: developmentSecrets.tokenSecret,
    ...process.env,
    ...environment,
    DATABASE_URL: database,
  });
  return {
    ...size,
    key,
    segments,
    url: server.url,
    async statementsOf({ text }, variables) {
      const asked = await execute(service, service.publicSchema, text, { ...variables }, key);
      if (asked.errors !== undefined) throw asked.errors[0] as Error;
      return asked.statements;
    },
    async stop() {
      await Promise.all([server.stop(), service.close()]);
    },
  };
}

async function segmentsOf(service: LoadService, key: string): Promise<Record<string, string>> {
  const text = '{ brand { segments(first: 20) { nodes { id name } } } }';
  const { data } = await execute(service, service.publicSchema, text, {}, key);
  const { brand } = data as { brand: { segments: { nodes: { id: string; name: string }[] } } };
  return Object.fromEntries(brand.segments.nodes.map(({ id, name }) => [name, id]));
}
