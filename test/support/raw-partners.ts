import { mkdtempSync, writeFileSync } from 'node:fs';
import type { RequestListener, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { startHttpService, type HttpService } from './http-service';
import type { Data, TestServiceOptions } from './test-service';
import { answering, toyServer, type Heard, type ToyServer } from './toy-partner';

/** A partner that answers whatever a test likes, byte for byte. */
export interface RawPartner extends ToyServer {
  /** Every request whose body was read. */
  heard: Heard[];
  /** Answers all requests from now on. */
  answers(listener: RequestListener): void;
  /** Answers all requests from now on with JSON made of what was sent. */
  says(answer: (sent: Sent) => unknown): void;
}

/** What a partner is asked. */
export interface Sent {
  query: string;
  variables: Data;
  /** What `_entities` is asked for; empty where it is not. */
  representations: Data[];
}

const head = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@authenticated", "@requiresScopes", "@policy", "@tag", "@external", "@listSize"])\n`;

/** Starts a partner on a port of its own; it answers nothing but an empty object until it is told to. */
export async function rawPartner(): Promise<RawPartner> {
  const heard: Heard[] = [];
  const saying = (answer: (sent: Sent) => unknown): RequestListener =>
    answering(heard, ({ body }) => answer(sentIn(body)));
  let listener: RequestListener = saying(() => ({}));
  const server = await toyServer((request, response) => listener(request, response));
  const answers = (next: RequestListener): void => void (listener = next);
  return Object.assign(server, {
    heard,
    answers,
    says: (answer: (sent: Sent) => unknown) => answers(saying(answer)),
  });
}

function sentIn(body: string): Sent {
  const { query, variables = {} } = JSON.parse(body) as { query: string; variables?: Data };
  const [representations = []] = Object.values(variables).filter(
    (value): value is Data[] =>
      Array.isArray(value) && typeof value[0]?.['__typename'] === 'string',
  );
  return { query, variables, representations };
}

/** A partner's part of supergraph.yaml. */
export interface RawEntry {
  sdl: string;
  url: string;
  settings?: Data;
}

/** The service before partners whose SDL is in its configuration. */
export interface ServiceBeforePartners extends HttpService {
  /** Writes another configuration, which the service takes up by itself. */
  configure(entries: Record<string, RawEntry>, more?: Data): void;
}

/** Starts it; whoever started the partners closes them. */
export async function startBefore(
  entries: Record<string, RawEntry>,
  { more = {}, ...options }: TestServiceOptions & { more?: Data } = {},
): Promise<ServiceBeforePartners> {
  const folder = mkdtempSync(join(tmpdir(), 'partners-'));
  const path = join(folder, 'supergraph.yaml');
  const configure: ServiceBeforePartners['configure'] = (next, beside = more) =>
    writeFileSync(path, stringify({ subgraphs: subgraphsOf(next), ...beside }));
  configure(entries);
  const env = { SUPERGRAPH_CONFIG: path, DATA_DIR: folder, ...options.env };
  const limits = { supergraphPollMs: 50, ...options.limits };
  return { ...(await startHttpService({ ...options, env, limits })), configure };
}

function subgraphsOf(entries: Record<string, RawEntry>): Data {
  return Object.fromEntries(
    Object.entries(entries).map(([name, { sdl, url, settings }]) => [
      name,
      { routing_url: url, schema: { sdl: head + sdl }, ...settings },
    ]),
  );
}

/** Sends JSON. */
export function sendJson(response: ServerResponse, value: unknown): void {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
}
