import { enumOf } from '../platform/graphql/described-enum';

/** What money is spent for. */
export const spendPurposes = {
  ACQUISITION: 'To win new customers.',
  REACQUISITION: 'To win back, through others, customers the brand had.',
  RETENTION: 'To keep and grow the customers there are.',
  ATTENTION: 'Mu and the messages that carry it: paying customers themselves for their attention.',
  BRAND: 'To be known, by no customer in particular.',
} as const;

export type SpendPurposeName = keyof typeof spendPurposes;

/** The order in which purposes are told. */
export const purposeNames = Object.keys(spendPurposes) as SpendPurposeName[];

/** What customers who are there already see of the money; the other purposes buy new ones. */
export const purposesOfExisting: readonly SpendPurposeName[] = ['RETENTION', 'ATTENTION'];

/** What buys customers, so that its campaigns are the price of acquisitions. */
export const purposesOfAcquiring: readonly SpendPurposeName[] = ['ACQUISITION', 'REACQUISITION'];

export const SpendPurpose = enumOf('SpendPurpose', 'What money is spent for.', spendPurposes);

/** By what way customers come, and money goes. */
export const marketingRoutes = {
  ADTECH: 'Auctions of search engines, social networks and display.',
  AFFILIATE: 'Others who are paid for whom they bring.',
  MARKETPLACE: 'A third party’s surface that takes a commission.',
  OFFLINE: 'Print, posters, television, events.',
  CRM: 'The brand’s own messages and its tools for them.',
  REFERRAL: 'Customers who bring friends.',
  ORGANIC: 'By themselves.',
} as const;

export type MarketingRouteName = keyof typeof marketingRoutes;

export const MarketingRoute = enumOf(
  'MarketingRoute',
  'By what way customers come, and money goes.',
  marketingRoutes,
);

const paidRoutes: readonly MarketingRouteName[] = ['ADTECH', 'AFFILIATE', 'MARKETPLACE', 'OFFLINE'];

/** Whether whoever comes this way was paid for. */
export function isPaid(route: MarketingRouteName): boolean {
  return paidRoutes.includes(route);
}

/** What became of an acquisition; the meaning is in docs/economics.md. */
export const verdicts = {
  UNPAID: 'Came by a way that costs nothing for each one who comes.',
  REACQUISITION: 'Was a customer before, had gone silent, and was paid for again.',
  WATCHED: 'New so far; whether they stay is not known yet.',
  WRONG: 'New, and gone: nothing was heard of them after the first day.',
  TRUE_NEW: 'New, and stayed.',
} as const;

export type VerdictName = keyof typeof verdicts;

export const AcquisitionVerdict = enumOf(
  'AcquisitionVerdict',
  'What became of an acquisition.',
  verdicts,
);
