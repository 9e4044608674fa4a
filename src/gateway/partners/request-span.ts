import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { FetchOperation } from '../subgraph';
import type { Course } from './exchange';

/** What a span says of a request to a partner; never the operation or its values. */
export interface SpanSubject {
  subgraph: string;
  kind: FetchOperation['kind'];
  host: string;
}

/** The client span of one request to a partner. */
export interface RequestSpan {
  /** The W3C headers that carry it on; none where nothing is traced. */
  headers: Record<string, string>;
  end(outcome: string, course: Course): void;
}

/** Begins the span of a request that is about to be sent. */
export function requestSpan({ subgraph, kind, host }: SpanSubject): RequestSpan {
  const span = trace.getTracer('gateway').startSpan(`subgraph ${subgraph}`, {
    kind: SpanKind.CLIENT,
    attributes: {
      'graphql.operation.type': kind,
      'http.request.method': 'POST',
      'server.address': host,
    },
  });
  const headers: Record<string, string> = {};
  propagation.inject(trace.setSpan(context.active(), span), headers);
  return {
    headers,
    end(outcome, { status }) {
      span.setAttribute('outcome', outcome);
      if (status !== undefined) span.setAttribute('http.response.status_code', status);
      if (outcome !== 'answered') span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}
