import { customerViewLimits } from './customer-view-limits';
import { exportLimits } from './export-limits';
import { gatewayLimits } from './gateway-limits';
import { importLimits } from './import-limits';
import { limit, type LimitSetting } from './limit-setting';
import { micronboxLimits } from './micronbox-limits';
import { requestLimits } from './request-limits';
import { spendLimits } from './spend-limits';
import { standbyLimits } from './standby-limits';

/** Every limit of the service with its default and its reason; each is tested at n and n + 1. */
export const limitSettings = {
  ...requestLimits,
  ...gatewayLimits,
  ...spendLimits,
  ...customerViewLimits,
  ...exportLimits,
  ...micronboxLimits,
  ...importLimits,
  ...standbyLimits,
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
  identitiesPerKind: limit(
    'LIMIT_IDENTITIES_PER_KIND',
    100,
    'Nobody has more addresses or devices; an id that gathers them is one that many people share.',
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
  leisurelyJobIntervalMs: limit(
    'LIMIT_LEISURELY_JOB_INTERVAL_MS',
    10_000,
    'Proofs, reports and what is past its time are looked at when it costs next to nothing.',
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
