import { Pool } from 'undici';
import type { Limits } from '../../platform/limits';
import type { SubgraphFetch } from '../subgraph';
import { exchange, type Outgoing, type Received } from './exchange';
import { causeCode, faultOf } from './fault';
import type { PartnerReport } from './partner-report';
import type { Course } from './reception';
import { requestSpan } from './request-span';

export type LineLimits = Pick<Limits, 'subgraphBytes' | 'subgraphConnections'>;

export interface LineParts {
  subgraph: string;
  url: URL;
  /** Milliseconds a connection may take to come about. */
  connectMs: number;
  limits: LineLimits;
  report: PartnerReport;
}

/** The connections to a partner that queries and mutations go over, and what is known of them. */
export class Line {
  underWay = 0;
  lastAnswerAt: Date | null = null;
  lastFault: { at: Date; reason: string } | null = null;
  private readonly pool: Pool;

  constructor(private readonly parts: LineParts) {
    this.pool = new Pool(parts.url.origin, {
      connections: parts.limits.subgraphConnections,
      pipelining: 1,
      connect: { timeout: parts.connectMs },
      // The deadline of the whole fetch is the one clock there is.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  /** One HTTP request, with its span and its figures. Throws SubgraphError. */
  async request(fetch: SubgraphFetch, outgoing: Outgoing, signal: AbortSignal): Promise<Received> {
    const { subgraph, url, limits, report } = this.parts;
    const { kind } = fetch.operation;
    const course: Course = { bytes: 0 };
    const started = performance.now();
    const { clientHeaders } = fetch.context;
    const span = requestSpan({ subgraph, kind, host: url.hostname, clientHeaders });
    const traced = { ...outgoing, headers: { ...outgoing.headers, ...span.headers } };
    const parts = { subgraph, pool: this.pool, most: limits.subgraphBytes };
    let outcome = 'answered';
    this.underWay += 1;
    try {
      const received = await exchange(parts, traced, signal, course);
      this.lastAnswerAt = new Date();
      return received;
    } catch (error) {
      const fault = faultOf(subgraph, error, signal);
      outcome = fault.reason;
      this.lastFault = { at: new Date(), reason: outcome };
      const facts = { subgraph, reason: outcome, status: course.status, cause: causeCode(error) };
      fetch.context.log.warn(facts, 'a partner gave no answer');
      throw fault;
    } finally {
      this.underWay -= 1;
      span.end(outcome, course);
      const seconds = (performance.now() - started) / 1000;
      report.request({ subgraph, kind, outcome, seconds, bytes: course.bytes });
    }
  }

  /** Ends the connections when the requests under way are over. */
  async close(): Promise<void> {
    if (!this.pool.closed) await this.pool.close();
  }

  /** Ends the connections at once; requests under way are lost. */
  async cutOff(): Promise<void> {
    await this.pool.destroy();
  }
}
