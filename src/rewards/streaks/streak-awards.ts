import { messagesByIds, type MessageEntity } from '../../messages';
import type { CommandTransaction } from '../../platform/database/command';
import { localDay } from '../../platform/zones';
import { toEntity } from '../../platform/database/rows';
import { EarnRuleEntity } from '../earn-rule.entity';
import { noMembership } from '../../segments';
import { percentFor, percentOf } from '../rules/multiplier';
import type { EventFacts } from '../rules/rule';
import { streakAmount } from '../rules/streak-policy';
import { policyOf, type LineName, type StreakLine } from './streak-line';
import { nameOfLine } from './streak-line.read';

/** What an event was paid for its place in a streak. */
export interface StreakAward {
  of: LineName;
  unit: string;
  eventId: string;
  event: EventFacts;
  message: MessageEntity | null;
  /** The rule version that paid. */
  rule: EarnRuleEntity;
  /** The percentage the customer was paid. */
  percent: number;
  /** What a message pays once, of which it was a payment. */
  once: string;
  amount: number;
  /** Not yet in the database. */
  isNew: boolean;
  changed: boolean;
}

/** What the award's unit pays at a length, before an offer or a cap limits it. */
export function rateOf({ rule, percent }: StreakAward, length: number): number {
  return percentOf(streakAmount(policyOf(rule), rule.amount, length), percent);
}

/** The award of a payment that is being made. */
export function newAward(
  of: LineName,
  unit: string,
  rule: EarnRuleEntity,
  payment: Pick<StreakAward, 'message' | 'once' | 'amount'> & {
    event: EventFacts & { eventId: string };
  },
): StreakAward {
  const { event } = payment;
  const percent = percentFor(rule.multipliers, event);
  const { eventId } = event;
  return { ...payment, of, unit, rule, eventId, percent, isNew: true, changed: false };
}

interface AwardRow extends Record<string, unknown> {
  place: number;
  unit: string;
  event_id: string;
  event_action: string;
  event_channel: string | null;
  event_stage: string | null;
  message_id: string | null;
  occurred_at: Date;
  paid: number;
  percent: number;
  once: string;
}

// What was reversed stays reversed: nothing is added to it.
const awardsSql = `
  SELECT t.place, a.unit, a.event_id, a.amount AS paid, a.percent, a.once, e.action AS event_action,
    e.channel AS event_channel, e.stage AS event_stage, e.message_id, e.occurred_at, r.*
  FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[])
    WITH ORDINALITY AS t(brand_id, customer_id, rule_name, strand, since, place)
  JOIN streak_units u USING (brand_id, customer_id, rule_name, strand)
  JOIN streak_awards a USING (brand_id, customer_id, rule_name, strand, unit)
  JOIN attention_events e ON e.id = a.event_id
  JOIN earn_rules r ON r.id = a.rule_id
  WHERE u.position >= t.since
    AND NOT EXISTS (SELECT FROM transfers g JOIN transfers v ON v.reverses = g.id
      WHERE g.event_id = a.event_id AND g.rule_id = a.rule_id AND g.kind = 'GRANT')
  ORDER BY u.position, a.event_id`;

/** What was paid for units of these streaks from `since` on; in the order of the units. */
export async function readAwards(
  tx: CommandTransaction,
  lines: readonly { of: LineName; zone: string; since: number }[],
): Promise<StreakAward[]> {
  if (lines.length === 0) return [];
  const rows = await tx.query<AwardRow>(awardsSql, [
    lines.map(({ of }) => of.brandId),
    lines.map(({ of }) => of.customerId),
    lines.map(({ of }) => of.ruleName),
    lines.map(({ of }) => of.strand),
    lines.map(({ since }) => new Date(since)),
  ]);
  const of = rows.map((row) => lines[row.place - 1] as { of: LineName; zone: string });
  const messages = await messagesByIds(
    tx,
    rows.map((row) => row.message_id),
    of.map((line) => line.of.brandId),
  );
  return rows.map((row, at) => toAward(row, of[at] as (typeof of)[number], messages[at] ?? null));
}

function toAward(
  row: AwardRow,
  { of, zone }: { of: LineName; zone: string },
  message: MessageEntity | null,
): StreakAward {
  const event: EventFacts = {
    action: row.event_action,
    customAction: null,
    channel: row.event_channel,
    messageKind: message?.kind ?? null,
    campaign: message?.campaign ?? null,
    stage: row.event_stage,
    confidence: 100,
    occurredAt: row.occurred_at,
    heldOut: false,
    customerId: of.customerId,
    day: localDay(row.occurred_at, zone),
    traits: {},
    ...noMembership,
  };
  return {
    of,
    unit: row.unit,
    eventId: row.event_id,
    event,
    message,
    rule: toEntity(EarnRuleEntity, row),
    percent: row.percent,
    once: row.once,
    amount: row.paid,
    isNew: false,
    changed: false,
  };
}

const insertSql = `
  INSERT INTO streak_awards (brand_id, customer_id, rule_name, strand, unit, event_id, rule_id, percent, once,
    amount)
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::uuid[],
    $8::integer[], $9::text[], $10::bigint[])`;

const raiseSql = `
  UPDATE streak_awards a SET amount = t.amount
  FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::bigint[])
    AS t(brand_id, customer_id, rule_name, strand, unit, event_id, amount)
  WHERE a.brand_id = t.brand_id AND a.customer_id = t.customer_id AND a.rule_name = t.rule_name
    AND a.strand = t.strand AND a.unit = t.unit AND a.event_id = t.event_id`;

/** Stores new awards and what was added to others. */
export async function storeAwards(
  tx: CommandTransaction,
  awards: readonly StreakAward[],
): Promise<void> {
  const keys = (some: readonly StreakAward[]) => [
    some.map(({ of }) => of.brandId),
    some.map(({ of }) => of.customerId),
    some.map(({ of }) => of.ruleName),
    some.map(({ of }) => of.strand),
    some.map(({ unit }) => unit),
    some.map(({ eventId }) => eventId),
  ];
  const added = awards.filter(({ isNew }) => isNew);
  if (added.length > 0) {
    await tx.query(insertSql, [
      ...keys(added),
      added.map(({ rule }) => rule.uuid),
      added.map(({ percent }) => percent),
      added.map(({ once }) => once),
      added.map(({ amount }) => amount),
    ]);
  }
  const raised = awards.filter(({ isNew, changed }) => changed && !isNew);
  if (raised.length > 0) {
    await tx.query(raiseSql, [...keys(raised), raised.map(({ amount }) => amount)]);
  }
}

/** Awards of a batch, to be looked up by unit. */
export class AwardsOfLines {
  private readonly byUnit = new Map<string, StreakAward[]>();

  constructor(awards: readonly StreakAward[]) {
    for (const award of awards) this.add(award);
  }

  add(award: StreakAward): void {
    const name = `${nameOfLine(award.of)} ${award.unit}`;
    this.byUnit.set(name, [...(this.byUnit.get(name) ?? []), award]);
  }

  of(line: StreakLine, unit: string): readonly StreakAward[] {
    return this.byUnit.get(`${nameOfLine(line.of)} ${unit}`) ?? [];
  }

  all(): StreakAward[] {
    return [...this.byUnit.values()].flat();
  }
}
