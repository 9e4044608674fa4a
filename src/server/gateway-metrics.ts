import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { BreakerState, PartnerReport } from '../gateway';
import { watch } from './metrics';

/** What the gateway tells of partners and plans, as figures. */
export interface GatewayMetrics {
  partners: PartnerReport;
  /** `hit`, `miss` or `failed`; a miss and a failure with the milliseconds that planning took. */
  plan(outcome: 'hit' | 'miss' | 'failed', milliseconds: number): void;
  /** `composed` or `refused`. */
  supergraph(outcome: 'composed' | 'refused'): void;
  /** Reads how many plans are remembered, at each scrape. */
  watchPlans(size: () => number): void;
  /** Reads how many things are wrong with the supergraph, at each scrape. */
  watchProblems(count: () => number): void;
}

const breakerStates: readonly BreakerState[] = ['closed', 'half-open', 'open'];

/** Adds the gateway's figures to a registry; without partners they have no values. */
export function gatewayMetrics(registry: Registry): GatewayMetrics {
  const registers = [registry];
  const plans = new Counter({
    name: 'rewards_plans_total',
    help: 'Operations by whether their plan was remembered (hit), made (miss) or impossible (failed).',
    labelNames: ['outcome'],
    registers,
  });
  const planning = new Histogram({
    name: 'rewards_plan_duration_seconds',
    help: 'Time to make a plan.',
    buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.2, 1],
    registers,
  });
  const supergraphs = new Counter({
    name: 'rewards_supergraphs_total',
    help: 'Supergraphs that were taken into service (composed) or not (refused).',
    labelNames: ['outcome'],
    registers,
  });
  return {
    partners: partnerReport(registers),
    plan(outcome, milliseconds) {
      plans.inc({ outcome });
      if (outcome !== 'hit') planning.observe(milliseconds / 1000);
    },
    supergraph: (outcome) => supergraphs.inc({ outcome }),
    watchPlans: (size) => watch(registers, 'rewards_plans_remembered', 'Plans in memory.', size),
    watchProblems(count) {
      const help = 'Why what is configured is not the supergraph that is served: so many reasons.';
      watch(registers, 'rewards_supergraph_problems', help, count);
    },
  };
}

function partnerReport(registers: Registry[]): PartnerReport {
  const labelNames = ['subgraph'];
  const requests = new Histogram({
    name: 'rewards_subgraph_request_duration_seconds',
    help: 'Time of requests to partners’ subgraphs, by kind of operation and outcome.',
    labelNames: ['subgraph', 'kind', 'outcome'],
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
    registers,
  });
  const bytes = counter(registers, 'bytes', 'Bytes of answers of partners.', labelNames);
  const retries = counter(registers, 'retries', 'Queries that were sent once more.', labelNames);
  const shared = counter(registers, 'shared', 'Fetches that shared an equal request.', labelNames);
  const refused = counter(
    registers,
    'refused',
    'Fetches not sent, since the breaker is open.',
    labelNames,
  );
  const breaker = new Gauge({
    name: 'rewards_subgraph_breaker',
    help: '1 at the state the breaker before a partner is in.',
    labelNames: ['subgraph', 'state'],
    registers,
  });
  const streams = new Gauge({
    name: 'rewards_subgraph_streams_open',
    help: 'Subscriptions that are open at a partner.',
    labelNames,
    registers,
  });
  return {
    request({ subgraph, kind, outcome, seconds, bytes: received }) {
      requests.observe({ subgraph, kind, outcome }, seconds);
      bytes.inc({ subgraph }, received);
    },
    retry: (subgraph) => retries.inc({ subgraph }),
    shared: (subgraph) => shared.inc({ subgraph }),
    refused: (subgraph) => refused.inc({ subgraph }),
    breaker(subgraph, state) {
      for (const one of breakerStates) breaker.set({ subgraph, state: one }, one === state ? 1 : 0);
    },
    streams: (subgraph, open) => streams.set({ subgraph }, open),
  };
}

function counter(registers: Registry[], what: string, help: string, labelNames: string[]): Counter {
  return new Counter({ name: `rewards_subgraph_${what}_total`, help, labelNames, registers });
}
