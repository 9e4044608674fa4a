import { inTotal } from './caps/in-total';
import { perCampaign } from './caps/per-campaign';
import { perCustomer } from './caps/per-customer';
import { perCustomerAndDay } from './caps/per-customer-and-day';
import { action } from './conditions/action';
import { audience } from './conditions/audience';
import { channel } from './conditions/channel';
import { enabled } from './conditions/enabled';
import { heldOut } from './conditions/held-out';
import { messageKind } from './conditions/message-kind';
import { period } from './conditions/period';
import { stage } from './conditions/stage';
import { messageAction } from './message-action';
import { messageOpen } from './message-open';
import { publishedRule } from './published-rule';
import type { RewardRule, RuleCap, RuleCondition } from './rule';

/** Every way of earning; the first that applies to an event decides. */
export const rewardRules: readonly RewardRule[] = [messageOpen, messageAction, publishedRule];

/** Every condition a rule can have; the first that is not met is the one that is told. */
export const ruleConditions: readonly RuleCondition[] = [
  action,
  enabled,
  period,
  channel,
  messageKind,
  stage,
  audience,
  heldOut,
];

/** Every cap a rule can have. */
export const ruleCaps: readonly RuleCap[] = [perCustomerAndDay, perCustomer, perCampaign, inTotal];
