import { limit, type LimitSetting } from './limit-setting';

/** What a request may ask, and what the process and its database give it. */
export const requestLimits = {
  bodyBytes: limit(
    'LIMIT_BODY_BYTES',
    256 * 1024,
    'A large operation with its variables is a tenth of this.',
  ),
  batchBodyBytes: limit(
    'LIMIT_BATCH_BODY_BYTES',
    1024 * 1024,
    'Room for 500 events of 2 KiB each, or 1,000 of an import of 1 KiB.',
  ),
  tokens: limit('LIMIT_TOKENS', 2000, 'The largest operation we ship has under 600 tokens.'),
  depth: limit('LIMIT_DEPTH', 12, 'The deepest lineage query we ship is 9 levels.'),
  aliases: limit('LIMIT_ALIASES', 30, 'A page with thirty renamed fields is already unusual.'),
  rootFields: limit('LIMIT_ROOT_FIELDS', 10, 'More questions belong in more requests.'),
  rootMutations: limit('LIMIT_ROOT_MUTATIONS', 5, 'Lists of commands have batch mutations.'),
  repeats: limit('LIMIT_REPEATS', 200, 'Validation compares fields of one name pair by pair.'),
  directivesPerField: limit(
    'LIMIT_DIRECTIVES_PER_FIELD',
    10,
    'No honest document repeats directives.',
  ),
  errorsReturned: limit('LIMIT_ERRORS_RETURNED', 10, 'Ten errors are enough to mend a request.'),
  pageSize: limit('LIMIT_PAGE_SIZE', 100, 'One page stays one quick statement.'),
  listInput: limit('LIMIT_LIST_INPUT', 500, 'A batch commits within the statement timeout.'),
  representations: limit('LIMIT_REPRESENTATIONS', 1000, "A router's largest page of entities."),
  operationCost: limit(
    'LIMIT_OPERATION_COST',
    2000,
    'Ten full customer pages of twenty; keeps one request from holding the process.',
  ),
  inFlight: limit('LIMIT_IN_FLIGHT', 2000, 'Answers to more would come too late to be of use.'),
  loopDelayMs: limit(
    'LIMIT_LOOP_DELAY_MS',
    250,
    'A process that turns slower has taken in too much; health checks must be answered within a second.',
  ),
  heapPercent: limit(
    'LIMIT_HEAP_PERCENT',
    85,
    'Beyond it the collector takes the time that requests need, and then the process ends.',
  ),
  anonymousBucket: limit(
    'LIMIT_ANONYMOUS_BUCKET',
    1000,
    'Ten introspections; nothing else is open.',
  ),
  anonymousBucketPerSecond: limit('LIMIT_ANONYMOUS_BUCKET_PER_SECOND', 50, 'Shared by an address.'),
  customerBucket: limit(
    'LIMIT_CUSTOMER_BUCKET',
    10_000,
    'Five operations of the largest size at once.',
  ),
  customerBucketPerSecond: limit(
    'LIMIT_CUSTOMER_BUCKET_PER_SECOND',
    500,
    'A person taps a few times a second.',
  ),
  brandBucket: limit(
    'LIMIT_BRAND_BUCKET',
    200_000,
    'A burst of two seconds at the sustained rate.',
  ),
  brandBucketPerSecond: limit(
    'LIMIT_BRAND_BUCKET_PER_SECOND',
    100_000,
    '5,000 recordAttention a second at cost 20.',
  ),
  platformBucket: limit('LIMIT_PLATFORM_BUCKET', 200_000, 'As a brand.'),
  platformBucketPerSecond: limit('LIMIT_PLATFORM_BUCKET_PER_SECOND', 100_000, 'As a brand.'),
  compileAfter: limit(
    'LIMIT_COMPILE_AFTER',
    5,
    'Compiling an operation takes as long as running it some twenty times; most that come six times come for ever.',
  ),
  compiledOperations: limit(
    'LIMIT_COMPILED_OPERATIONS',
    500,
    'The operations of all the frontends at one time; code of an operation is freed only when it is forgotten.',
  ),
  compiledFields: limit(
    'LIMIT_COMPILED_FIELDS',
    1000,
    'Code of as many fields is made in some 20 ms; the largest operation we ship has a quarter.',
  ),
  statementMs: limit(
    'LIMIT_STATEMENT_MS',
    5000,
    'A statement that runs longer is a bug or an attack.',
  ),
  jobStatementMs: limit(
    'LIMIT_JOB_STATEMENT_MS',
    60_000,
    'A job may read all customers of a brand in one statement, which no request waits for.',
  ),
  lockMs: limit(
    'LIMIT_LOCK_MS',
    3000,
    'A writer that waits longer should be retried by its sender.',
  ),
  migrationLockMs: limit(
    'LIMIT_MIGRATION_LOCK_MS',
    1000,
    'Whoever wants the same table waits behind a migration for as long as it waits.',
  ),
  migrationTries: limit(
    'LIMIT_MIGRATION_TRIES',
    30,
    'With the pauses between them about two and a half minutes; what holds a table for longer is to be looked at.',
  ),
  idleInTransactionMs: limit(
    'LIMIT_IDLE_IN_TRANSACTION_MS',
    10_000,
    'A stuck holder of locks is ended.',
  ),
  poolWaitMs: limit(
    'LIMIT_POOL_WAIT_MS',
    2000,
    'Better a retryable answer than a queue without end.',
  ),
  readConnections: limit(
    'LIMIT_READ_CONNECTIONS',
    8,
    'More than the cores of one database can use.',
  ),
  writerLanes: limit(
    'LIMIT_WRITER_LANES',
    2,
    'One lane fills a core; two overlap commit and work.',
  ),
  laneOverlap: limit(
    'LIMIT_LANE_OVERLAP',
    32,
    'So many waiting events are worth a second transaction of a lane: what it costs before it holds any is then small.',
  ),
  laneQueue: limit(
    'LIMIT_LANE_QUEUE',
    5000,
    'About one second of work; beyond it the answer is UNAVAILABLE.',
  ),
  laneWaitMs: limit(
    'LIMIT_LANE_WAIT_MS',
    1000,
    'When the first in line has waited so long, whoever comes next would wait longer than people do.',
  ),
  readWaitMs: limit(
    'LIMIT_READ_WAIT_MS',
    500,
    'At twice what the database can do, those already in line then wait a second, half of what the pool allows.',
  ),
  batchCommands: limit(
    'LIMIT_BATCH_COMMANDS',
    512,
    'Gains of larger batches end here; row cost dominates.',
  ),
  requestMs: limit('LIMIT_REQUEST_MS', 15_000, 'Slow senders are cut off.'),
  headerBytes: limit(
    'LIMIT_HEADER_BYTES',
    16 * 1024,
    'Node default; keys and tokens are far smaller.',
  ),
  drainMs: limit('LIMIT_DRAIN_MS', 10_000, 'Requests in flight at SIGTERM may finish this long.'),
} as const satisfies Record<string, LimitSetting>;
