import { attentionFeature } from '../attention';
import { brandsFeature } from '../brands';
import { customersFeature } from '../customers';
import { ledgerFeature } from '../ledger';
import { messagesFeature } from '../messages';
import { purchasesFeature } from '../purchases';
import type { Feature } from '../platform/feature';
import type { EnumDirectives } from '../platform/graphql/schema-defaults';
import { rewardsFeature } from '../rewards';
import { shopFeature } from '../shop';

/** The features of the house, lowest storey first. */
export const features: readonly Feature[] = [
  brandsFeature,
  customersFeature,
  messagesFeature,
  purchasesFeature,
  ledgerFeature,
  attentionFeature,
  rewardsFeature,
  shopFeature,
];

export const rootDescriptions = {
  query: 'What a caller can read: customers, messages, the ledger, the rules that pay.',
  mutation:
    'What a caller can change. Every mutation takes an idempotency key: the same key with the same ' +
    'input answers the first answer again and changes nothing.',
};

/** Federation directives on enums and their values, which no decorator can carry. */
export const enumDirectives: Record<string, EnumDirectives> = {};
