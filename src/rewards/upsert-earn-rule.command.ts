import type { AttentionAction } from '../attention';
import type { ChannelName } from '../messages';
import { checkAmount } from '../ledger';
import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { checkText } from '../platform/text';
import { earnRuleId } from './earn-rule.id';
import { publishedStreak, type StreakPolicy } from './rules/streak-policy';

/** A rule as it is asked for; instants as ISO text, confidence 0–1. */
export interface UpsertEarnRule {
  name: string;
  action: AttentionAction;
  amount: number;
  channel?: ChannelName | null;
  perCustomerPerDay?: number | null;
  minConfidence?: number | null;
  streak?: { [Name in keyof StreakPolicy]?: StreakPolicy[Name] | null } | null;
  startsAt?: string | Date | null;
  endsAt?: string | Date | null;
}

export interface UpsertEarnRuleAnswer extends Answer {
  ruleId?: string;
}

interface Draft {
  id: string;
  brandId: string;
  name: string;
  version: number;
  input: UpsertEarnRule;
  streak: StreakPolicy | null;
}

const mostPerDay = 10_000;
const longestStreakNumber = 10_000;

// The lock on the brand row gives versions of one name to one transaction at a time.
const versionsSql = `
  SELECT b.id AS brand_id, t.name,
    (SELECT coalesce(max(r.version), 0) FROM earn_rules r WHERE r.brand_id = b.id AND r.name = t.name) AS version
  FROM unnest($1::uuid[], $2::text[]) AS t(brand_id, name)
  JOIN brands b ON b.id = t.brand_id`;

const lockSql = `SELECT id FROM brands WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`;

const insertSql = `
  INSERT INTO earn_rules (id, brand_id, name, version, action, amount, channel, per_customer_per_day,
    min_confidence, streak, starts_at, ends_at, created_at)
  SELECT t.*, $13 FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::integer[], $5::text[], $6::bigint[],
    $7::text[], $8::integer[], $9::smallint[], $10::jsonb[], $11::timestamptz[], $12::timestamptz[]) AS t`;

/** Publishes rule versions: the first of a name is version 1, each later call the next. */
export const upsertEarnRule: CommandHandler<UpsertEarnRule, UpsertEarnRuleAnswer> = {
  kind: 'upsertEarnRule',
  async execute(tx, commands) {
    const drafts: (Draft | UserErrorShape)[] = commands.map((command) => readDraft(tx, command));
    const good = drafts.filter((draft): draft is Draft => 'id' in draft);
    await numberVersions(tx, good);
    await insertDrafts(tx, good);
    return drafts.map((draft) =>
      'id' in draft ? { ruleId: draft.id, userErrors: [] } : refused(draft),
    );
  },
};

function readDraft(
  tx: CommandTransaction,
  command: Command<UpsertEarnRule>,
): Draft | UserErrorShape {
  const { input, tenant } = command;
  const name = checkText(input.name, { maxBytes: 200, field: ['name'] });
  if (name.refusal) return name.refusal;
  const wrong = checkAmount(input.amount, tx.limits) ?? checkNumbers(input);
  if (wrong !== null) return wrong;
  const streak =
    input.streak == null ? null : { ...publishedStreak, ...withoutNulls(input.streak) };
  const wrongStreak =
    streak === null ? null : checkStreak(streak, input.amount, tx.limits.amountMu);
  if (wrongStreak !== null) return wrongStreak;
  return {
    id: earnRuleId.create(),
    brandId: tenant as string,
    name: name.value,
    version: 0,
    input,
    streak,
  };
}

function withoutNulls(policy: NonNullable<UpsertEarnRule['streak']>): Partial<StreakPolicy> {
  return Object.fromEntries(Object.entries(policy).filter(([, value]) => value != null));
}

function checkNumbers(input: UpsertEarnRule): UserErrorShape | null {
  const perDay = input.perCustomerPerDay ?? 1;
  if (perDay < 1 || perDay > mostPerDay) {
    return userError('INVALID_VALUE', ['perCustomerPerDay'], `Must be from 1 to ${mostPerDay}.`);
  }
  const confidence = input.minConfidence ?? 0.5;
  if (!(confidence > 0 && confidence <= 1)) {
    return userError('INVALID_VALUE', ['minConfidence'], 'Must be above 0 and at most 1.');
  }
  const starts = input.startsAt == null ? -Infinity : new Date(input.startsAt).getTime();
  const ends = input.endsAt == null ? Infinity : new Date(input.endsAt).getTime();
  return starts < ends ? null : userError('INVALID_VALUE', ['endsAt'], 'Must be after startsAt.');
}

function checkStreak(policy: StreakPolicy, base: number, most: number): UserErrorShape | null {
  for (const [name, least] of [
    ['cap', 1],
    ['startAt', 1],
    ['resetTo', 1],
    ['graceUnits', 0],
  ] as const) {
    if (policy[name] < least || policy[name] > longestStreakNumber) {
      return userError(
        'INVALID_VALUE',
        ['streak', name],
        `Must be from ${least} to ${longestStreakNumber}.`,
      );
    }
  }
  return base * policy.cap > most ? userError('AMOUNT_TOO_LARGE', ['streak', 'cap']) : null;
}

/** In whole percent, rounded up: a rule never pays an event below the confidence it asks for. */
function percentOf(confidence: number): number {
  // Decimals have no exact double: 0.07 × 100 lies a little above 7.
  return Math.max(1, Math.ceil(Number((confidence * 100).toFixed(9))));
}

async function numberVersions(tx: CommandTransaction, drafts: Draft[]): Promise<void> {
  if (drafts.length === 0) return;
  const brands = drafts.map((draft) => draft.brandId);
  await tx.query(lockSql, [brands]);
  const rows = await tx.query<{ brand_id: string; name: string; version: number }>(versionsSql, [
    brands,
    drafts.map((draft) => draft.name),
  ]);
  const latest = new Map(rows.map((row) => [`${row.brand_id} ${row.name}`, row.version]));
  for (const draft of drafts) {
    const name = `${draft.brandId} ${draft.name}`;
    draft.version = (latest.get(name) ?? 0) + 1;
    latest.set(name, draft.version);
  }
}

async function insertDrafts(tx: CommandTransaction, drafts: readonly Draft[]): Promise<void> {
  if (drafts.length === 0) return;
  const of = <T>(read: (draft: Draft) => T): T[] => drafts.map(read);
  await tx.query(insertSql, [
    of((d) => d.id),
    of((d) => d.brandId),
    of((d) => d.name),
    of((d) => d.version),
    of((d) => d.input.action),
    of((d) => d.input.amount),
    of((d) => d.input.channel ?? null),
    of((d) => d.input.perCustomerPerDay ?? 1),
    of((d) => percentOf(d.input.minConfidence ?? 0.5)),
    of((d) => (d.streak === null ? null : JSON.stringify(d.streak))),
    of((d) => d.input.startsAt ?? null),
    of((d) => d.input.endsAt ?? null),
    tx.now,
  ]);
}
