import type { AttentionRequest } from './attention-request';
import { EarnExplanation } from './earn-explanation.type';
import type { EarnRuleEntity } from './earn-rule.entity';
import type { Judgement } from './rules/judge';
import { reasons, type Because } from './rules/reasons';

/** A judgement as stored: UUID of the rule version, why, and how much. */
export type ExplanationSnapshot = [ruleId: string | null, because: Because, amount: number];

/** An answer is kept with its key, so it does not grow with a brand that has hundreds of rules. */
const mostStored = 50;

/** What became of the rules for the event's action, those that pay first. */
export function snapshotOf(
  request: AttentionRequest,
  judged: readonly Judgement<EarnRuleEntity>[],
): ExplanationSnapshot[] {
  return judged
    .filter(({ rule }) => rule === null || rule.action === request.action)
    .slice(0, mostStored)
    .map(snapshot);
}

function snapshot({ rule, because, amount }: Judgement<EarnRuleEntity>): ExplanationSnapshot {
  return [rule?.uuid ?? null, because, amount];
}

/** What became of every rule of the brand, those included that the message was recorded without. */
export function everyRule(
  { notPinned }: AttentionRequest,
  judged: readonly Judgement<EarnRuleEntity>[],
): ExplanationSnapshot[] {
  return [
    ...judged.map(snapshot),
    ...notPinned.map(({ uuid }): ExplanationSnapshot => [uuid, 'NOT_PINNED', 0]),
  ];
}

/** A judgement as the graph shows it. */
export function toExplanation([ruleUuid, because, amount]: ExplanationSnapshot): EarnExplanation {
  const { outcome, sentence } = reasons[because];
  return Object.assign(new EarnExplanation(), { ruleUuid, outcome, reason: sentence, amount });
}
