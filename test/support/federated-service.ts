import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { startHttpService, type HttpService } from './http-service';
import { startPartner, type PartnerGraph, type PartnerServer } from './partner-server';
import type { TestServiceOptions } from './test-service';

/** The service before partners' subgraphs, all on ports of the loopback. */
export interface FederatedService<Name extends string> extends HttpService {
  partners: Record<Name, PartnerServer>;
  /** Forgets what partners were asked. */
  forget(): void;
  /** Waits until a field is in the graph, or has left it; the test's own time limit ends the wait. */
  untilServed(query: string, bearer: string, isServed?: boolean): Promise<void>;
}

/** How a service is federated: what its supergraph.yaml says beside the partners. */
export interface FederationOptions<Name extends string> extends TestServiceOptions {
  partners: Record<Name, PartnerGraph>;
  /** More words for a partner's entry. */
  settings?: Partial<Record<Name, Record<string, unknown>>>;
  contracts?: Record<string, { exclude?: string[]; include?: string[] }>;
  policies?: Record<string, string[][]>;
}

/** Starts partners and the service that federates them; `close` stops them all. */
export async function startFederatedService<Name extends string>({
  partners: graphs,
  settings = {},
  contracts,
  policies,
  ...options
}: FederationOptions<Name>): Promise<FederatedService<Name>> {
  const started = await Promise.all(
    Object.entries<PartnerGraph>(graphs).map(([name, graph]) => startPartner(name, graph)),
  );
  const subgraphs = started.map(({ name, url }) => [
    name,
    { routing_url: url, schema: { subgraph_url: url }, ...settings[name as Name] },
  ]);
  const folder = mkdtempSync(join(tmpdir(), 'federation-'));
  const config = join(folder, 'supergraph.yaml');
  const yaml = { subgraphs: Object.fromEntries(subgraphs), contracts, policies };
  writeFileSync(config, stringify(JSON.parse(JSON.stringify(yaml))));
  mkdirSync(join(folder, 'data'));
  const env = { SUPERGRAPH_CONFIG: config, DATA_DIR: join(folder, 'data'), ...options.env };
  const limits = { supergraphPollMs: 50, ...options.limits };
  const t = await startHttpService({ ...options, env, limits });
  const partners = Object.fromEntries(started.map((partner) => [partner.name, partner]));
  return {
    ...t,
    partners: partners as Record<Name, PartnerServer>,
    forget: () => started.forEach(({ asked }) => asked.splice(0)),
    async untilServed(query, bearer, isServed = true) {
      while (
        ((await t.ask(query, {}, bearer)).codes[0] !== 'GRAPHQL_VALIDATION_FAILED') !==
        isServed
      ) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async close() {
      await t.close();
      await Promise.all(started.map((partner) => partner.close()));
    },
  };
}
