import { createServer, type Server } from 'node:http';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { buildSchema } from 'graphql';
import { SupergraphKeeper, type Supergraph, type SupergraphSettings } from '../../../src/gateway';
import { ConfigError } from '../../../src/platform/config';
import { defaultLimits, type Limits } from '../../../src/platform/limits';
import { header } from './graphs';

/** Our part of the toy graphs, which compose in a few milliseconds. */
export const ownSdl = `${header}
  type Query { me: Person }
  type Person @key(fields: "id") { id: ID! name: String! }
`;

const own = {
  sdl: ownSdl,
  publicSchema: buildSchema('type Query { me: Person } type Person { id: ID! name: String! }'),
};

/** A partner's SDL that adds one field to Person. */
export const adding = (field: string) =>
  `${header} type Person @key(fields: "id") { id: ID! ${field}: Int }`;

/** A subgraph that answers its SDL, and counts how often it is asked. */
export class SdlServer {
  asked: number[] = [];
  headers: NodeJS.Dict<string | string[]> = {};
  status = 200;
  hangs = false;
  private server: Server;

  constructor(public sdl: string | null) {
    this.server = createServer((request, response) => {
      this.asked.push(Date.now());
      this.headers = request.headers;
      request.resume();
      if (this.hangs) return;
      if (this.sdl === null) response.writeHead(500).end('a secret of the partner');
      else if (this.status !== 200) {
        response.writeHead(this.status, { location: '/elsewhere' }).end();
      } else if (request.method === 'GET') response.end(this.sdl);
      else response.end(JSON.stringify({ data: { _service: { sdl: this.sdl } } }));
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/graphql`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

interface LogLine {
  level: number;
  msg: string;
  problem?: string;
}

/** A folder with a configuration, and the keepers that were started on it. */
export class Desk {
  readonly folder = mkdtempSync(join(tmpdir(), 'supergraph-keeper-'));
  readonly log: LogLine[] = [];
  private readonly keepers: SupergraphKeeper[] = [];
  private readonly servers: SdlServer[] = [];

  file(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, text: string): string {
    mkdirSync(join(this.file(name), '..'), { recursive: true });
    writeFileSync(this.file(name), text);
    return this.file(name);
  }

  /** A configuration of these partners: a file by its name, or an address. */
  configure(partners: Record<string, string>, rest = ''): string {
    const entries = Object.entries(partners).map(([name, source]) => {
      const schema = source.startsWith('http') ? { subgraph_url: source } : { file: source };
      return `  ${name}: ${JSON.stringify({ routing_url: 'http://127.0.0.1:9/graphql', schema })}`;
    });
    return this.write('supergraph.yaml', `subgraphs:\n${entries.join('\n')}\n${rest}`);
  }

  keeper(
    settings: Partial<SupergraphSettings> = { config: this.file('supergraph.yaml') },
    limits: Partial<Limits> = {},
  ): SupergraphKeeper {
    const sink = { write: (line: string) => void this.log.push(JSON.parse(line) as LogLine) };
    const keeper = new SupergraphKeeper({
      settings: { config: null, sdl: null, ...settings },
      env: {},
      dataDir: this.file('data'),
      own,
      limits: { ...defaultLimits, supergraphPollMs: 20, subgraphTimeoutMs: 300, ...limits },
      log: pino({ level: 'debug' }, sink),
    });
    this.keepers.push(keeper);
    return keeper;
  }

  async serve(sdl: string | null): Promise<{ server: SdlServer; url: string }> {
    const server = new SdlServer(sdl);
    this.servers.push(server);
    return { server, url: await server.listen() };
  }

  async close(): Promise<void> {
    for (const keeper of this.keepers) keeper.stop();
    for (const server of this.servers) await server.close();
    rmSync(this.folder, { recursive: true });
  }
}

/** The lines of the ConfigError a start ends with. */
export async function refusal(start: Promise<unknown>): Promise<string[]> {
  const error: unknown = await start.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ConfigError);
  return (error as ConfigError).message.split('\n');
}

/** Names of the fields that clients see on Person. */
export function personFields(supergraph: Supergraph | null): string[] {
  const type = supergraph?.schema.getType('Person');
  return type !== undefined && 'getFields' in type ? Object.keys(type.getFields()).sort() : [];
}

/** Waits until it holds, at most twenty seconds. */
export async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error('it never came to hold');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The next supergraph a keeper tells of. */
export function next(keeper: SupergraphKeeper): Promise<Supergraph> {
  return new Promise((resolve) => keeper.onChange(resolve));
}
