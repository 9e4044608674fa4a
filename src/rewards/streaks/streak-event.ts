import type { CommandTransaction } from '../../platform/database/command';
import type { EarnRuleEntity } from '../earn-rule.entity';
import { policyOf, positionOfDay } from './streak-line';

/** An event as a streak sees it: by one rule, on one day, of one message perhaps. */
export interface StreakEvent {
  eventId: string;
  brandId: string;
  customerId: string;
  rule: EarnRuleEntity;
  zone: string;
  day: string;
  messageId: string | null;
  /** The em series of the message. */
  seriesId: string | null;
  occurredAt: Date;
  /** The day, or the UUID of the message. */
  unit: string;
  /** Where the unit stands in the order, in milliseconds; of a message only once it was looked up. */
  position: number;
}

const seriesStrand = 'SERIES ';

/** The strand an event belongs to; null when it has no unit in the rule's streak. */
export function strandOf({ rule, messageId, seriesId }: StreakEvent): string | null {
  const { unit } = policyOf(rule);
  if (unit === 'DAY') return unit;
  if (unit === 'SERIES') return seriesId === null ? null : `${seriesStrand}${seriesId}`;
  return messageId === null ? null : unit;
}

export function streakEvent(facts: Omit<StreakEvent, 'unit' | 'position'>): StreakEvent {
  const ofDay = policyOf(facts.rule).unit === 'DAY' || facts.messageId === null;
  return {
    ...facts,
    unit: ofDay ? facts.day : (facts.messageId as string),
    position: ofDay ? positionOfDay(facts.day) : facts.occurredAt.getTime(),
  };
}

const positionsSql = `
  SELECT t.place, coalesce(u.position, d.delivered_at) AS position
  FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::uuid[])
    WITH ORDINALITY AS t(brand_id, customer_id, rule_name, strand, message_id, place)
  LEFT JOIN deliveries d ON d.brand_id = t.brand_id AND d.message_id = t.message_id
    AND d.customer_id = t.customer_id
  LEFT JOIN streak_units u ON u.brand_id = t.brand_id AND u.customer_id = t.customer_id
    AND u.rule_name = t.rule_name AND u.strand = t.strand AND u.unit = t.message_id::text`;

/**
 * Looks up where messages stand in the order of messages: when they were delivered; or when the first
 * attention to them happened, which proves that they were.
 */
export async function findPositions(
  tx: CommandTransaction,
  events: readonly StreakEvent[],
): Promise<void> {
  const ofMessages = events.filter((event) => policyOf(event.rule).unit !== 'DAY');
  const placed = ofMessages.filter((event) => event.messageId !== null);
  if (placed.length === 0) return;
  const rows = await tx.query<{ place: number; position: Date | null }>(positionsSql, [
    placed.map((event) => event.brandId),
    placed.map((event) => event.customerId),
    placed.map((event) => event.rule.name),
    placed.map((event) => strandOf(event)),
    placed.map((event) => event.messageId),
  ]);
  for (const { place, position } of rows) {
    if (position !== null) (placed[place - 1] as StreakEvent).position = position.getTime();
  }
}
