import { keepStreaks } from '../../attention';
import { brandClocks, type BrandClock } from '../../brands';
import { customerTraits, zoneIn } from '../../customers';
import { toEntities } from '../../platform/database/rows';
import type { CommandTransaction } from '../../platform/database/command';
import { inTurn } from '../../platform/database/turn';
import type { Job } from '../../platform/feature';
import { EarnRuleEntity } from '../earn-rule.entity';
import { dayStreaks } from './day-streaks';
import { announceMoves } from './streak-book';
import { readLines } from './streak-line.read';
import { storeStandings } from './streak-line.write';

const atOnce = 200;

/** Advisory lock of whoever breaks streaks; a tool that plays past days holds it meanwhile. */
export const streakBreakLock = 7_219_340_553;

interface DueStreak {
  brand_id: string;
  customer_id: string;
  rule_name: string;
  strand: string;
  rule_id: string;
  last_position: Date;
}

// A streak that an event is just being counted for is skipped; whoever counts it looks for itself.
const dueSql = `
  SELECT s.brand_id, s.customer_id, s.rule_name, s.strand, s.rule_id, s.last_position FROM streaks s
  WHERE s.check_at <= $1 ORDER BY s.check_at LIMIT $2 FOR UPDATE SKIP LOCKED`;

const rulesSql = `SELECT r.* FROM earn_rules r WHERE r.id = ANY ($1::uuid[])`;

/**
 * Finds streaks that broke because a local day or a message's window ended without an event, and says
 * so once. Nothing else depends on it: an event that comes later finds the break by itself.
 */
export const breakStreaks: Job = {
  name: 'break-streaks',
  run: (context) => inTurn(context, streakBreakLock, breakDueStreaks),
};

/** Looks after the streaks that are due, some at once; answers how many. */
export async function breakDueStreaks(tx: CommandTransaction): Promise<number> {
  const due = await tx.query<DueStreak>(dueSql, [tx.now, atOnce]);
  if (due.length === 0) return 0;
  const pairs = due.map((row) => ({ brandId: row.brand_id, customerId: row.customer_id }));
  const rows = await tx.query(rulesSql, [due.map((row) => row.rule_id)]);
  const rules = new Map(toEntities(EarnRuleEntity, rows).map((rule) => [rule.uuid, rule]));
  const clocks = await brandClocks(tx, [...new Set(due.map((row) => row.brand_id))]);
  const traits = await customerTraits(tx, pairs, ['timezone']);
  const lines = await readLines(
    tx,
    due.map((row) => ({
      of: {
        brandId: row.brand_id,
        customerId: row.customer_id,
        ruleName: row.rule_name,
        strand: row.strand,
      },
      rule: rules.get(row.rule_id) as EarnRuleEntity,
      zone:
        zoneIn(traits.get(`${row.brand_id} ${row.customer_id}`) ?? {}) ??
        (clocks.get(row.brand_id) as BrandClock).timezone,
      since: row.last_position.getTime() + 1,
    })),
    { lock: true },
  );
  for (const line of lines) {
    line.settle(tx.now.getTime());
    announceMoves(tx, line);
  }
  await storeStandings(tx, lines);
  const ofDays = lines.filter(({ of }) => of.strand === 'DAY');
  await keepStreaks(
    tx,
    await dayStreaks(
      tx,
      ofDays.map(({ of }) => of),
    ),
    new Map(ofDays.map(({ of, zone }) => [`${of.brandId} ${of.customerId}`, zone])),
  );
  return due.length;
}
