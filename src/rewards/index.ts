import type { Feature } from '../platform/feature';
import { referencesById } from '../platform/graphql/references';
import { EarnRuleEntity } from './earn-rule.entity';
import { earnRuleId } from './earn-rule.id';
import { EarnRuleResolver } from './earn-rule.resolver';
import { earnRuleLoader } from './earn-rule.service';
import { expireMessages } from './expire-messages.job';
import {
  LineageOfTransfer,
  PaymentsOfEvent,
  RuleOfExplanation,
  RulesOfMessage,
  RuleOfGrant,
} from './links.resolver';
import { recordAttention } from './record-attention.command';
import { RecordAttentionMutation } from './record-attention.mutation';
import { recordMessage } from './record-message.command';
import { RecordMessageMutation } from './record-message.mutation';
import { breakStreaks } from './streaks/break-streaks.job';
import { LinksOfStreak, StreaksOnCustomer } from './streaks/streak.resolver';
import { streakTopics } from './streaks/streak.topics';
import { upsertEarnRule } from './upsert-earn-rule.command';
import { CustomActionEntity } from './custom-action.entity';
import { customActionId } from './custom-action.id';
import { customActionLoader } from './custom-action.loader';
import { registerCustomAction } from './register-custom-action.command';
import { CustomActionResolver } from './register-custom-action.mutation';
import { SimulateEarnQuery } from './simulate-earn.query';
import { UpsertEarnRuleMutation } from './upsert-earn-rule.mutation';

export { messageExpiryLock } from './expire-messages.job';
export { streakBreakLock } from './streaks/break-streaks.job';
export { TraitEqualsInput, TraitEquals } from './earn-audience.type';
export { earnRuleId } from './earn-rule.id';
export { earnRuleLoader } from './earn-rule.service';
export { EarnRule } from './earn-rule.type';
export type { RecordAttention } from './attention-request';
export { sourceOf } from './payable';
export {
  recordAttention,
  type GrantSnapshot,
  type RecordAttentionAnswer,
} from './record-attention.command';
export { MuGrant, toGrant } from './record-attention.mutation';
export { webhookAdapters } from './webhooks/adapters';
export type { WebhookAdapter } from './webhooks/webhook-adapter';
export { commandOf, wasAccepted } from './webhooks/webhook-command';

export const rewardsFeature: Feature = {
  name: 'rewards',
  entities: [EarnRuleEntity, CustomActionEntity],
  resolvers: [
    EarnRuleResolver,
    UpsertEarnRuleMutation,
    SimulateEarnQuery,
    CustomActionResolver,
    RecordMessageMutation,
    RecordAttentionMutation,
    RuleOfGrant,
    RuleOfExplanation,
    RulesOfMessage,
    LinksOfStreak,
    StreaksOnCustomer,
    LineageOfTransfer,
    PaymentsOfEvent,
  ],
  commands: [upsertEarnRule, registerCustomAction, recordMessage, recordAttention],
  references: {
    EarnRule: referencesById(earnRuleId, earnRuleLoader),
    CustomAction: referencesById(customActionId, customActionLoader),
  },
  nodes: {
    [earnRuleId.prefix]: (uuid, context) => earnRuleLoader(context).load(uuid),
    [customActionId.prefix]: (uuid, context) => customActionLoader(context).load(uuid),
  },
  jobs: [expireMessages, breakStreaks],
  topics: streakTopics,
};
