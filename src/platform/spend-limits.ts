import { limit, type LimitSetting } from './limit-setting';

/** Limits of what brands tell of their money. */
export const spendLimits = {
  spendMinor: limit(
    'LIMIT_SPEND_MINOR',
    10 ** 12,
    'Sums of thousands of amounts, in the smallest coin, stay exact in a JSON number.',
  ),
  spendDays: limit(
    'LIMIT_SPEND_DAYS',
    366,
    'An amount is spread over the days it was spent in, and a report adds up days: a year of them.',
  ),
  acquisitionIdentities: limit(
    'LIMIT_ACQUISITION_IDENTITIES',
    10,
    'What a person gives when they come: addresses, numbers, an id.',
  ),
  acquisitionsJudged: limit(
    'LIMIT_ACQUISITIONS_JUDGED',
    500,
    'Acquisitions one turn of the job judges; the next turn takes the next ones.',
  ),
} as const satisfies Record<string, LimitSetting>;
