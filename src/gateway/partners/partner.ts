import type { Limits } from '../../platform/limits';
import type { Log } from '../../platform/log';
import type { Subgraph, SubgraphAnswer, SubgraphFetch } from '../subgraph';
import type { PartnerSettings } from '../supergraph';
import { withDeadline } from './deadline';
import { answerIn, type Outgoing, type Received } from './exchange';
import { InFlight } from './in-flight';
import { Line, type LineLimits } from './line';
import { outgoingHeaders } from './outgoing-headers';
import type { BreakerState, PartnerReport } from './partner-report';
import { Patience, type PatienceLimits } from './patience';
import { readAnswer } from './read-answer';
import { Streams } from './streams';

export type PartnerLimits = Pick<Limits, 'subgraphTimeoutMs'> & LineLimits & PatienceLimits;

export interface PartnerParts {
  limits: PartnerLimits;
  /** For what belongs to no request. */
  log: Log;
  report: PartnerReport;
}

/** How a partner does, as far as it has been asked. */
export interface PartnerHealth {
  name: string;
  breaker: BreakerState;
  /** HTTP requests that wait for it now. */
  underWay: number;
  /** Subscriptions that are open at it now. */
  streams: number;
  lastAnswerAt: Date | null;
  lastFault: { at: Date; reason: string } | null;
}

/** A subgraph of somebody else, over HTTP. */
export interface Partner extends Subgraph {
  health(): PartnerHealth;
  /**
   * Ends its subscriptions, since another has taken its place. Operations that began with it may still
   * ask; connections that nobody needs any more end by themselves.
   */
  retire(): void;
  /** Ends its subscriptions at once, and its connections when the requests under way are over. */
  close(): Promise<void>;
  /** Ends all of it at once, because nobody waits any more; also after `close`. */
  cutOff(): Promise<void>;
}

/** Makes a partner of its settings; nothing is connected before it is asked. */
export function createPartner(settings: PartnerSettings, parts: PartnerParts): Partner {
  return new HttpPartner(settings, parts);
}

class HttpPartner implements Partner {
  readonly name: string;
  private readonly path: string;
  private readonly timeoutMs: number;
  private readonly line: Line;
  private readonly patience: Patience;
  private readonly streams: Streams;
  private readonly queries = new InFlight<Received>();

  constructor(
    private readonly settings: PartnerSettings,
    private readonly parts: PartnerParts,
  ) {
    const { limits, report, log } = parts;
    const url = new URL(settings.url);
    const subgraph = settings.name;
    this.name = subgraph;
    this.path = url.pathname + url.search;
    this.timeoutMs = settings.timeoutMs ?? limits.subgraphTimeoutMs;
    this.line = new Line({ subgraph, url, connectMs: this.timeoutMs, limits, report });
    this.patience = new Patience(subgraph, limits, report, log);
    this.streams = new Streams({
      subgraph,
      ...settings.subscriptions,
      openMs: this.timeoutMs,
      most: limits.subgraphBytes,
      report,
    });
  }

  async ask(fetch: SubgraphFetch): Promise<SubgraphAnswer> {
    const { operation, variables, context } = fetch;
    const outgoing: Outgoing = {
      path: this.path,
      headers: outgoingHeaders(this.settings, context),
      body: JSON.stringify({ query: operation.text, variables }),
    };
    if (operation.kind !== 'query') return (await this.send(fetch, outgoing)).answer;
    // The same bytes, for somebody of the same headers, are the same question.
    const key = JSON.stringify(outgoing.headers) + outgoing.body;
    const { result, joined } = this.queries.share(key, () => this.send(fetch, outgoing));
    if (!joined) return (await result).answer;
    this.parts.report.shared(this.name);
    // Each reads a copy of its own: what one request does to its answer is no other's affair.
    return answerIn(this.name, (await result).text);
  }

  async listen({ operation, variables, context }: SubgraphFetch): Promise<AsyncIterable<unknown>> {
    const headers = outgoingHeaders(this.settings, context);
    return this.streams.open({ query: operation.text, variables }, headers);
  }

  async answer(_fetch: SubgraphFetch, event: unknown): Promise<SubgraphAnswer> {
    return readAnswer(this.name, event);
  }

  health(): PartnerHealth {
    const { underWay, lastAnswerAt, lastFault } = this.line;
    const { patience, streams, name } = this;
    const breaker = patience.state;
    return { name, breaker, underWay, streams: streams.size, lastAnswerAt, lastFault };
  }

  retire(): void {
    this.streams.close();
  }

  async close(): Promise<void> {
    this.streams.close();
    await this.line.close();
  }

  async cutOff(): Promise<void> {
    this.streams.close();
    await this.line.cutOff();
  }

  /** One fetch, with the tries it has, in the time it has. Throws SubgraphError. */
  private send(fetch: SubgraphFetch, outgoing: Outgoing): Promise<Received> {
    const repeatable = fetch.operation.kind === 'query';
    return withDeadline(this.timeoutMs, (signal) =>
      this.patience.run(() => this.line.request(fetch, outgoing, signal), repeatable, signal),
    );
  }
}
