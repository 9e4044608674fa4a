import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startToyServer, type Answer, type ToyServer } from '../../support/toy-server';
import type { ToyOptions } from '../../support/toy-service';

export const me = 'query Me { me { id } }';
export const named = 'query Named {\n  # who\n  me {\n    name\n  }\n}';
export const touch = 'mutation Touch($input: TouchInput!) { touch(input: $input) { count } }';
export const schemaNames = 'query Names { __schema { queryType { name } } }';

/** As Apollo clients and manifests name a document. */
export function sha(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The path of a fresh manifest. */
export function manifestFile(content: unknown): string {
  const path = join(mkdtempSync(join(tmpdir(), 'manifest-')), 'operations.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** The manifest that Apollo's tools would write of these documents. */
export function apolloManifest(...bodies: string[]): unknown {
  const operations = bodies.map((body) => ({ id: sha(body), body, name: 'It', type: 'query' }));
  return { format: 'apollo-persisted-query-manifest', version: 1, operations };
}

/** Sends a body as the toy brand, or as whom it says. */
export function send(server: ToyServer, body: unknown, bearer = 'brand'): Promise<Answer> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${bearer}` };
  return server.fetch('/graphql', { method: 'POST', headers, body: JSON.stringify(body) });
}

/** Asks by address, with nothing but the key. */
export function get(
  server: ToyServer,
  parameters: [name: string, value: string][],
  headers: Record<string, string> = {},
): Promise<Answer> {
  return server.fetch(`/graphql?${new URLSearchParams(parameters).toString()}`, {
    headers: { authorization: 'Bearer brand', ...headers },
  });
}

/** What a client adds that speaks Apollo's protocol. */
export function byHash(sha256Hash: string): { extensions: object } {
  return { extensions: { persistedQuery: { version: 1, sha256Hash } } };
}

/** How often requests came by their document in each way. */
export async function outcomes(server: ToyServer): Promise<Record<string, number>> {
  const { text } = await server.fetch('/metrics');
  const lines = text.matchAll(/^rewards_documents_total\{outcome="(\w+)"\} (\d+)$/gm);
  return Object.fromEntries([...lines].map(([, name = '', count]) => [name, Number(count)]));
}

/** Starts servers, all of which stop when the tests of the file are over. */
export function startsServers(): (options?: ToyOptions) => Promise<ToyServer> {
  const servers: ToyServer[] = [];
  afterAll(() => Promise.all(servers.map((server) => server.close())));
  return async (options = {}) => {
    const server = await startToyServer(options);
    servers.push(server);
    return server;
  };
}
