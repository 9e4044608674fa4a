import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import type { Limits } from '../platform/limits';
import { checkText, type Checked } from '../platform/text';
import { brandMeant } from './brand-meant';
import { checkBucket, checkEventAge, checkSendgridKey, checkTimezone } from './brand-settings';
import { checkOrigins, checkSenders } from './mail-settings';
import type { TriadThirdName } from './triad-third';

/** What is left out stays as it is. */
export interface UpdateBrandCommandInput {
  brandId?: string | null;
  name?: string | null;
  timezone?: string | null;
  maxEventAgeDays?: number | null;
  sendgridPublicKey?: string | null;
  bucketSize?: number | null;
  bucketPerSecond?: number | null;
  linkOrigins?: readonly string[] | null;
  ampSenders?: readonly string[] | null;
  triadThird?: TriadThirdName | null;
}

export interface UpdateBrandAnswer extends Answer {
  brand?: Record<string, unknown>;
}

interface BrandRow extends Record<string, unknown> {
  id: string;
}

/** Values to set, by column. */
type Changes = Record<string, string | number | readonly string[] | null>;

const lockSql = `
  SELECT id, slug, name, timezone, currency, max_event_age_days, bucket_size, bucket_per_second,
    sendgrid_public_key, link_origins, amp_senders, triad_third, created_at
  FROM brands WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`;

const updateSql = `
  UPDATE brands b SET name = t.name, timezone = t.timezone,
    max_event_age_days = t.max_event_age_days, bucket_size = t.bucket_size,
    bucket_per_second = t.bucket_per_second, sendgrid_public_key = t.sendgrid_public_key,
    link_origins = t.link_origins, amp_senders = t.amp_senders, triad_third = t.triad_third
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::integer[], $5::bigint[], $6::bigint[], $7::text[],
      $8::jsonb[], $9::jsonb[], $10::text[])
    AS t(id, name, timezone, max_event_age_days, bucket_size, bucket_per_second, sendgrid_public_key,
      link_origins, amp_senders, triad_third)
  WHERE b.id = t.id`;

const changeable = [
  'id',
  'name',
  'timezone',
  'max_event_age_days',
  'bucket_size',
  'bucket_per_second',
  'sendgrid_public_key',
  'link_origins',
  'amp_senders',
  'triad_third',
];

/** Changes settings of brands; of several commands for one brand each builds on the one before. */
export const updateBrandHandler: CommandHandler<UpdateBrandCommandInput, UpdateBrandAnswer> = {
  kind: 'updateBrand',
  async execute(tx, commands: readonly Command<UpdateBrandCommandInput>[]) {
    const checked = commands.map((command) => ({
      brand: brandMeant(command),
      changes: changesOf(command.input, tx.limits),
    }));
    const rows = await lockBrands(
      tx,
      checked.flatMap(({ brand }) => brand.value ?? []),
    );
    const changed = new Set<string>();
    const answers = checked.map(({ brand, changes }): UpdateBrandAnswer => {
      if (changes.refusal) return refused(changes.refusal);
      if (brand.refusal) return refused(brand.refusal);
      const row = rows.get(brand.value);
      if (row === undefined) return refused(userError('NOT_FOUND', ['brandId']));
      const after = { ...row, ...changes.value };
      rows.set(brand.value, after);
      changed.add(brand.value);
      return { userErrors: [], brand: after };
    });
    const final = [...changed].map((uuid) => rows.get(uuid) as BrandRow);
    if (final.length > 0) {
      await tx.query(
        updateSql,
        changeable.map((column) => final.map((row) => asParameter(row[column]))),
      );
    }
    return answers;
  },
};

/** Lists are stored as JSON. */
function asParameter(value: unknown): unknown {
  return Array.isArray(value) ? JSON.stringify(value) : value;
}

function changesOf(input: UpdateBrandCommandInput, limits: Limits): Checked<Changes> {
  const limit = { maxBytes: limits.textBytes, field: ['name'] };
  const checks: Record<string, Checked<Changes[string]> | undefined> = {
    name: input.name === undefined ? undefined : checkText(input.name ?? '', limit),
    timezone: given(input.timezone, checkTimezone),
    max_event_age_days: given(input.maxEventAgeDays, checkEventAge),
    sendgrid_public_key: given(input.sendgridPublicKey, checkSendgridKey),
    bucket_size: given(input.bucketSize, (size) => checkBucket(size, 'bucketSize')),
    bucket_per_second: given(input.bucketPerSecond, (size) => checkBucket(size, 'bucketPerSecond')),
    link_origins: given(input.linkOrigins, (list) => checkOrigins(list ?? [], limits)),
    amp_senders: given(input.ampSenders, (list) => checkSenders(list ?? [], limits)),
    triad_third: given(input.triadThird, (third) => ({ value: third ?? 'ACTION_MAXIMUM' })),
  };
  const changes: Changes = {};
  for (const [column, check] of Object.entries(checks)) {
    if (check === undefined) continue;
    if (check.refusal) return { refusal: check.refusal satisfies UserErrorShape };
    changes[column] = check.value;
  }
  return { value: changes };
}

function given<Value, Stored>(
  value: Value | undefined,
  check: (value: Value) => Checked<Stored>,
): Checked<Stored> | undefined {
  return value === undefined ? undefined : check(value);
}

async function lockBrands(
  tx: CommandTransaction,
  uuids: readonly string[],
): Promise<Map<string, BrandRow>> {
  const rows = await tx.query<BrandRow>(lockSql, [[...new Set(uuids)]]);
  return new Map(rows.map((row) => [row.id, row]));
}
