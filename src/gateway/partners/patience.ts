import {
  BrokenCircuitError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleType,
  handleWhen,
  retry,
} from 'cockatiel';
import type { Limits } from '../../platform/limits';
import type { Log } from '../../platform/log';
import { SubgraphError } from '../subgraph';
import { fault } from './fault';
import type { BreakerState, PartnerReport } from './partner-report';

/** Faults of the way to the partner, which another try may not meet. */
const passing = ['connection', 'busy'];
const backoff = { initialDelay: 50, maxDelay: 250 };

export type PatienceLimits = Pick<
  Limits,
  'subgraphRetries' | 'subgraphFailures' | 'subgraphPauseMs'
>;

/**
 * How often a partner is asked: a query twice when its connection was lost, and nothing at all for a
 * while after failures in a row. A fetch counts as one failure, however often it was sent.
 */
export class Patience {
  private readonly again;
  private readonly breaker;

  constructor(
    private readonly subgraph: string,
    limits: PatienceLimits,
    private readonly report: PartnerReport,
    log: Log,
  ) {
    const isPassing = (error: Error) =>
      error instanceof SubgraphError && passing.includes(error.reason);
    this.again = retry(handleWhen(isPassing), {
      maxAttempts: limits.subgraphRetries,
      backoff: new ExponentialBackoff(backoff),
    });
    this.breaker = circuitBreaker(handleType(SubgraphError, countsAgainstPartner), {
      halfOpenAfter: limits.subgraphPauseMs,
      breaker: new ConsecutiveBreaker(limits.subgraphFailures),
    });
    this.again.onRetry(() => report.retry(subgraph));
    this.breaker.onStateChange(() => {
      report.breaker(subgraph, this.state);
      log.warn({ subgraph, breaker: this.state }, 'a partner is left alone, tried or back');
    });
    report.breaker(subgraph, this.state);
  }

  get state(): BreakerState {
    const { state } = this.breaker;
    if (state === CircuitState.Closed) return 'closed';
    return state === CircuitState.HalfOpen ? 'half-open' : 'open';
  }

  /**
   * Runs `send` if the partner is not left alone now, again only if `repeatable`. Throws SubgraphError
   * `open` without sending; while one request tries whether the partner is back, the others do not wait
   * for it.
   */
  async run<T>(send: () => Promise<T>, repeatable: boolean, signal: AbortSignal): Promise<T> {
    if (this.state === 'half-open') throw this.refusal();
    try {
      return await this.breaker.execute(() =>
        repeatable ? this.again.execute(send, signal) : send(),
      );
    } catch (error) {
      throw error instanceof BrokenCircuitError ? this.refusal() : error;
    }
  }

  private refusal(): SubgraphError {
    this.report.refused(this.subgraph);
    return fault(this.subgraph, 'open');
  }
}

/**
 * What we could not send, or stopped ourselves, says nothing of the partner; and who asks for too much
 * must not be able to have it left alone for everybody.
 */
function countsAgainstPartner({ reason }: SubgraphError): boolean {
  return !['unsendable', 'stopped', 'too-large'].includes(reason);
}
