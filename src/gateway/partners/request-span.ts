import {
  context,
  isSpanContextValid,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { IncomingHttpHeaders } from 'node:http';
import type { FetchOperation } from '../subgraph';
import type { Course } from './reception';

/** What a span says of a request to a partner; never the operation or its values. */
export interface SpanSubject {
  subgraph: string;
  kind: FetchOperation['kind'];
  host: string;
  /** What the client sent; its trace goes on where we make no spans of our own. */
  clientHeaders: IncomingHttpHeaders | undefined;
}

/** The client span of one request to a partner. */
export interface RequestSpan {
  /** The W3C headers that carry it on; none where nobody traces. */
  headers: Record<string, string>;
  end(outcome: string, course: Course): void;
}

const traceParent = /^(?!ff)[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}(-|$)/;
const longestState = 512;

/** Begins the span of a request that is about to be sent. */
export function requestSpan({ subgraph, kind, host, clientHeaders }: SpanSubject): RequestSpan {
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
  if (!isSpanContextValid(span.spanContext())) Object.assign(headers, passedOn(clientHeaders));
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

/** The trace of the client as it came, by the W3C's rules for who takes no part in it. */
function passedOn(clientHeaders: IncomingHttpHeaders = {}): Record<string, string> {
  const { traceparent, tracestate } = clientHeaders;
  if (typeof traceparent !== 'string' || !traceParent.test(traceparent)) return {};
  const keepsState = typeof tracestate === 'string' && tracestate.length <= longestState;
  return keepsState ? { traceparent, tracestate } : { traceparent };
}
