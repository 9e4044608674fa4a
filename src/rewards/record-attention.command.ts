import { insertEvents, keepEvents, raiseConfidence, type AttentionRow } from '../attention';
import {
  accounts,
  pairOf,
  Posting,
  readWalletFacts,
  snapshotFor,
  type WalletFacts,
  type WalletSnapshot,
} from '../ledger';
import { refused, type Answer, type CommandHandler } from '../platform/database/command';
import { userError } from '../platform/errors';
import { openTrailingShares, type TrailingShares } from '../referrals';
import { readRequests, type AttentionRequest, type RecordAttention } from './attention-request';
import { decide, type Decision } from './decide';
import { snapshotOf, type ExplanationSnapshot } from './explanation';
import { accountsOf } from './payable';
import { RewardBatch, type Granted, type Outcome, type Till } from './reward-batch';
import { pocketsBehind } from './proven-opens';
import { dayStreaks } from './streaks/day-streaks';
import { streakSnapshot, type StreakSnapshot } from './streaks/streak-snapshot';

/** A grant as stored: enough to rebuild it without asking the ledger again. */
export interface GrantSnapshot {
  amount: number;
  reason: string;
  ruleId: string | null;
  entry: Record<string, unknown>;
}

/** What recording an event decided. The event's properties and user agent are not part of it. */
export interface RecordAttentionAnswer extends Answer {
  event?: Record<string, unknown>;
  grants?: GrantSnapshot[];
  wallet?: WalletSnapshot;
  streak?: StreakSnapshot | null;
  explanations?: ExplanationSnapshot[];
}

/** Stores attention events and pays for them, a whole list in one transaction, in order. */
export const recordAttention: CommandHandler<RecordAttention, RecordAttentionAnswer> = {
  kind: 'recordAttention',
  claimsLate: true,
  async execute(tx, commands) {
    const read = await readRequests(tx, commands);
    const requests = read.filter((one): one is AttentionRequest => 'eventId' in one);
    if (requests.length === 0) return read.map((one) => refused(one as never));
    const trailing = await openTrailingShares(tx, requests);
    const pockets = await pocketsBehind(tx, requests);
    const refs = [...requests.flatMap(accountsOf), ...trailing.accounts, ...pockets];
    const locked = new Set(refs.map(accounts.nameOf));
    const posting = await Posting.open(tx, refs, [...requests, ...trailing.pairs]);
    const till = tillOf(posting, trailing);
    const [rewards, wallets] = await Promise.all([
      RewardBatch.open(tx, requests, till, { lock: true }),
      readWalletFacts(tx, requests),
    ]);
    const rows: AttentionRow[] = [];
    const raised: string[] = [];
    const answers = read.map((one) => {
      if (!('eventId' in one)) return refused(one);
      const decision = decide(rewards, one, tx.now);
      rows.push(decision.row);
      raised.push(...decision.raised);
      const facts = wallets.get(pairOf(one.brandId, one.customerId)) as WalletFacts;
      const balanceVisible = facts.balanceVisible || one.price?.toOwner === true;
      const shown = { ...facts, balanceVisible };
      return answerOf(one, decision, rewards.payRises(locked), posting, shown);
    });
    const stored = new Set(rows.map((row) => row.id));
    const earlier = raised.filter((id) => !stored.has(id));
    const [, proven] = await Promise.all([
      insertEvents(tx, rows),
      raiseConfidence(tx, earlier),
      rewards.store(),
      posting.flush(),
      trailing.store(tx),
    ]);
    // Last, since every batch of the brand meets at the row of its day.
    await keepEvents(tx, {
      stored: rows,
      raised: proven,
      zones: new Map(requests.map((one) => [`${one.brandId} ${one.customerId}`, one.zone])),
      streaks: await dayStreaks(tx, rewards.dayStreaks),
    });
    return answers;
  },
};

/** Whoever brought a customer along is paid a share of what the customer is paid. */
function tillOf(posting: Posting, trailing: TrailingShares): Till {
  return {
    balanceOf: (account) => posting.balanceOf(account),
    isClosed: (account) => posting.isClosed(account),
    transfer(draft) {
      const posted = posting.transfer(draft);
      if (typeof posted !== 'string') trailing.paid(posting, posted);
      return posted;
    },
  };
}

function answerOf(
  request: AttentionRequest,
  { row, outcome, opened }: Decision,
  rises: Pick<Outcome, 'granted' | 'refusals'>,
  posting: Posting,
  facts: WalletFacts,
): RecordAttentionAnswer {
  const outcomes = [...opened, outcome];
  const paid = [...outcomes, rises];
  const refusals = new Set(paid.flatMap((one) => one.refusals));
  return {
    event: eventSnapshot(row),
    grants: paid.flatMap((one) => one.granted).map((granted) => grantSnapshot(granted, facts)),
    wallet: snapshotFor(posting, request, facts),
    streak: streakSnapshot(outcomes.findLast(({ streak }) => streak !== null)?.streak ?? null),
    explanations: snapshotOf(request, outcome.judged),
    userErrors: [...refusals].map((code) => userError(code)),
  };
}

function eventSnapshot(row: AttentionRow): Record<string, unknown> {
  return { ...row, user_agent: undefined, properties: undefined };
}

function grantSnapshot({ posted, amount, ruleId }: Granted, facts: WalletFacts): GrantSnapshot {
  if (posted === null) throw new Error('a grant that was not posted');
  const { transfer, credit } = posted;
  const whole = facts.balanceVisible;
  return {
    amount,
    reason: transfer.reason,
    ruleId,
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
