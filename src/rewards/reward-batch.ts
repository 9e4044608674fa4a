import { unverifiedOpens, type AttentionRow } from '../attention';
import {
  accounts,
  pairOf,
  Posting,
  readWalletFacts,
  snapshotFor,
  type AccountRef,
  type Posted,
  type WalletFacts,
  type WalletSnapshot,
} from '../ledger';
import type { CommandTransaction } from '../platform/database/command';
import type { UserErrorCode } from '../platform/errors';
import { openTrailingShares, type TrailingShares } from '../referrals';
import type { AttentionPrice, AttentionRequest } from './attention-request';
import type { EarnRuleEntity } from './earn-rule.entity';
import {
  accountsOf,
  dayKeyOf,
  dayKeysOf,
  matchingRules,
  messageKeyOf,
  offerOf,
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
import { awardFor } from './rules/registry';
import type { Award, PaymentFacts, RuleParams } from './rules/rule';
import { StreakFacts } from './streaks/streak-facts';

/** A grant that was posted, and the rule version behind it. */
export interface Granted {
  posted: Posted;
  ruleId: string | null;
}

/** How paying went. `streak` is the streak the event counted for. */
export interface Outcome {
  kind: Award['kind'];
  granted: Granted | null;
  refusal: UserErrorCode | null;
  streak: { rule: EarnRuleEntity; length: number; day: string } | null;
}

/**
 * Everything a batch of attention events needs to be paid, read under the locks of the accounts
 * concerned, decided in memory in the order of the commands, and stored at the end.
 */
export class RewardBatch {
  private constructor(
    private readonly tx: CommandTransaction,
    private readonly posting: Posting,
    private readonly trailing: TrailingShares,
    private readonly payments: PaymentFactsOfBatch,
    private readonly streaks: StreakFacts,
    private readonly walletFacts: Map<string, WalletFacts>,
    private readonly opens: Map<string, AttentionRow[]>,
  ) {}

  static async open(
    tx: CommandTransaction,
    requests: readonly AttentionRequest[],
  ): Promise<RewardBatch> {
    const trailing = await openTrailingShares(tx, requests);
    const refs = [...requests.flatMap(accountsOf), ...trailing.accounts];
    const posting = await Posting.open(tx, refs, [...requests, ...trailing.pairs]);
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
      posting,
      trailing,
      await PaymentFactsOfBatch.read(tx, keys, days),
      await StreakFacts.read(tx, streakDays),
      await readWalletFacts(tx, requests),
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

  /** Pays by the rule that pays most; of equal ones the first by name. */
  pay(payable: Payable): Outcome {
    const { request } = payable;
    if (request.price !== null && payable.eventId === request.eventId) {
      return this.payPrice(payable, request.price);
    }
    const offer = offerOf(request);
    const rules = matchingRules(payable);
    const streak = this.countStreak(payable, rules);
    const candidates = offer !== null && payable.action === 'OPEN' ? openCandidates(rules) : rules;
    const judged = candidates.map((rule) => ({ rule, award: this.judge(payable, rule, streak) }));
    const best = judged.sort((a, b) => amountOf(b.award) - amountOf(a.award))[0];
    if (best?.award.kind !== 'PAY') {
      const repeats = judged.some(({ award }) => award.kind === 'DUPLICATE');
      return { kind: repeats ? 'DUPLICATE' : 'NOTHING', granted: null, refusal: null, streak };
    }
    const result = this.grant(payable, best.rule, best.award.amount);
    return { ...outcomeOf(result), streak };
  }

  /** Pays what another feature says the event is worth, as far as the message's offer goes. */
  private payPrice(payable: Payable, { mu, once, purposeId }: AttentionPrice): Outcome {
    const { request } = payable;
    const key = messageKeyOf(request);
    const nothingPaid = { granted: null, refusal: null, streak: null };
    if (key !== null && this.payments.paidBefore(key, once)) {
      return { kind: 'DUPLICATE', ...nothingPaid };
    }
    const offer = purposeId == null ? offerOf(request) : null;
    const paid = key === null ? 0 : this.payments.actionMuPaid(key);
    const rest = offer === null ? mu : (offer.actionMuMax ?? 0) - paid;
    const amount = Math.min(mu, rest);
    if (amount <= 0) return { kind: 'NOTHING', ...nothingPaid };
    return { ...outcomeOf(this.grant(payable, null, amount)), streak: null };
  }

  walletAfter(request: AttentionRequest): WalletSnapshot {
    const facts = this.factsFor(request);
    return snapshotFor(this.posting, request, facts);
  }

  factsFor({ brandId, customerId }: AttentionRequest): WalletFacts {
    return this.walletFacts.get(pairOf(brandId, customerId)) as WalletFacts;
  }

  async store(): Promise<void> {
    await this.payments.store(this.tx);
    await this.streaks.store(this.tx);
    await this.posting.flush();
    await this.trailing.store(this.tx);
  }

  private judge(payable: Payable, rule: EarnRuleEntity | null, streak: Outcome['streak']): Award {
    const { request } = payable;
    const key = messageKeyOf(request);
    const facts: PaymentFacts = {
      offer: offerOf(request),
      hasMessage: key !== null,
      paidBefore: key !== null && this.payments.paidBefore(key, payable.action),
      actionMuPaid: key === null ? 0 : this.payments.actionMuPaid(key),
      paymentsThatDay: rule === null ? 0 : this.payments.paymentsThatDay(dayKeyOf(payable, rule)),
      streakLength: rule !== null && streak?.rule === rule ? streak.length : null,
    };
    const params = rule === null ? null : paramsOf(rule);
    return awardFor(payable, facts, params);
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

  private grant(
    payable: Payable,
    rule: EarnRuleEntity | null,
    amount: number,
  ): Granted | UserErrorCode {
    const { request } = payable;
    const priced = payable.eventId === request.eventId ? request.price : null;
    const source = sourceOf(request);
    if (this.hasExpired(request, source)) return 'MESSAGE_EXPIRED';
    const posted = this.posting.transfer({
      kind: 'GRANT',
      debit: source,
      credit: accounts.wallet(request.customerId),
      amount,
      reason: priced?.reason ?? reasonOf(payable, rule),
      brandId: request.brandId,
      customerId: request.customerId,
      eventId: payable.eventId,
      messageId: request.message?.uuid ?? null,
      ruleId: rule?.uuid ?? null,
    });
    if (posted === 'CLOSED') return 'CUSTOMER_OPTED_OUT';
    if (posted === 'TOO_LITTLE') return 'BUDGET_EXHAUSTED';
    if (posted === 'TOO_MUCH') return 'AMOUNT_TOO_LARGE';
    this.trailing.paid(this.posting, posted);
    const key = messageKeyOf(request);
    const once = priced?.once ?? payable.action;
    if (key !== null) this.payments.paidForMessage(key, once, amount, payable.eventId);
    else if (rule !== null) this.payments.paidForDay(dayKeyOf(payable, rule));
    return { posted, ruleId: rule?.uuid ?? null };
  }

  private hasExpired({ message }: AttentionRequest, source: AccountRef): boolean {
    const due = message?.expiresAt != null && message.expiresAt.getTime() <= this.tx.now.getTime();
    return due || (source.kind === 'RESERVE' && this.posting.isClosed(source));
  }
}

function outcomeOf(result: Granted | UserErrorCode): Omit<Outcome, 'streak'> {
  if (typeof result === 'string') return { kind: 'NOTHING', granted: null, refusal: result };
  return { kind: 'PAY', granted: result, refusal: null };
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

/** A message pays its open without any rule; a rule adds its streak and its name to the line. */
function openCandidates(rules: readonly EarnRuleEntity[]): (EarnRuleEntity | null)[] {
  return rules.length > 0 ? [...rules] : [null];
}

function amountOf(award: Award): number {
  return award.kind === 'PAY' ? award.amount : 0;
}

function paramsOf(rule: EarnRuleEntity): RuleParams {
  const { amount, perCustomerPerDay, streak, minConfidencePercent } = rule;
  return { amount, perCustomerPerDay, streak, minConfidence: minConfidencePercent };
}
