import type { AttentionRow } from '../attention';
import type { AttentionRequest } from './attention-request';
import { payableOf, verifiedOpen, type Payable } from './payable';
import type { Outcome, RewardBatch } from './reward-batch';

/** What an event leads to, whether it is then stored or not. */
export interface Decision {
  row: AttentionRow;
  outcome: Outcome;
  /** How paying went for earlier opens that the event proves. */
  opened: Outcome[];
  /** UUIDs of those opens. */
  raised: string[];
}

/** Decides one event, after those before it in the list: what it proves, and what it pays. */
export function decide(rewards: RewardBatch, request: AttentionRequest, now: Date): Decision {
  const raised: string[] = [];
  const opened = request.confidence === 100 ? raiseOpens(rewards, request, raised) : [];
  const payable = payableOf(request);
  const outcome = rewards.pay(payable);
  const row = rowOf(payable, now, outcome.kind === 'DUPLICATE');
  rewards.remember(row);
  return { row, outcome, opened, raised };
}

/** A verified action proves its earlier opens: they are raised, and what was withheld is paid. */
function raiseOpens(rewards: RewardBatch, request: AttentionRequest, raised: string[]): Outcome[] {
  const opens = rewards.unverified(request);
  rewards.verified(request);
  const outcomes: Outcome[] = [];
  for (const open of opens) {
    open.confidence = 100;
    raised.push(open.id);
    const outcome = rewards.pay(verifiedOpen(request, open));
    if (outcome.kind !== 'DUPLICATE') outcomes.push(outcome);
  }
  return outcomes;
}

function rowOf({ request, day }: Payable, now: Date, duplicate: boolean): AttentionRow {
  return {
    id: request.eventId,
    brand_id: request.brandId,
    customer_id: request.customerId,
    message_id: request.message?.uuid ?? null,
    action: request.action,
    custom_action: request.customAction,
    stage: request.stage,
    channel: request.channel,
    confidence: request.confidence,
    machine: request.machine,
    duplicate,
    user_agent: request.userAgent,
    duration_ms: request.durationMs,
    properties: request.properties,
    occurred_at: request.occurredAt,
    recorded_at: now,
    local_day: day,
    history: request.history,
  };
}
