import { unverifiedOpens, type AttentionRow } from '../attention';
import {
  accounts,
  type AccountRef,
  type Posted,
  type PostingRefusal,
  type TransferDraft,
} from '../ledger';
import type { CommandTransaction } from '../platform/database/command';
import type { UserErrorCode } from '../platform/errors';
import type { AttentionPrice, AttentionRequest } from './attention-request';
import { CapCounters } from './cap-counters';
import type { EarnRuleEntity } from './earn-rule.entity';
import {
  capQuestionOf,
  capQuestionsOf,
  dayKeyOf,
  dayKeysOf,
  matchingRules,
  messageKeyOf,
  offerOf,
  onceFor,
  openName,
  payableOf,
  reasonOf,
  sourceOf,
  streakDayOf,
  streakDaysOf,
  verifiedOpen,
  type Payable,
} from './payable';
import { PaymentFactsOfBatch } from './payment-facts';
import { judgeEvent, refusalOfPocket, type Judgement, type Pocket } from './rules/judge';
import { reasons, type Because } from './rules/reasons';
import type { PaymentFacts } from './rules/rule';
import { StreakFacts } from './streaks/streak-facts';

/** A grant and the rule version behind it; `posted` is null in a dry run. */
export interface Granted {
  posted: Posted | null;
  amount: number;
  ruleId: string | null;
}

/** How paying went. `streak` is the streak the event counted for. */
export interface Outcome {
  kind: 'PAY' | 'DUPLICATE' | 'NOTHING';
  granted: Granted[];
  refusals: UserErrorCode[];
  /** What every rule said of it; empty for what another feature has priced. */
  judged: Judgement<EarnRuleEntity>[];
  streak: { rule: EarnRuleEntity; length: number; day: string } | null;
}

/** What a decision asks of the ledger, and the one thing it does there. */
export interface Till {
  balanceOf(account: AccountRef): number;
  isClosed(account: AccountRef): boolean;
  /** Null in a dry run. */
  transfer(draft: TransferDraft): Posted | PostingRefusal | null;
}

/**
 * Everything a batch of attention events needs to be paid, read under the locks of the accounts
 * concerned, decided in memory in the order of the commands, and stored at the end. A rehearsal reads
 * the same without locks, decides by the same code, and stores nothing.
 */
export class RewardBatch {
  private constructor(
    private readonly tx: CommandTransaction,
    private readonly till: Till,
    private readonly payments: PaymentFactsOfBatch,
    private readonly streaks: StreakFacts,
    private readonly caps: CapCounters,
    private readonly opens: Map<string, AttentionRow[]>,
  ) {}

  /** `lock` says whether what is decided will be stored. */
  static async open(
    tx: CommandTransaction,
    requests: readonly AttentionRequest[],
    till: Till,
    lock: { lock: boolean },
  ): Promise<RewardBatch> {
    const keys = requests.flatMap((request) => messageKeyOf(request) ?? []);
    const verified = requests.filter((request) => request.confidence === 100);
    const opens = await unverifiedOpens(
      tx,
      verified.flatMap((request) => messageKeyOf(request) ?? []),
    );
    const opensByMessage = groupOpens(opens);
    const payables = [
      ...requests.map(payableOf),
      ...verified.flatMap((request) => {
        const key = messageKeyOf(request);
        const own = key === null ? [] : (opensByMessage.get(openName(key)) ?? []);
        return own.map((open) => verifiedOpen(request, open));
      }),
    ];
    const days = payables.flatMap((payable) => dayKeysOf(payable));
    const streakDays = payables.flatMap((payable) => streakDaysOf(payable));
    return new RewardBatch(
      tx,
      till,
      await PaymentFactsOfBatch.read(tx, keys, days),
      await StreakFacts.read(tx, streakDays),
      await CapCounters.read(tx, payables.flatMap(capQuestionsOf), lock),
      opensByMessage,
    );
  }

  /** Opens of the request's message by its customer that were not verified so far, oldest first. */
  unverified(request: AttentionRequest): AttentionRow[] {
    const key = messageKeyOf(request);
    return key === null ? [] : (this.opens.get(openName(key)) ?? []);
  }

  /** Remembers an open stored by this batch, which a later command of it may verify. */
  remember(row: AttentionRow): void {
    if (row.action !== 'OPEN' || row.message_id === null || row.confidence === 100) return;
    const name = openName({
      brandId: row.brand_id,
      customerId: row.customer_id,
      messageId: row.message_id,
    });
    this.opens.set(name, [...(this.opens.get(name) ?? []), row]);
  }

  /** Forgets opens that are verified now. */
  verified(request: AttentionRequest): void {
    const key = messageKeyOf(request);
    if (key !== null) this.opens.delete(openName(key));
  }

  /** Pays by the brand's rules, as they judge the event. */
  pay(payable: Payable): Outcome {
    const { request } = payable;
    if (request.price !== null && payable.eventId === request.eventId) {
      return this.payPrice(payable, request.price);
    }
    const streak = this.countStreak(payable, matchingRules(payable));
    const judged = this.judge(payable, streak);
    const granted = judged
      .filter(({ amount }) => amount > 0)
      .map(({ rule, amount }) => this.grant(payable, rule, amount));
    const refusals = judged.flatMap(({ because }) => refusalOf(because) ?? []);
    const repeats = judged.some(({ because }) => reasons[because].outcome === 'DUPLICATE');
    const unpaid = repeats && refusals.length === 0 ? 'DUPLICATE' : 'NOTHING';
    return { kind: granted.length > 0 ? 'PAY' : unpaid, granted, refusals, judged, streak };
  }

