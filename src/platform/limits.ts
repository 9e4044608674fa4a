interface LimitSetting {
  /** The environment variable that overrides the value. */
  variable: string;
  value: number;
  /** Why the number is what it is; printed in the configuration table. */
  reason: string;
}

function limit(variable: string, value: number, reason: string): LimitSetting {
  return { variable, value, reason };
}

/** Every limit of the service with its default and its reason; each is tested at n and n + 1. */
export const limitSettings = {
  bodyBytes: limit(
    'LIMIT_BODY_BYTES',
    256 * 1024,
    'A large operation with its variables is a tenth of this.',
  ),
  batchBodyBytes: limit(
    'LIMIT_BATCH_BODY_BYTES',
    1024 * 1024,
    'Room for 500 events of 2 KiB each.',
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
  statementMs: limit(
    'LIMIT_STATEMENT_MS',
    5000,
    'A statement that runs longer is a bug or an attack.',
  ),
  lockMs: limit(
    'LIMIT_LOCK_MS',
    3000,
    'A writer that waits longer should be retried by its sender.',
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
  laneQueue: limit(
    'LIMIT_LANE_QUEUE',
    5000,
    'About one second of work; beyond it the answer is UNAVAILABLE.',
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
  amountMu: limit('LIMIT_AMOUNT_MU', 10 ** 15, 'Sums of transfers stay exact in a JSON number.'),
  textBytes: limit('LIMIT_TEXT_BYTES', 2000, 'Subjects, reasons and names are one line.'),
  traitKeys: limit('LIMIT_TRAIT_KEYS', 64, 'Traits are a profile, not a store.'),
  traitDepth: limit('LIMIT_TRAIT_DEPTH', 4, 'Deeper objects belong in the brand’s own systems.'),
  customActions: limit(
    'LIMIT_CUSTOM_ACTIONS',
    200,
    'Actions are kinds of things customers do, not the things; all are read with the rules.',
  ),
  ruleParts: limit(
    'LIMIT_RULE_PARTS',
    50,
    'Conditions, values and multipliers of a rule are judged for every event.',
  ),
  traitBytes: limit('LIMIT_TRAIT_BYTES', 16 * 1024, 'One page of the database.'),
  futureSeconds: limit('LIMIT_FUTURE_SECONDS', 300, 'Clocks of senders differ by minutes.'),
  tokenTtlSeconds: limit(
    'LIMIT_TOKEN_TTL_SECONDS',
    86_400,
    'A lost customer token dies within a day.',
  ),
  tokenSkewSeconds: limit(
    'LIMIT_TOKEN_SKEW_SECONDS',
    60,
    'Clocks of our own machines differ by seconds.',
  ),
  streakLateHours: limit(
    'LIMIT_STREAK_LATE_HOURS',
    24,
    'Logs of mail providers arrive within a day; later events no longer move a streak.',
  ),
  magnetQuestions: limit('LIMIT_MAGNET_QUESTIONS', 10, 'A magnet is done in a minute.'),
  magnetOptions: limit('LIMIT_MAGNET_OPTIONS', 20, 'More than fit a screen are a search.'),
  stakeMu: limit(
    'LIMIT_STAKE_MU',
    100,
    'A prediction is a game, and nobody is to lose much by it.',
  ),
  velvetTtlSeconds: limit(
    'LIMIT_VELVET_TTL_SECONDS',
    300,
    'What is shown at a door is made at the door.',
  ),
  holdSeconds: limit(
    'LIMIT_HOLD_SECONDS',
    7 * 86_400,
    'A redemption nobody confirms goes back after a week.',
  ),
  confirmationSeconds: limit(
    'LIMIT_CONFIRMATION_SECONDS',
    600,
    'A code is typed within minutes of its arrival; what lies in a mailbox longer may be read by others.',
  ),
  confirmationAttempts: limit(
    'LIMIT_CONFIRMATION_ATTEMPTS',
    5,
    'Typing errors are forgiven; guessing six digits succeeds once in 200,000 confirmations.',
  ),
  confirmationsPerDay: limit(
    'LIMIT_CONFIRMATIONS_PER_DAY',
    10,
    'A customer asks for a code anew a few times; who asks more often is guessing.',
  ),
  claimDays: limit(
    'LIMIT_CLAIM_DAYS',
    30,
    'Mu of people who never say who they are goes back after a month.',
  ),
  messageViewRecipients: limit(
    'LIMIT_MESSAGE_VIEW_RECIPIENTS',
    1000,
    'What a mail provider renders at once; one statement for each fact.',
  ),
  linkTokenDays: limit(
    'LIMIT_LINK_TOKEN_DAYS',
    365,
    'A link in a mail lives at most so long; older ones are dead.',
  ),
  linkGraceDays: limit(
    'LIMIT_LINK_GRACE_DAYS',
    30,
    'Mails are read after their offer has ended; the footer goes on counting.',
  ),
  linkBytes: limit('LIMIT_LINK_BYTES', 1000, 'The whole link in a mail stays below 2,000.'),
  settingItems: limit('LIMIT_SETTING_ITEMS', 50, "A brand's own sites and sender addresses."),
  formBytes: limit(
    'LIMIT_FORM_BYTES',
    16 * 1024,
    'As much as the properties of an event may hold.',
  ),
  edgeWaitMs: limit(
    'LIMIT_EDGE_WAIT_MS',
    250,
    'A picture or a redirect waits no longer for the database; the event is recorded after it.',
  ),
  edgeAddressBucket: limit(
    'LIMIT_EDGE_ADDRESS_BUCKET',
    20_000,
    "A mailbox provider fetches a campaign's pictures from few addresses.",
  ),
  edgeAddressBucketPerSecond: limit(
    'LIMIT_EDGE_ADDRESS_BUCKET_PER_SECOND',
    2000,
    'As much as one writer lane records beside everything else.',
  ),
  edgeTokenBucket: limit(
    'LIMIT_EDGE_TOKEN_BUCKET',
    100,
    'One mail, opened and reloaded on every device of a person.',
  ),
  edgeTokenBucketPerSecond: limit(
    'LIMIT_EDGE_TOKEN_BUCKET_PER_SECOND',
    2,
    'A person reloads no faster.',
  ),
  liveBuffer: limit(
    'LIMIT_LIVE_BUFFER',
    1000,
    'A subscriber this far behind is cut off and asked to come back.',
  ),
  livePerCaller: limit(
    'LIMIT_LIVE_PER_CALLER',
    1000,
    'Open subscriptions of one brand, or one customer, in one process.',
  ),
  liveOperations: limit(
    'LIMIT_LIVE_OPERATIONS',
    10_000,
    'Open subscriptions of one process: some kilobytes each.',
  ),
  liveCheckMs: limit(
    'LIMIT_LIVE_CHECK_MS',
    5000,
    'A revoked key is refused within five seconds, also on an open connection.',
  ),
  giftMuPerDay: limit(
    'LIMIT_GIFT_MU_PER_DAY',
    100,
    'A treat for friends and family; too little to trade with.',
  ),
  giftCoolingSeconds: limit(
    'LIMIT_GIFT_COOLING_SECONDS',
    86_400,
    'A stolen or made-up identity is noticed before Mu leaves it.',
  ),
  adjustmentSeconds: limit(
    'LIMIT_ADJUSTMENT_SECONDS',
    7 * 86_400,
    'A correction nobody approves within a week is asked for anew.',
  ),
  jobIntervalMs: limit(
    'LIMIT_JOB_INTERVAL_MS',
    1000,
    'Expired reserves and holds return within seconds.',
  ),
  webhookEndpoints: limit(
    'LIMIT_WEBHOOK_ENDPOINTS',
    50,
    'One for each system of a brand; every event is sent to each.',
  ),
  webhookTimeoutMs: limit(
    'LIMIT_WEBHOOK_TIMEOUT_MS',
    10_000,
    'A receiver stores and answers; work comes after.',
  ),
  webhookConcurrency: limit(
    'LIMIT_WEBHOOK_CONCURRENCY',
    64,
    'Requests a process has under way; at most half of them to failing endpoints.',
  ),
  webhookEndpointConcurrency: limit(
    'LIMIT_WEBHOOK_ENDPOINT_CONCURRENCY',
    4,
    'Requests to one endpoint at a time, over all processes; a failing one gets one.',
  ),
  webhookAttempts: limit(
    'LIMIT_WEBHOOK_ATTEMPTS',
    10,
    'The tenth comes about three days after the first.',
  ),
  webhookFailingDays: limit(
    'LIMIT_WEBHOOK_FAILING_DAYS',
    5,
    'An endpoint that never answers well is switched off after it.',
  ),
  webhookRetryAfterSeconds: limit(
    'LIMIT_WEBHOOK_RETRY_AFTER_SECONDS',
    86_400,
    'What a receiver may ask us to wait.',
  ),
  webhookOldSecretSeconds: limit(
    'LIMIT_WEBHOOK_OLD_SECRET_SECONDS',
    86_400,
    'A receiver has a day to take its new secret into use.',
  ),
  webhookReplay: limit(
    'LIMIT_WEBHOOK_REPLAY',
    1000,
    'Deliveries one replay queues; the next replay takes the next ones.',
  ),
  outboxDays: limit(
    'LIMIT_OUTBOX_DAYS',
    30,
    'What happened can be told again for a month, then the rows go.',
  ),
} as const satisfies Record<string, LimitSetting>;

export type Limits = { -readonly [Name in keyof typeof limitSettings]: number };

/** The defaults, for code that runs without an environment (tests, schema emission). */
export const defaultLimits: Limits = Object.fromEntries(
  Object.entries(limitSettings).map(([name, setting]) => [name, setting.value]),
) as Limits;
