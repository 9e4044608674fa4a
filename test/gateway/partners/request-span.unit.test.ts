import { context, propagation, SpanStatusCode, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import type { RequestListener } from 'node:http';
import {
  answering,
  fetchOf,
  partnerAt,
  toyServer,
  until,
  type Heard,
  type ToyServer,
} from '../../support/toy-partner';

const exporter = new InMemorySpanExporter();
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
let heard: Heard[] = [];
let server: ToyServer;
let listener: RequestListener;

beforeAll(() => provider.register());

afterAll(async () => {
  await provider.shutdown();
  trace.disable();
  context.disable();
  propagation.disable();
});

beforeEach(async () => {
  exporter.reset();
  heard = [];
  listener = answering(heard, () => ({ data: { a: 1 } }));
  server = await toyServer((request, response) => listener(request, response));
});

afterEach(() => server.close());

const ofClient = { traceparent: '00-0000000000000000000000000000dead-000000000000dead-01' };

async function asked(
  forward: string[] = [],
  clientHeaders: Record<string, string> = ofClient,
): Promise<void> {
  const { partner } = partnerAt(server.url, { subgraphRetries: 1 }, { forward });
  await partner
    .ask(fetchOf('query { a(secret: 1) }', { b: 2 }, { clientHeaders }))
    .catch(() => null);
  await partner.close();
}

it('A request to a partner is a client span of ours that says nothing of the operation', async () => {
  const parent = trace.getTracer('test').startSpan('parent');
  await context.with(trace.setSpan(context.active(), parent), () => asked(['traceparent']));
  const [span] = exporter.getFinishedSpans();
  expect(span!.name).toBe('subgraph shop');
  expect(span!.parentSpanContext?.spanId).toBe(parent.spanContext().spanId);
  expect(span!.attributes).toEqual({
    'graphql.operation.type': 'query',
    'http.request.method': 'POST',
    'http.response.status_code': 200,
    'server.address': '127.0.0.1',
    outcome: 'answered',
  });
  const { traceId, spanId } = span!.spanContext();
  expect(heard[0]!.headers['traceparent']).toBe(`00-${traceId}-${spanId}-01`);
});

it('Each try is a span, and one that failed says why', async () => {
  listener = (request) => request.socket.destroy();
  await asked();
  await until(() => exporter.getFinishedSpans().length === 2);
  for (const { attributes, status } of exporter.getFinishedSpans()) {
    expect(attributes).toMatchObject({ outcome: 'connection' });
    expect(status.code).toBe(SpanStatusCode.ERROR);
  }
});

describe('where no spans are made', () => {
  beforeAll(() => trace.disable());

  it('the trace of the client goes on as it came, though nobody lists its headers', async () => {
    await asked([], { ...ofClient, tracestate: 'shop=1' });
    await asked([], { ...ofClient, tracestate: 'a='.padEnd(513, 'b') });
    const [whole, stateless] = heard.map(({ headers }) => headers);
    expect(whole).toMatchObject({ ...ofClient, tracestate: 'shop=1' });
    expect(stateless).toMatchObject(ofClient);
    expect(stateless).not.toHaveProperty('tracestate');
  });

  it('what is no trace does not go on', async () => {
    for (const traceparent of ['', 'x', `ff${ofClient.traceparent.slice(2)}`, '00-1-2-01']) {
      await asked([], { traceparent, tracestate: 'shop=1' });
    }
    for (const { headers } of heard) {
      expect(headers).not.toHaveProperty('traceparent');
      expect(headers).not.toHaveProperty('tracestate');
    }
    expect(heard).toHaveLength(4);
  });
});
