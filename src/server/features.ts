import { analyticsFeature } from '../analytics';
import { attentionFeature } from '../attention';
import { brandsFeature } from '../brands';
import { claimsFeature } from '../claims';
import { contactFeature } from '../contact';
import { customerViewFeature } from '../customer-view';
import { customersFeature } from '../customers';
import { economicsFeature } from '../economics';
import { exportsFeature } from '../exports';
import { liveFeature } from '../live';
import { importsFeature } from '../imports';
import { ledgerFeature } from '../ledger';
import { experimentsFeature } from '../experiments';
import { journeysFeature } from '../journeys';
import { magnetsFeature } from '../magnets';
import { messagesFeature } from '../messages';
import { mergingFeature } from '../merging';
import { messageViewFeature } from '../message-view';
import { micronboxFeature } from '../micronbox';
import { privacyFeature } from '../privacy';
import { purchasesFeature } from '../purchases';
import type { Feature } from '../platform/feature';
import type { EnumDirectives } from '../platform/graphql/schema-defaults';
import { referralsFeature } from '../referrals';
import { rewardsFeature } from '../rewards';
import { segmentsFeature } from '../segments';
import { seriesFeature } from '../series';
import { shopFeature } from '../shop';
import { walletsFeature } from '../wallets';
import { surprisesFeature } from '../surprises';
import { worthFeature } from '../worth';
import { webhooksFeature } from '../webhooks';
import { velvetFeature } from '../velvet';
import { nextFeature } from '../next';
import { reportsFeature } from '../reports';
import type { Answer, Command, CommandTransaction } from '../platform/database/command';
import { followedHandlers } from './followed-handlers';
import { nodeFeature } from './node.resolver';

/** The features of the house, lowest storey first. */
const ownFeatures: readonly Feature[] = [
  brandsFeature,
  customersFeature,
  messagesFeature,
  purchasesFeature,
  ledgerFeature,
  attentionFeature,
  contactFeature,
  worthFeature,
  seriesFeature,
  referralsFeature,
  segmentsFeature,
  rewardsFeature,
  shopFeature,
  economicsFeature,
  experimentsFeature,
  journeysFeature,
  analyticsFeature,
  nextFeature,
  reportsFeature,
  importsFeature(perform),
  surprisesFeature,
  velvetFeature,
  messageViewFeature,
  micronboxFeature,
  walletsFeature,
  claimsFeature,
  mergingFeature,
  magnetsFeature,
  privacyFeature,
  exportsFeature,
  customerViewFeature,
  liveFeature,
];

/** What any of them announces, with the sentence that documents it. */
export const topics: Readonly<Record<string, string>> = Object.assign(
  {},
  ...ownFeatures.map((feature) => feature.topics),
) as Record<string, string>;

const tellingFeatures: readonly Feature[] = [...ownFeatures, webhooksFeature(topics)];

/** All features, and `node(id)`, which asks each of them. */
export const features: readonly Feature[] = [...tellingFeatures, nodeFeature(tellingFeatures)];

let handlers: ReturnType<typeof followedHandlers> | undefined;

/** Executes commands of one kind in a transaction, with all that features put around and after them. */
function perform(tx: CommandTransaction, commands: readonly Command[]): Promise<Answer[]> {
  handlers ??= followedHandlers(features);
  const handler = handlers.find(({ kind }) => kind === commands[0]?.kind);
  if (handler === undefined) throw new Error('no handler for what is to be performed');
  return handler.execute(tx, commands);
}

export const rootDescriptions = {
  query: 'What a caller can read: customers, messages, the ledger, the rules that pay.',
  mutation:
    'What a caller can change. Every mutation takes an idempotency key: the same key with the same ' +
    'input answers the first answer again and changes nothing.',
  subscription:
    'What a caller can follow while it happens, over WebSocket (graphql-transport-ws) or server-sent events.',
};

/** Federation directives on enums and their values, which no decorator can carry. */
export const enumDirectives: Record<string, EnumDirectives> = {};
