import {
  refused,
  type Answer,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { isComparable } from '../platform/text';
import { readDraft, type EarnRuleDraft, type UpsertEarnRule } from './earn-rule.draft';

export interface UpsertEarnRuleAnswer extends Answer {
  ruleId?: string;
}

// The lock on the brand row gives versions of one name to one transaction at a time.
const versionsSql = `
  SELECT b.id AS brand_id, t.name,
    (SELECT coalesce(max(r.version), 0) FROM earn_rules r WHERE r.brand_id = b.id AND r.name = t.name) AS version
  FROM unnest($1::uuid[], $2::text[]) AS t(brand_id, name)
  JOIN brands b ON b.id = t.brand_id`;

const lockSql = `SELECT id FROM brands WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`;

const customActionsSql = `
  SELECT a.brand_id, a.name FROM unnest($1::uuid[], $2::text[]) AS t(brand_id, name)
  JOIN custom_actions a ON a.brand_id = t.brand_id AND a.name = t.name`;

const insertSql = `
  INSERT INTO earn_rules (id, brand_id, name, version, action, custom_action, amount, channel, channels,
    message_kinds, stage, audience, multipliers, per_customer_per_day, max_mu_per_customer_per_day,
    max_mu_per_customer, max_mu_per_campaign, max_mu_in_total, min_confidence, streak, priority, stacking,
    enabled, starts_at, ends_at, created_at)
  SELECT t.id, t.brand_id, t.name, t.version, t.action, t.custom_action, t.amount, t.channel,
    t.channels::text[], t.message_kinds::text[], t.stage, t.audience, t.multipliers, t.per_day, t.cap_day,
    t.cap_customer, t.cap_campaign, t.cap_total, t.min_confidence, t.streak, t.priority, t.stacking,
    t.enabled, t.starts_at, t.ends_at, $26
  FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::integer[], $5::text[], $6::text[], $7::bigint[],
    $8::text[], $9::text[], $10::text[], $11::text[], $12::jsonb[], $13::jsonb[], $14::integer[],
    $15::bigint[], $16::bigint[], $17::bigint[], $18::bigint[], $19::smallint[], $20::jsonb[],
    $21::integer[], $22::text[], $23::boolean[], $24::timestamptz[], $25::timestamptz[])
    AS t(id, brand_id, name, version, action, custom_action, amount, channel, channels, message_kinds,
      stage, audience, multipliers, per_day, cap_day, cap_customer, cap_campaign, cap_total,
      min_confidence, streak, priority, stacking, enabled, starts_at, ends_at)`;

/** Publishes rule versions: the first of a name is version 1, each later call the next. */
export const upsertEarnRule: CommandHandler<UpsertEarnRule, UpsertEarnRuleAnswer> = {
  kind: 'upsertEarnRule',
  async execute(tx, commands) {
    const read = commands.map((command) => readDraft(tx, command));
    const drafts = await refuseUnknownActions(tx, read);
    const good = drafts.filter((draft): draft is EarnRuleDraft => 'id' in draft);
    await numberVersions(tx, good);
    await insertDrafts(tx, good);
    return drafts.map((draft) =>
      'id' in draft ? { ruleId: draft.id, userErrors: [] } : refused(draft),
    );
  },
};

async function refuseUnknownActions(
  tx: CommandTransaction,
  drafts: readonly (EarnRuleDraft | UserErrorShape)[],
): Promise<(EarnRuleDraft | UserErrorShape)[]> {
  const asked = drafts.flatMap((draft) => {
    const name = 'id' in draft ? draft.input.customAction : null;
    return 'id' in draft && name != null && isComparable(name) ? [[draft.brandId, name]] : [];
  });
  if (asked.length === 0 && drafts.every((draft) => !namesAction(draft))) return [...drafts];
  const rows = await tx.query<{ brand_id: string; name: string }>(customActionsSql, [
    asked.map(([brandId]) => brandId),
    asked.map(([, name]) => name),
  ]);
  const known = new Set(rows.map((row) => `${row.brand_id} ${row.name}`));
  return drafts.map((draft) => {
    if (!namesAction(draft) || known.has(`${draft.brandId} ${draft.input.customAction}`)) {
      return draft;
    }
    return userError(
      'INVALID_VALUE',
      ['customAction'],
      'Not registered; see registerCustomAction.',
    );
  });
}

function namesAction(draft: EarnRuleDraft | UserErrorShape): draft is EarnRuleDraft {
  return 'id' in draft && draft.input.customAction != null;
}

/** In whole percent, rounded up: a rule never pays an event below the confidence it asks for. */
function percentOf(confidence: number): number {
  // Decimals have no exact double: 0.07 × 100 lies a little above 7.
  return Math.max(1, Math.ceil(Number((confidence * 100).toFixed(9))));
}

async function numberVersions(tx: CommandTransaction, drafts: EarnRuleDraft[]): Promise<void> {
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

async function insertDrafts(
  tx: CommandTransaction,
  drafts: readonly EarnRuleDraft[],
): Promise<void> {
  if (drafts.length === 0) return;
  const of = <T>(read: (draft: EarnRuleDraft) => T): T[] => drafts.map(read);
  const given = <Name extends keyof UpsertEarnRule>(name: Name) =>
    drafts.map(({ input }) => input[name] ?? null);
  await tx.query(insertSql, [
    of((d) => d.id),
    of((d) => d.brandId),
    of((d) => d.name),
    of((d) => d.version),
    given('action'),
    given('customAction'),
    given('amount'),
    given('channel'),
    of((d) => literalOf(d.input.channels)),
    of((d) => literalOf(d.input.messageKinds)),
    given('stage'),
    of((d) => JSON.stringify(d.audience)),
    of((d) => JSON.stringify(d.multipliers)),
    of((d) => d.input.perCustomerPerDay ?? 1),
    given('maxMuPerCustomerPerDay'),
    given('maxMuPerCustomer'),
    given('maxMuPerCampaign'),
    given('maxMuInTotal'),
    of((d) => percentOf(d.input.minConfidence ?? 0.5)),
    of((d) => (d.streak === null ? null : JSON.stringify(d.streak))),
    of((d) => d.input.priority ?? 0),
    of((d) => d.input.stacking ?? 'EXCLUSIVE'),
    of((d) => d.input.enabled ?? true),
    given('startsAt'),
    given('endsAt'),
    tx.now,
  ]);
}

/** A set of enum values as the literal of an array: lists of different lengths make no array in SQL. */
function literalOf(names: readonly string[] | null | undefined): string {
  return `{${[...new Set(names ?? [])].join(',')}}`;
}
