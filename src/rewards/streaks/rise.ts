import { accounts, type AccountRef } from '../../ledger';
import { messagesByIds, type MessageEntity } from '../../messages';
import type { CommandTransaction } from '../../platform/database/command';
import type { UserErrorCode } from '../../platform/errors';
import type { CapCounters } from '../cap-counters';
import { pocketBehind } from '../payable';
import type { PaymentFactsOfBatch } from '../payment-facts';
import type { Granted, Till } from '../reward-batch';
import { refusalOfPocket } from '../rules/judge';
import { rateOf } from './streak-awards';
import { capQuestionOf, type Rise } from './streak-book';
import { findPositions, strandOf, type StreakEvent } from './streak-event';
import { policyOf } from './streak-line';

/** What a batch pays with. */
export interface Purse {
  tx: CommandTransaction;
  till: Till;
  caps: CapCounters;
  payments: PaymentFactsOfBatch;
  /** Names of the accounts that were locked. */
  locked: ReadonlySet<string>;
}

const aheadSql = `
  SELECT DISTINCT a.brand_id, e.message_id
  FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[])
    AS t(brand_id, customer_id, rule_name, strand, since)
  JOIN streak_units u ON u.brand_id = t.brand_id AND u.customer_id = t.customer_id
    AND u.rule_name = t.rule_name AND u.strand = t.strand AND u.position > t.since
  JOIN streak_awards a ON a.brand_id = u.brand_id AND a.customer_id = u.customer_id
    AND a.rule_name = u.rule_name AND a.strand = u.strand AND a.unit = u.unit
  JOIN attention_events e ON e.id = a.event_id
  JOIN earn_rules r ON r.id = a.rule_id
  WHERE a.amount < r.amount * (r.streak ->> 'cap')::integer * a.percent / 100`;

/**
 * The pockets out of which units behind these events may be paid more, to be locked with all others.
 * Nothing lies behind the events of today, so they cost no statement.
 */
export async function accountsOfRises(
  tx: CommandTransaction,
  events: readonly StreakEvent[],
  today: (event: StreakEvent) => string,
): Promise<AccountRef[]> {
  const old = events.filter(
    (event) =>
      strandOf(event) !== null && (policyOf(event.rule).unit !== 'DAY' || event.day < today(event)),
  );
  if (old.length === 0) return [];
  await findPositions(tx, old);
  const rows = await tx.query<{ brand_id: string; message_id: string | null }>(aheadSql, [
    old.map((event) => event.brandId),
    old.map((event) => event.customerId),
    old.map((event) => event.rule.name),
    old.map((event) => strandOf(event)),
    old.map((event) => new Date(event.position)),
  ]);
  const messages = await messagesByIds(
    tx,
    rows.map((row) => row.message_id),
    rows.map((row) => row.brand_id),
  );
  return rows.map((row, at) => pocketBehind(row.brand_id, messages[at] ?? null));
}

/**
 * Pays what a unit has become worth beyond what it was paid, out of the pocket of its own event and
 * within its rule's caps. Answers null when that is nothing.
 */
export function payRise(purse: Purse, { award, length }: Rise): Granted | UserErrorCode | null {
  const { of, message, rule, eventId } = award;
  const { till, payments, caps } = purse;
  const left = caps.left(capQuestionOf(award)).map((cap) => cap.left);
  const amount = Math.min(dueOf(payments, award, length) - award.amount, ...left);
  if (amount <= 0) return null;
  const pocket = pocketBehind(of.brandId, message);
  if (!purse.locked.has(accounts.nameOf(pocket))) throw new PocketNotLocked();
  const wallet = accounts.wallet(of.customerId);
  const due = message?.expiresAt != null && message.expiresAt <= purse.tx.now;
  const state = {
    expired: due || (pocket.kind === 'RESERVE' && till.isClosed(pocket)),
    optedOut: till.isClosed(wallet),
    balance: till.balanceOf(pocket),
    room: Number.MAX_SAFE_INTEGER - till.balanceOf(wallet),
  };
  const refusal = refusalOfPocket(state, amount);
  if (refusal !== null) return refusal;
  const posted = till.transfer({
    kind: 'GRANT',
    debit: pocket,
    credit: wallet,
    amount,
    reason: reasonOf(award, length),
    brandId: of.brandId,
    customerId: of.customerId,
    eventId,
    messageId: message?.uuid ?? null,
    ruleId: rule.uuid,
  });
  if (typeof posted === 'string') throw new Error(`judged payable, and then ${posted}`);
  award.amount += amount;
  award.changed = true;
  caps.paid(capQuestionOf(award), amount);
  if (message !== null) payments.raised(keyOf(award), award.once, award.amount);
  return { posted, amount, ruleId: rule.uuid };
}

type Award = Rise['award'];

function keyOf({ of, message }: Award) {
  const { brandId, customerId } = of;
  return { brandId, customerId, messageId: (message as MessageEntity).uuid };
}

/** What the award is worth at a length, as far as the offer of its message goes. */
function dueOf(payments: PaymentFactsOfBatch, award: Award, length: number): number {
  const { message, event, amount } = award;
  const rate = rateOf(award, length);
  if (message === null || (message.openMu === null && message.actionMuMax === null)) return rate;
  const rest =
    event.action === 'OPEN'
      ? (message.openMu ?? 0) - payments.openMuPaid(keyOf(award))
      : (message.actionMuMax ?? 0) - payments.actionMuPaid(keyOf(award));
  return Math.min(rate, amount + rest);
}

function reasonOf({ message, rule }: Award, length: number): string {
  const on = message === null ? '' : ` (${message.externalId})`;
  return `Top-up for a streak of ${length}${on}, rule ${rule.name} v${rule.version}`;
}

/**
 * Another transaction has paid a later unit since the pockets were looked up. As a serialization
 * failure, it makes the batch run again, which then finds that pocket.
 */
class PocketNotLocked extends Error {
  readonly code = '40001';
}