  /** Pays what another feature says the event is worth, as far as the message's offer goes. */
  private payPrice(payable: Payable, { mu, once, purposeId }: AttentionPrice): Outcome {
    const { request } = payable;
    const key = messageKeyOf(request);
    const nothingPaid = { granted: [], refusals: [], judged: [], streak: null };
    if (key !== null && this.payments.paidBefore(key, once)) {
      return { kind: 'DUPLICATE', ...nothingPaid };
    }
    const offer = purposeId == null ? offerOf(request) : null;
    const paid = key === null ? 0 : this.payments.actionMuPaid(key);
    const rest = offer === null ? mu : (offer.actionMuMax ?? 0) - paid;
    const amount = Math.min(mu, rest);
    if (amount <= 0) return { kind: 'NOTHING', ...nothingPaid };
    const refusal = refusalOfPocket(this.pocketOf(request), amount);
    if (refusal !== null) return { kind: 'NOTHING', ...nothingPaid, refusals: [refusal] };
    return { kind: 'PAY', ...nothingPaid, granted: [this.grant(payable, null, amount)] };
  }

  async store(): Promise<void> {
    await this.payments.store(this.tx);
    await this.streaks.store(this.tx);
    await this.caps.store(this.tx);
  }

  private judge(payable: Payable, streak: Outcome['streak']): Judgement<EarnRuleEntity>[] {
    const { request } = payable;
    const key = messageKeyOf(request);
    const known = {
      offer: offerOf(request),
      hasMessage: key !== null,
      openMuPaid: key === null ? 0 : this.payments.openMuPaid(key),
      actionMuPaid: key === null ? 0 : this.payments.actionMuPaid(key),
    };
    const factsOf = (rule: EarnRuleEntity | null): PaymentFacts => ({
      ...known,
      paidBefore: key !== null && this.payments.paidBefore(key, onceFor(payable, rule)),
      paymentsThatDay:
        rule === null || key !== null ? 0 : this.payments.paymentsThatDay(dayKeyOf(payable, rule)),
      streakLength: rule !== null && streak?.rule === rule ? streak.length : null,
      caps: rule === null ? [] : this.caps.left(capQuestionOf(payable, rule)),
    });
    return judgeEvent(payable, request.rules, factsOf, this.pocketOf(request));
  }

  private countStreak(payable: Payable, rules: readonly EarnRuleEntity[]): Outcome['streak'] {
    const rule = rules.find(
      (candidate) =>
        candidate.streak !== null && payable.confidence >= candidate.minConfidencePercent,
    );
    if (rule === undefined) return null;
    const day = streakDayOf(payable, rule);
    return { rule, length: this.streaks.qualify(day, payable.eventId), day: day.day };
  }

  private pocketOf(request: AttentionRequest): Pocket {
    const { message } = request;
    const source = sourceOf(request);
    const due = message?.expiresAt != null && message.expiresAt.getTime() <= this.tx.now.getTime();
    const wallet = accounts.wallet(request.customerId);
    return {
      expired: due || (source.kind === 'RESERVE' && this.till.isClosed(source)),
      optedOut: this.till.isClosed(wallet),
      balance: this.till.balanceOf(source),
      room: Number.MAX_SAFE_INTEGER - this.till.balanceOf(wallet),
    };
  }

  private grant(payable: Payable, rule: EarnRuleEntity | null, amount: number): Granted {
    const { request } = payable;
    const priced = payable.eventId === request.eventId ? request.price : null;
    const posted = this.till.transfer({
      kind: 'GRANT',
      debit: sourceOf(request),
      credit: accounts.wallet(request.customerId),
      amount,
      reason: priced?.reason ?? reasonOf(payable, rule),
      brandId: request.brandId,
      customerId: request.customerId,
      eventId: payable.eventId,
      messageId: request.message?.uuid ?? null,
      ruleId: rule?.uuid ?? null,
    });
    if (typeof posted === 'string') throw new Error(`judged payable, and then ${posted}`);
    const key = messageKeyOf(request);
    const once = priced?.once ?? onceFor(payable, rule);
    if (key !== null) this.payments.paidForMessage(key, once, amount, payable.eventId);
    else if (rule !== null) this.payments.paidForDay(dayKeyOf(payable, rule));
    if (rule !== null) this.caps.paid(capQuestionOf(payable, rule), amount);
    return { posted, amount, ruleId: rule?.uuid ?? null };
  }
}

/** Reasons that the sender of an event should hear of even if they do not ask. */
function refusalOf(because: Because): UserErrorCode | null {
  switch (because) {
    case 'MESSAGE_EXPIRED':
    case 'CUSTOMER_OPTED_OUT':
    case 'BUDGET_EXHAUSTED':
    case 'AMOUNT_TOO_LARGE':
      return because;
    default:
      return null;
  }
}

function groupOpens(opens: readonly AttentionRow[]): Map<string, AttentionRow[]> {
  const groups = new Map<string, AttentionRow[]>();
  for (const open of opens) {
    const name = openName({
      brandId: open.brand_id,
      customerId: open.customer_id,
      messageId: open.message_id as string,
    });
    groups.set(name, [...(groups.get(name) ?? []), open]);
  }
  return groups;
}
