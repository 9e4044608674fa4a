import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { developmentSecrets } from '../../src/platform/config';
import { afterwards, cleanUp } from '../support/afterwards';
import { eventually, SpawnedService } from '../support/spawned-service';
import { createTestDatabase } from '../support/test-database';
import type { Data } from '../support/test-service';
import { answering, toyServer, type Heard } from '../support/toy-partner';

/** A span as OTLP has it in JSON. */
interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  status: { code?: number };
  attributes: { key: string; value: Data }[];
}

/** A trace that the client began, and the span it asks from. */
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const clientSpan = '00f067aa0ba902b7';
const traceparent = `00-${traceId}-${clientSpan}-01`;

const weather = 'type Query { weather(place: String!): Weather } type Weather { degrees: Int! }';
const news = 'type Query { news: String }';
const question = '{ weather(place: "the-secret-place") { degrees } news }';

interface Traced {
  service: SpawnedService;
  /** What came to the partner that knows the weather. */
  heard: Heard[];
  /** What came to the collector. */
  spans: Span[];
  collected: Heard[];
}

/** A service between two partners, of which one is out of order, and a collector of traces. */
async function startTraced(exports: boolean): Promise<Traced> {
  const database = await createTestDatabase();
  afterwards(() => database.drop());
  const heard: Heard[] = [];
  const collected: Heard[] = [];
  const partner = await toyServer(answering(heard, () => ({ data: { weather: { degrees: 21 } } })));
  const sick = await toyServer(answering([], () => ({})));
  const collector = await toyServer(answering(collected, () => ({})));
  for (const server of [partner, sick, collector]) afterwards(() => server.close());
  const folder = mkdtempSync(join(tmpdir(), 'rewards-tracing-'));
  afterwards(() => rmSync(folder, { recursive: true, force: true }));
  const subgraphs = {
    weather: { routing_url: partner.url, schema: { sdl: weather } },
    news: { routing_url: sick.url, schema: { sdl: news } },
  };
  const config = join(folder, 'supergraph.yaml');
  writeFileSync(config, JSON.stringify({ federation_version: '=2.9.0', subgraphs }));
  const { origin } = new URL(collector.url);
  const service = new SpawnedService({
    DATABASE_URL: database.url,
    SUPERGRAPH_CONFIG: config,
    ...(exports && { OTEL_EXPORTER_OTLP_ENDPOINT: origin, OTEL_BSP_SCHEDULE_DELAY: '50' }),
  });
  await service.ready();
  return {
    service,
    heard,
    collected,
    get spans() {
      return collected.flatMap(({ body }) => spansIn(JSON.parse(body) as Data));
    },
  };
}

function spansIn(body: Data): Span[] {
  const resources = body['resourceSpans'] as { scopeSpans: { spans: Span[] }[] }[];
  return resources.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
}

async function ask({ service }: Traced, headers: Record<string, string>): Promise<Data> {
  const answer = await fetch(`${await service.ready()}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${developmentSecrets.platformKey}`,
      ...headers,
    },
    body: JSON.stringify({ query: question }),
  });
  return (await answer.json()) as Data;
}

const partsOf = (header: unknown) => String(header).split('-');

afterAll(cleanUp);

describe('A trace', () => {
  it('goes on to partners where nothing is exported', async () => {
    const traced = await startTraced(false);
    await ask(traced, { traceparent, tracestate: 'vendor=1' });
    const [{ headers } = { headers: {} }] = traced.heard;
    expect(headers).toMatchObject({ traceparent, tracestate: 'vendor=1' });
    await ask(traced, {});
    expect(traced.heard[1]?.headers).not.toHaveProperty('traceparent');
    expect(traced.collected).toEqual([]);
  });

  describe('with a collector', () => {
    let traced: Traced;
    let data: unknown;
    let server: Span;
    let clients: Span[];

    beforeAll(async () => {
      traced = await startTraced(true);
      ({ data } = await ask(traced, { traceparent }));
      const ours = () => traced.spans.filter((span) => span.traceId === traceId);
      await eventually(() => ours().length >= 3);
      server = ours().find(({ name }) => name === 'graphql') as Span;
      clients = ours().filter((span) => span !== server && span.spanId !== server.spanId);
    });

    // OTLP counts kinds from one, since nought is “unspecified”.
    it('has one span of the request, below that of its sender', () => {
      expect(data).toEqual({ weather: { degrees: 21 }, news: null });
      expect(server).toMatchObject({ parentSpanId: clientSpan, kind: SpanKind.SERVER + 1 });
    });

    it('has one span for each partner below it, and tells which failed', () => {
      const told = clients.map(({ name, parentSpanId, kind, status }) => ({
        name,
        parentSpanId,
        kind,
        failed: status.code === SpanStatusCode.ERROR,
      }));
      const span = { parentSpanId: server.spanId, kind: SpanKind.CLIENT + 1 };
      expect(told.sort((a, b) => a.name.localeCompare(b.name))).toEqual([
        { name: 'subgraph news', failed: true, ...span },
        { name: 'subgraph weather', failed: false, ...span },
      ]);
    });

    it('is handed on to each partner from its own span', () => {
      const [, trace, parent, flags] = partsOf(traced.heard[0]?.headers['traceparent']);
      const { spanId } = clients.find(({ name }) => name === 'subgraph weather') as Span;
      expect({ trace, parent, flags }).toEqual({ trace: traceId, parent: spanId, flags: '01' });
    });

    it('begins with us where the sender has none', async () => {
      await ask(traced, {});
      const [, trace] = partsOf(traced.heard[1]?.headers['traceparent']);
      const own = () => traced.spans.filter((span) => span.traceId === trace);
      await eventually(() => own().some(({ name }) => name === 'graphql'));
      const root = own().find(({ name }) => name === 'graphql') as Span;
      expect(trace).not.toBe(traceId);
      expect(root.parentSpanId ?? '').toBe('');
    });

    it('says nothing of keys, values or the operation', () => {
      const text = traced.collected.map(({ body }) => body).join('');
      expect(text).toContain('atomic-rewards');
      expect(text).not.toContain('the-secret-place');
      expect(text).not.toContain(developmentSecrets.platformKey);
      expect(text).not.toContain('degrees');
    });
  });
});
