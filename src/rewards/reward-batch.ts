import type { AttentionRow } from '../attention';
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
  reasonOf,
  sourceOf,
  streakEventsOf,
  type Payable,
} from './payable';
import { PaymentFactsOfBatch } from './payment-facts';
import { judgeEvent, refusalOfPocket, type Judgement, type Pocket } from './rules/judge';
import { reasons, type Because } from './rules/reasons';
import type { PaymentFacts } from './rules/rule';
import { groupOpens, opensProvenBy, payablesOf } from './proven-opens';
import { payRise } from './streaks/rise';
import { StreakBook, type Counted } from './streaks/streak-book';
import type { LineName } from './streaks/streak-line';

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
  streak: Counted | null;
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
    private readonly streaks: StreakBook,
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
    const opens = groupOpens(await opensProvenBy(tx, requests));
    const payables = payablesOf(requests, opens);
    const streaks = await StreakBook.read(tx, payables.flatMap(streakEventsOf), lock);
    const keys = [
      ...requests.flatMap((request) => messageKeyOf(request) ?? []),
      ...streaks.messages,
    ];
    const capped = [...payables.flatMap(capQuestionsOf), ...streaks.capQuestions];
    const [payments, caps] = await Promise.all([
      PaymentFactsOfBatch.read(tx, keys, payables.flatMap(dayKeysOf)),
      CapCounters.read(tx, capped, lock),
    ]);
    return new RewardBatch(tx, till, payments, streaks, caps, opens);
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
    // Nor does what a message offers pay for the past.
    if (request.history) {
      return { kind: 'NOTHING', granted: [], refusals: [], judged: [], streak: null };
    }
    const streak = this.countStreak(payable, matchingRules(payable));
    const judged = this.judge(payable, streak);
    const granted = judged
      .filter(({ amount }) => amount > 0)
      .map(({ rule, amount }) => this.grant(payable, rule, amount, streak));
    const refusals = judged.flatMap(({ because }) => refusalOf(because) ?? []);
    const repeats = judged.some(({ because }) => reasons[because].outcome === 'DUPLICATE');
    const unpaid = repeats && refusals.length === 0 ? 'DUPLICATE' : 'NOTHING';
    return { kind: granted.length > 0 ? 'PAY' : unpaid, granted, refusals, judged, streak };
  }

  /** Pays what earlier events have become worth by the places they now have in their streaks. */
  payRises(locked: ReadonlySet<string>): Pick<Outcome, 'granted' | 'refusals'> {
    const { tx, till, payments, caps } = this;
    const paid: Pick<Outcome, 'granted' | 'refusals'> = { granted: [], refusals: [] };
    for (const rise of this.streaks.takeRises()) {
      const granted = payRise({ tx, till, payments, caps, locked }, rise);
      if (typeof granted === 'string') paid.refusals.push(granted);
      else if (granted !== null) paid.granted.push(granted);
    }
    return paid;
  }

  /** Pays what another feature says the event is worth, as far as the message's offer goes. */
  private payPrice(payable: Payable, { mu, once, purposeId }: AttentionPrice): Outcome {
    const { request } = payable;
    const key = messageKeyOf(request);
    const nothingPaid = { granted: [], refusals: [], judged: [], streak: null };
    if (request.heldOut) return { kind: 'NOTHING', ...nothingPaid };
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
    return { kind: 'PAY', ...nothingPaid, granted: [this.grant(payable, null, amount, null)] };
  }

  /** Whose streaks of days the batch has counted. */
  get dayStreaks(): LineName[] {
    return this.streaks.dayLines;
  }

  async store(): Promise<void> {
    await Promise.all([
      this.payments.store(this.tx),
      this.streaks.store(),
      this.caps.store(this.tx),
    ]);
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

  /** Of several streak rules the first by name that has a place for the event counts it. */
  private countStreak(payable: Payable, rules: readonly EarnRuleEntity[]): Counted | null {
    for (const rule of rules) {
      if (rule.streak === null || payable.confidence < rule.minConfidencePercent) continue;
      const counted = this.streaks.qualify(rule, payable.eventId);
      if (counted !== null) return counted;
    }
    return null;
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

  private grant(
    payable: Payable,
    rule: EarnRuleEntity | null,
    amount: number,
    streak: Counted | null,
  ): Granted {
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
    if (rule !== null && streak?.rule === rule) {
      this.streaks.paid(streak, { event: payable, message: request.message, once, amount });
    }
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
