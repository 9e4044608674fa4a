import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { JobReport } from '../platform/feature';
import type { DocumentOutcome } from './documents/document-lookup';
import type { BatchHooks, BatchReport } from '../platform/database/command-batcher';

/** The figures of one process, in a registry of their own. */
export interface Metrics {
  registry: Registry;
  /** To be handed to the command batcher. */
  batchHooks: BatchHooks;
  request(route: string, method: string, status: number, milliseconds: number): void;
  /** `code` is `OK` or the first error's code. */
  operation(endpoint: string, type: string, code: string): void;
  /** How a request to `/graphql` came by its document. */
  document(outcome: DocumentOutcome): void;
  /** To be handed to the background jobs. */
  job: (report: JobReport) => void;
  /** Reads how many commands wait or are in flight, at each scrape. */
  watchLanes(depth: () => number): void;
  /** Reads how many operations are under way and how many may be, at each scrape. */
  watchAdmission(admission: { open: number; room: number }): void;
  /** Reads how many subscriptions are open, at each scrape. */
  watchSubscriptions(open: () => number): void;
}

/** Makes the registry with Node's default figures and ours; names start with `rewards_`. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'rewards_http_request_duration_seconds',
    help: 'Time from the head of a request to the end of its answer.',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
    registers,
  });
  const operations = new Counter({
    name: 'rewards_graphql_operations_total',
    help: 'Operations by endpoint, type and outcome: OK or the code of the first error.',
    labelNames: ['endpoint', 'type', 'code'],
    registers,
  });
  return {
    registry,
    batchHooks: batchHooks(registers),
    request: (route, method, status, milliseconds) =>
      requests.observe({ route, method, status }, milliseconds / 1000),
    operation: (endpoint, type, code) => operations.inc({ endpoint, type, code }),
    document: documentReports(registers),
    job: jobReports(registers),
    watchLanes: (depth) =>
      watch(registers, 'rewards_command_lane_depth', 'Commands waiting or in flight.', depth),
    watchAdmission(admission) {
      const [underWay, room] = ['Operations under way.', 'Operations that may be under way now.'];
      watch(registers, 'rewards_operations_open', underWay, () => admission.open);
      watch(registers, 'rewards_operations_room', room, () => Math.floor(admission.room));
    },
    watchSubscriptions: (open) =>
      watch(registers, 'rewards_subscriptions_open', 'Subscriptions that are open now.', open),
  };
}

function documentReports(registers: Registry[]): (outcome: DocumentOutcome) => void {
  const documents = new Counter({
    name: 'rewards_documents_total',
    help: 'Requests to /graphql by how they came by their document.',
    labelNames: ['outcome'],
    registers,
  });
  return (outcome) => documents.inc({ outcome });
}

function jobReports(registers: Registry[]): (report: JobReport) => void {
  const outcomes = new Counter({
    name: 'rewards_job_outcomes_total',
    help: 'Things a background job ended, by how they came out.',
    labelNames: ['job', 'outcome'],
    registers,
  });
  const waiting = new Gauge({
    name: 'rewards_job_waiting',
    help: 'Things that wait for a background job, as it last saw.',
    labelNames: ['job'],
    registers,
  });
  return (report) => {
    for (const [outcome, count] of Object.entries(report.outcomes ?? {})) {
      outcomes.inc({ job: report.job, outcome }, count);
    }
    if (report.waiting !== undefined) waiting.set({ job: report.job }, report.waiting);
  };
}

function batchHooks(registers: Registry[]): BatchHooks {
  const sizes = new Histogram({
    name: 'rewards_command_batch_size',
    help: 'Commands that shared one database transaction.',
    labelNames: ['kind'],
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
    registers,
  });
  const durations = new Histogram({
    name: 'rewards_command_batch_duration_seconds',
    help: 'Time of a transaction of commands, waits and retries included.',
    labelNames: ['kind', 'outcome'],
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
    registers,
  });
  return {
    report({ kind, size, milliseconds, failed }: BatchReport) {
      sizes.observe({ kind }, size);
      durations.observe({ kind, outcome: failed ? 'failed' : 'committed' }, milliseconds / 1000);
    },
  };
}

/** Adds a gauge that is read at each scrape. */
export function watch(registers: Registry[], name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers,
    collect() {
      this.set(read());
    },
  });
}
