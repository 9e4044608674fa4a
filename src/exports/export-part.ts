import { enumOf } from '../platform/graphql/described-enum';

const parts = {
  SETTINGS: 'The brand, its API keys without their secrets, rules, policies and webhook endpoints.',
  CUSTOMERS: 'Who they are with the brand: traits, identities and their history, merges, erasures.',
  CONSENT: 'What they allow: consents with receipts, channels, quiet hours, bounces.',
  MESSAGES: 'Messages, deliveries and series.',
  ATTENTION: 'Events, days, scores of attention, silence and streaks.',
  LEDGER:
    'Mu: accounts, transfers, entries of the brand’s share, awards, adjustments, redemptions, the shop.',
  ORDERS: 'Orders, refunds and what they sum to.',
  WORTH: 'What customers are worth: scores and models.',
  SEGMENTS: 'Saved segments with their members, bands, and who will be next.',
  JOURNEYS: 'Experiments and journeys with their members and runs.',
  MARKETING: 'Spend, acquisitions, budgets and their sums.',
  REFERRALS: 'Who brought whom, and what was paid for it.',
  GIFTS: 'Magnets and answers, codes and claims, surprises, the velvet list.',
  IMPORTS: 'Imports, what was refused of them, and how events are mapped.',
  FIGURES: 'Figures of the whole base, as they were kept.',
} as const;

export type ExportPartName = keyof typeof parts;

export const exportPartNames = Object.keys(parts) as ExportPartName[];

export const ExportPart = enumOf<ExportPartName>(
  'ExportPart',
  'What of a brand’s data: each part has one file a table.',
  parts,
);
