import { connect } from 'node:net';
import type { Log } from '../../src/platform/log';
import { createHttpServer, type HttpOptions } from '../../src/server/http';
import { assertClean } from './assert-clean';
import {
  startTestService,
  type Data,
  type TestService,
  type TestServiceOptions,
} from './test-service';

/** An answer with its body read. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed body; empty when it is no JSON. */
  json: Data;
  /** What `data` holds; empty when it is null or absent. */
  data: Data;
  /** The codes of `errors`, in order. */
  codes: string[];
}

/** One of the two doors, or that of a contract. */
export type Door = '/graphql' | '/subgraph' | `/graphql/${string}`;

/** How an operation is sent, beside the document and its variables. */
export interface Sending {
  door?: Door;
  headers?: Record<string, string>;
  operationName?: string;
}

/** The whole service on a database of its own and on a port of the loopback. */
export interface HttpService extends TestService {
  url: string;
  /** Sends any body to any path; an object as JSON. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  fetch(path: string, init?: RequestInit): Promise<Answer>;
  /** Sends an operation as the bearer of a key or token; at `/subgraph` with the router's secret. */
  ask(
    query: string,
    variables?: Record<string, unknown>,
    bearer?: string,
    sending?: Sending,
  ): Promise<Answer>;
  /** Writes bytes to a fresh connection and answers what came back until it was closed. */
  raw(text: string): Promise<string>;
}

/**
 * Starts the service behind its doors. Every JSON answer must be clean: coded, silent about our inside,
 * and without a word of what was sent.
 */
export async function startHttpService(
  options: TestServiceOptions & HttpOptions & { log?: Log } = {},
): Promise<HttpService> {
  const t = await startTestService(options);
  const { config } = t.service;
  t.service.log = options.log ?? t.service.log;
  config.port = 0;
  const server = await createHttpServer(t.service, options);
  const { url } = await server.listen();
  const { platformKey, routerSecret, tokenSecret } = config;
  const canaries = [t.database.url, platformKey, routerSecret, tokenSecret, process.cwd()];
  const ask = async (path: string, init: RequestInit = {}, sent?: unknown): Promise<Answer> => {
    const answer = await read(await fetch(`${url}${path}`, init));
    assertClean(answer.json, { canaries, sent });
    assertPlain(answer);
    return answer;
  };
  const post: HttpService['post'] = (path, body, headers = {}) => {
    const type = { 'content-type': 'application/json', ...headers };
    return ask(path, { method: 'POST', headers: type, body: bodyOf(body) }, variablesOf(body));
  };
  return {
    ...t,
    url,
    post,
    fetch: (path, init) => ask(path, init),
    ask(query, variables, bearer, { door = '/graphql', headers = {}, operationName } = {}) {
      const all: Record<string, string> = {};
      if (bearer !== undefined) all['authorization'] = `Bearer ${bearer}`;
      if (door === '/subgraph') all['x-router-secret'] = routerSecret;
      return post(door, { query, variables, operationName }, { ...all, ...headers });
    },
    raw: (text) => raw(url, text),
    async close() {
      await server.close();
      await t.close();
    },
  };
}

function bodyOf(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (typeof body === 'string') return body;
  return Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body);
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '') && text !== '';
  const json: Data = isJson ? (JSON.parse(text) as Data) : {};
  const errors = (json['errors'] ?? []) as { extensions: { code: string } }[];
  return {
    status: response.status,
    headers: response.headers,
    text,
    json,
    data: (json['data'] ?? {}) as Data,
    codes: errors.map((error) => error.extensions.code),
  };
}

function variablesOf(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'variables' in body ? body.variables : null;
}

const parts = ['message', 'locations', 'path', 'extensions'];
const details = ['code', 'errorId', 'retryable', 'cost', 'subgraph'];

/** Throws when an error has more parts, or more details, than the contract knows. */
function assertPlain({ json, text }: Answer): void {
  const errors = (json['errors'] ?? []) as { extensions: object }[];
  const others = [
    ...errors.flatMap((error) => Object.keys(error).filter((name) => !parts.includes(name))),
    ...errors.flatMap(({ extensions }) =>
      Object.keys(extensions).filter((name) => !details.includes(name)),
    ),
  ];
  if (others.length > 0) throw new Error(`an error also says ${others.join(', ')}\n${text}`);
}

function raw(url: string, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname, () => socket.write(text));
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}
