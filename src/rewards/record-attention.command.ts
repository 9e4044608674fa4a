import { insertEvents, raiseConfidence, type AttentionRow } from '../attention';
import type { WalletSnapshot } from '../ledger';
import { refused, type Answer, type CommandHandler } from '../platform/database/command';
import { userError } from '../platform/errors';
import { readRequests, type AttentionRequest, type RecordAttention } from './attention-request';
import { payableOf, verifiedOpen } from './payable';
import { RewardBatch, type Granted, type Outcome } from './reward-batch';
import { streakAmount, type StreakPolicy } from './rules/streak-policy';

/** A grant as stored: enough to rebuild it without asking the ledger again. */
export interface GrantSnapshot {
  amount: number;
  reason: string;
  ruleId: string | null;
  entry: Record<string, unknown>;
}

export interface StreakSnapshot {
  ruleId: string;
  length: number;
  day: string;
  nextMu: number;
}

/** What recording an event decided. The event's properties and user agent are not part of it. */
export interface RecordAttentionAnswer extends Answer {
  event?: Record<string, unknown>;
  grants?: GrantSnapshot[];
  wallet?: WalletSnapshot;
  streak?: StreakSnapshot | null;
}

/** Stores attention events and pays for them, a whole list in one transaction, in order. */
export const recordAttention: CommandHandler<RecordAttention, RecordAttentionAnswer> = {
  kind: 'recordAttention',
  async execute(tx, commands) {
    const read = await readRequests(tx, commands);
    const requests = read.filter((one): one is AttentionRequest => 'eventId' in one);
    if (requests.length === 0) return read.map((one) => refused(one as never));
    const rewards = await RewardBatch.open(tx, requests);
    const rows: AttentionRow[] = [];
    const raised: string[] = [];
    const answers = read.map((one) =>
      'eventId' in one ? recordOne(rewards, one, tx.now, rows, raised) : refused(one),
    );
    await insertEvents(tx, rows);
    const stored = new Set(rows.map((row) => row.id));
    await raiseConfidence(
      tx,
      raised.filter((id) => !stored.has(id)),
    );
    await rewards.store();
    return answers;
  },
};

function recordOne(
  rewards: RewardBatch,
  request: AttentionRequest,
  now: Date,
  rows: AttentionRow[],
  raised: string[],
): RecordAttentionAnswer {
  const row = rowOf(request, now);
  const opened = request.confidence === 100 ? raiseOpens(rewards, request, raised) : [];
  const outcome = rewards.pay(payableOf(request));
  row.duplicate = outcome.kind === 'DUPLICATE';
  rows.push(row);
  rewards.remember(row);
  const outcomes = [...opened, outcome];
  const refusals = new Set(outcomes.flatMap(({ refusal }) => refusal ?? []));
  return {
    event: eventSnapshot(row),
    grants: outcomes
      .flatMap(({ granted }) => granted ?? [])
      .map((granted) => grantSnapshot(rewards, request, granted)),
    wallet: rewards.walletAfter(request),
    streak: streakSnapshot(outcomes.findLast(({ streak }) => streak !== null)?.streak ?? null),
    userErrors: [...refusals].map((code) => userError(code)),
  };
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

function rowOf(request: AttentionRequest, now: Date): AttentionRow {
  return {
    id: request.eventId,
    brand_id: request.brandId,
    customer_id: request.customerId,
    message_id: request.message?.uuid ?? null,
    action: request.action,
    channel: request.channel,
    confidence: request.confidence,
    machine: request.machine,
    duplicate: false,
    user_agent: request.userAgent,
    duration_ms: request.durationMs,
    properties: request.properties,
    occurred_at: request.occurredAt,
    recorded_at: now,
  };
}

function eventSnapshot(row: AttentionRow): Record<string, unknown> {
  return { ...row, user_agent: undefined, properties: undefined };
}

function grantSnapshot(
  rewards: RewardBatch,
  request: AttentionRequest,
  granted: Granted,
): GrantSnapshot {
  const { transfer, credit } = granted.posted;
  const whole = rewards.factsFor(request).balanceVisible;
  return {
    amount: transfer.amount,
    reason: transfer.reason,
    ruleId: granted.ruleId,
    entry: {
      ...credit,
      kind: transfer.kind,
      reason: transfer.reason,
      event_id: transfer.event_id,
      number: whole ? credit.number : credit.brand_number,
      balance_after: whole ? credit.balance_after : Math.max(0, credit.brand_balance_after ?? 0),
    },
  };
}

function streakSnapshot(streak: Outcome['streak']): StreakSnapshot | null {
  if (streak === null) return null;
  const { rule, length, day } = streak;
  const nextMu = streakAmount(rule.streak as StreakPolicy, rule.amount, length + 1);
  return { ruleId: rule.uuid, length, day, nextMu };
}
