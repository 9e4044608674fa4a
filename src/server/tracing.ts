import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
} from '@opentelemetry/api';
import type { IncomingHttpHeaders } from 'node:http';
import type { Config } from '../platform/config';

/** The tracing of this process. */
export interface Tracing {
  /** Sends what is still held. */
  stop(): Promise<void>;
}

const state = { on: false };

/**
 * Sends spans where `OTEL_EXPORTER_OTLP_ENDPOINT` says; the SDK reads its other `OTEL_*` variables
 * itself. Without an endpoint nothing is loaded and a request pays nothing: partners' subgraphs then
 * get the trace context of the client as it came.
 */
export async function startTracing({ traceEndpoint }: Config): Promise<Tracing> {
  if (traceEndpoint === undefined) return { stop: async () => undefined };
  state.on = true;
  const provider = await exportingProvider();
  const { AsyncLocalStorageContextManager } = await import('@opentelemetry/context-async-hooks');
  const { W3CTraceContextPropagator } = await import('@opentelemetry/core');
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  return {
    async stop() {
      await provider.shutdown();
      state.on = false;
      trace.disable();
      propagation.disable();
      context.disable();
    },
  };
}

async function exportingProvider() {
  const { BatchSpanProcessor, NodeTracerProvider } = await import('@opentelemetry/sdk-trace-node');
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const { defaultResource, resourceFromAttributes } = await import('@opentelemetry/resources');
  const { ATTR_SERVICE_NAME } = await import('@opentelemetry/semantic-conventions');
  const name = process.env['OTEL_SERVICE_NAME'] ?? 'atomic-rewards';
  return new NodeTracerProvider({
    resource: defaultResource().merge(resourceFromAttributes({ [ATTR_SERVICE_NAME]: name })),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
}

/** Runs the work of a request inside a span that goes on with the trace of its sender. */
export function traced<T>(
  headers: IncomingHttpHeaders,
  attributes: Attributes,
  work: () => Promise<T>,
): Promise<T> {
  if (!state.on) return work();
  const sender = propagation.extract(ROOT_CONTEXT, headers);
  const options = { kind: SpanKind.SERVER, attributes };
  return trace.getTracer('server').startActiveSpan('graphql', options, sender, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}
