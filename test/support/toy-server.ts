import { connect } from 'node:net';
import { createHttpServer, type HttpOptions } from '../../src/server/http';
import { createToyService, type ToyOptions, type ToyService } from './toy-service';

/** An answer with its body read. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  json: any;
}

/** A toy service on a port of the loopback. */
export interface ToyServer {
  url: string;
  service: ToyService;
  fetch(path: string, init?: RequestInit): Promise<Answer>;
  /** Sends a GraphQL operation by POST as the bearer of a toy caller; none means anonymous. */
  run(query: string, bearer?: string, more?: Partial<GraphQLBody>): Promise<Answer>;
  /** Writes bytes to a fresh connection and answers what came back until it was closed. */
  raw(text: string): Promise<string>;
  close(): Promise<void>;
}

/** Makes the field `held` wait until the answered function is called. */
export function holdBack({ service: { seen } }: ToyServer): () => void {
  let open = (): void => undefined;
  seen.gate = new Promise((resolve) => (open = resolve));
  return () => open();
}

/** Waits for something that is sure to come about. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

interface GraphQLBody {
  variables: Record<string, unknown>;
  operationName: string;
  headers: Record<string, string>;
  path: string;
}

export async function startToyServer(options: ToyOptions & HttpOptions = {}): Promise<ToyServer> {
  const service = createToyService(options);
  const server = await createHttpServer(service, options);
  const { url } = await server.listen();
  const ask = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const response = await fetch(`${url}${path}`, init);
    return read(response);
  };
  return {
    url,
    service,
    fetch: ask,
    run: (query, bearer, { variables, operationName, headers, path = '/graphql' } = {}) =>
      ask(path, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
          ...headers,
        },
        body: JSON.stringify({ query, variables, operationName }),
      }),
    raw: (text) => raw(url, text),
    close: () => server.close(),
  };
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson && text !== '' ? JSON.parse(text) : undefined,
  };
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

/** Holds an answer to what every refusal is: JSON, coded, and silent about us and about what was sent. */
export function expectRefusal(answer: Answer, status: number, code: string, sent?: string): void {
  expect({ status: answer.status, code: answer.json?.errors?.[0]?.extensions?.code }).toEqual({
    status,
    code,
  });
  expect(answer.headers.get('content-type')).toMatch(/^application\/(graphql-response\+)?json/);
  expect(answer.text).not.toMatch(/stack|node_modules|\n\s+at |FST_|<html/i);
  if (sent !== undefined) expect(answer.text).not.toContain(sent);
}
