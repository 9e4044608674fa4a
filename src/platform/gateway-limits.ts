import { limit } from './limit-setting';

/** What the gateway gives partners' subgraphs and remembers of operations. */
export const gatewayLimits = {
  subgraphTimeoutMs: limit(
    'LIMIT_SUBGRAPH_TIMEOUT_MS',
    5000,
    'A client waits no longer for a part of its answer.',
  ),
  subgraphBytes: limit(
    'LIMIT_SUBGRAPH_BYTES',
    5 * 1024 * 1024,
    'A hundred times a large page; more is a fault, and would be held in memory.',
  ),
  subgraphConnections: limit(
    'LIMIT_SUBGRAPH_CONNECTIONS',
    64,
    'Kept open to each partner; a slow one queues its own requests only.',
  ),
  subgraphRetries: limit(
    'LIMIT_SUBGRAPH_RETRIES',
    1,
    'A lost connection is worth another try; a partner that is down is not.',
  ),
  subgraphFailures: limit(
    'LIMIT_SUBGRAPH_FAILURES',
    5,
    'Failures in a row after which a partner is left alone for a while.',
  ),
  subgraphPauseMs: limit(
    'LIMIT_SUBGRAPH_PAUSE_MS',
    10_000,
    'How long it is left alone before one request tries again.',
  ),
  supergraphPollMs: limit(
    'LIMIT_SUPERGRAPH_POLL_MS',
    30_000,
    'A partner’s new fields show within half a minute.',
  ),
  apqEntries: limit(
    'LIMIT_APQ_ENTRIES',
    1000,
    'As many operations as the plans that are kept; 0 keeps no registered documents.',
  ),
  apqBytes: limit(
    'LIMIT_APQ_BYTES',
    4 * 1024 * 1024,
    'A thousand documents of 4 KiB, so that strangers cannot fill the memory.',
  ),
  manifestPollMs: limit(
    'LIMIT_MANIFEST_POLL_MS',
    5000,
    'New operations run within seconds of their delivery; looking costs one call of the file system.',
  ),
  supergraphLongestPollMs: limit(
    'LIMIT_SUPERGRAPH_LONGEST_POLL_MS',
    600_000,
    'Where an SDL cannot be had, each failure doubles the time to the next try, up to ten minutes.',
  ),
  plans: limit('LIMIT_PLANS', 1000, 'Distinct operations of all the frontends a graph has.'),
  planText: limit(
    'LIMIT_PLAN_TEXT',
    4 * 1024 * 1024,
    'A thousand large operations; a document of few tokens may be as long as a body.',
  ),
} as const;
