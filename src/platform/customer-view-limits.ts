import { limit, type LimitSetting } from './limit-setting';

/** Limits of what is known, reckoned and tried on customers: attention, contact, segments, worth, trials, figures. */
export const customerViewLimits = {
  trajectoryDays: limit(
    'LIMIT_TRAJECTORY_DAYS',
    366,
    'A year of days is what a chart shows; each day is a row.',
  ),
  attentionJudged: limit(
    'LIMIT_ATTENTION_JUDGED',
    1000,
    'Customers whose silence is judged in one transaction: it is over within a second.',
  ),
  attentionProven: limit(
    'LIMIT_ATTENTION_PROVEN',
    20,
    'Customers whose attention is told anew from their events at each turn, to prove what is kept.',
  ),
  contactRecipients: limit(
    'LIMIT_CONTACT_RECIPIENTS',
    1000,
    'What a mail provider sends at once; one statement judges all of them.',
  ),
  contactDays: limit(
    'LIMIT_CONTACT_DAYS',
    366,
    'Messages are planned at most a year ahead, and looked back on as far.',
  ),
  contactDeliveries: limit(
    'LIMIT_CONTACT_DELIVERIES',
    1000,
    'Messages of one week that are looked at for a customer; far above what any cap lets through.',
  ),
  frequencyCap: limit(
    'LIMIT_FREQUENCY_CAP',
    100,
    'More messages in a week than this are a flood, which a cap is to prevent.',
  ),
  filterParts: limit(
    'LIMIT_FILTER_PARTS',
    100,
    'Conditions on customers and the values they list: each is judged for every customer.',
  ),
  filterDepth: limit('LIMIT_FILTER_DEPTH', 6, 'What people can read is not nested deeper.'),
  segments: limit(
    'LIMIT_SEGMENTS',
    100,
    'Saved segments of a brand; whoever changes is judged by each of them.',
  ),
  listWalk: limit(
    'LIMIT_LIST_WALK',
    10_000,
    'Customers one page asks a condition of: some tens of milliseconds, also where hardly anybody meets it.',
  ),
  segmentSweep: limit(
    'LIMIT_SEGMENT_SWEEP',
    2000,
    'Customers judged at a time, so that a turn of the job takes well under a second.',
  ),
  segmentResweepSeconds: limit(
    'LIMIT_SEGMENT_RESWEEP_SECONDS',
    3600,
    'A segment that asks how many days ago something was is at most so far behind.',
  ),
  segmentationDays: limit(
    'LIMIT_SEGMENTATION_DAYS',
    30,
    'Bands are of the month: plans made by them hold that long.',
  ),
  purchaseProof: limit(
    'LIMIT_PURCHASE_PROOF',
    500,
    'Customers whose orders one run counts anew; well under a second also where they ordered often.',
  ),
  worthBatch: limit(
    'LIMIT_WORTH_BATCH',
    1000,
    'Customers whose worth one run of the daily job reckons anew; some tens of milliseconds.',
  ),
  experimentSweep: limit(
    'LIMIT_EXPERIMENT_SWEEP',
    2000,
    'Customers that one step puts into the arms of an experiment; some tens of milliseconds.',
  ),
  experimentSweepMinutes: limit(
    'LIMIT_EXPERIMENT_SWEEP_MINUTES',
    15,
    'Who comes to belong to an experiment has an arm soon after.',
  ),
  experimentLateHours: limit(
    'LIMIT_EXPERIMENT_LATE_HOURS',
    24,
    'Logs of mail providers arrive within a day; then an experiment that is over is closed.',
  ),
  worthModelHours: limit(
    'LIMIT_WORTH_MODEL_HOURS',
    24,
    'Days are what the models count by; a fit within a day would find what the last one found.',
  ),
  worthModelCustomers: limit(
    'LIMIT_WORTH_MODEL_CUSTOMERS',
    200_000,
    'As many as a thread fits within a minute; more customers change no figure that is shown.',
  ),
  worthModelLeastCustomers: limit(
    'LIMIT_WORTH_MODEL_LEAST_CUSTOMERS',
    200,
    'Of fewer customers the four parameters of buying are noise.',
  ),
  worthModelLeastRepeating: limit(
    'LIMIT_WORTH_MODEL_LEAST_REPEATING',
    50,
    'Spending is learnt from whoever came back; of fewer its three parameters are noise.',
  ),
  worthWeeks: limit(
    'LIMIT_WORTH_WEEKS',
    520,
    'In ten years nobody buys as today; a foretelling takes longer the further it looks.',
  ),
  journeySteps: limit(
    'LIMIT_JOURNEY_STEPS',
    100,
    'Steps of a journey: a month of daily messages, the waits between them and some branches.',
  ),
  journeyRuns: limit(
    'LIMIT_JOURNEY_RUNS',
    500,
    'Customers that a job leads on at once, and recipients of one announcement.',
  ),
  journeySweep: limit(
    'LIMIT_JOURNEY_SWEEP',
    2000,
    'Customers looked at in one step after a journey was published.',
  ),
  journeyCheckMinutes: limit(
    'LIMIT_JOURNEY_CHECK_MINUTES',
    60,
    'Who has left a journey while a step waits is told as left within the hour.',
  ),
  standingMinutes: limit(
    'LIMIT_STANDING_MINUTES',
    60,
    'Figures of a whole base are at most so far behind what happened; each turn reads all its customers.',
  ),
  standingAtOnce: limit(
    'LIMIT_STANDING_AT_ONCE',
    5000,
    'Customers of a brand that no job has looked at yet and a reader need not wait for: some tens of milliseconds.',
  ),
  atRiskKept: limit(
    'LIMIT_AT_RISK_KEPT',
    10_000,
    'Customers kept in the order in which they slide down next; more than a brand writes to by hand.',
  ),
  metricBuckets: limit(
    'LIMIT_METRIC_BUCKETS',
    100,
    'Days, weeks or months of a series: what a chart shows; twice as many are read to compare.',
  ),
  genomeHours: limit(
    'LIMIT_GENOME_HOURS',
    24,
    'What tells the best customers changes slowly; who never ordered is compared with them each day.',
  ),
  genomeSupport: limit(
    'LIMIT_GENOME_SUPPORT',
    20,
    'What fewer customers have says more of them than of the best, and might say who they are.',
  ),
  genomeSmoothing: limit(
    'LIMIT_GENOME_SMOOTHING',
    10,
    'As many customers like all are counted among the best, so that a few tell little.',
  ),
  genomeFeatures: limit(
    'LIMIT_GENOME_FEATURES',
    200,
    'Features kept of a model, those that tell most; each score is a sum of some of them.',
  ),
  revenueMonths: limit(
    'LIMIT_REVENUE_MONTHS',
    13,
    'Months whose revenue by band is followed, refunds and late orders included: a year, and the one before.',
  ),
  reportsMadeUp: limit(
    'LIMIT_REPORTS_MADE_UP',
    12,
    'Periods that went by while nothing ran are reported afterwards: a year of months, and no more.',
  ),
} as const satisfies Record<string, LimitSetting>;
