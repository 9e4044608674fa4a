import {
  refused,
  type Answer,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import type { Limits } from '../platform/limits';
import { checkText } from '../platform/text';
import { insertApiKeys, type CreatedApiKey, type KeyCommand } from './api-key.store';
import { allScopes } from './api-key-scope';
import { checkCurrency, checkSlug, checkTimezone } from './brand-settings';

export interface CreateBrandCommandInput {
  name: string;
  slug: string;
  timezone: string;
  currency: string;
}

export interface CreateBrandAnswer extends Answer {
  brand?: Record<string, unknown>;
  apiKey?: CreatedApiKey;
}

type CreateBrandCommand = KeyCommand<CreateBrandCommandInput>;

interface NewBrand extends CreateBrandCommandInput {
  uuid: string;
}

const firstKeyName = 'First key';

const insertSql = `
  INSERT INTO brands (id, slug, name, timezone, currency, created_at)
  SELECT t.id, t.slug, t.name, t.timezone, t.currency, $6
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[]) WITH ORDINALITY
    AS t(id, slug, name, timezone, currency, place)
  ORDER BY t.slug, t.place
  ON CONFLICT (slug) DO NOTHING
  RETURNING id, slug, name, timezone, currency, max_event_age_days, sendgrid_public_key, link_origins,
    amp_senders, triad_third, created_at`;

/**
 * Creates brands, each with a first API key that may do everything a brand may. A command's tenant is
 * the UUID the new brand gets, since row-level security lets the transaction write for that one.
 */
export const createBrandHandler: CommandHandler<CreateBrandCommandInput, CreateBrandAnswer> = {
  kind: 'createBrand',
  async execute(tx, commands: readonly CreateBrandCommand[]) {
    const checked = commands.map((command) => check(command, tx.limits));
    const wanted = checked.filter((brand) => 'uuid' in brand);
    const made = await insertBrands(tx, wanted);
    const firstKeys = wanted
      .filter((brand) => made.has(brand.uuid))
      .map(({ uuid }) => ({ brandUuid: uuid, name: firstKeyName, scopes: allScopes }));
    const { mint } = commands[0] as CreateBrandCommand;
    const keys = await insertApiKeys(tx, mint, firstKeys);
    const keyOf = new Map(keys.map((key) => [key.row['brand_id'], key]));
    return checked.map((brand) => {
      if (!('uuid' in brand)) return refused(brand);
      const row = made.get(brand.uuid);
      if (row === undefined) return refused(userError('ALREADY_EXISTS', ['slug']));
      return { userErrors: [], brand: row, apiKey: keyOf.get(brand.uuid) };
    });
  },
};

function check({ input, tenant }: CreateBrandCommand, limits: Limits): NewBrand | UserErrorShape {
  const name = checkText(input.name, { maxBytes: limits.textBytes, field: ['name'] });
  if (name.refusal) return name.refusal;
  const slug = checkSlug(input.slug);
  if (slug.refusal) return slug.refusal;
  const timezone = checkTimezone(input.timezone);
  if (timezone.refusal) return timezone.refusal;
  const currency = checkCurrency(input.currency);
  if (currency.refusal) return currency.refusal;
  return {
    uuid: tenant as string,
    name: name.value,
    slug: slug.value,
    timezone: timezone.value,
    currency: currency.value,
  };
}

async function insertBrands(
  tx: CommandTransaction,
  brands: readonly NewBrand[],
): Promise<Map<unknown, Record<string, unknown>>> {
  if (brands.length === 0) return new Map();
  const rows = await tx.query(insertSql, [
    brands.map((brand) => brand.uuid),
    brands.map((brand) => brand.slug),
    brands.map((brand) => brand.name),
    brands.map((brand) => brand.timezone),
    brands.map((brand) => brand.currency),
    tx.now,
  ]);
  return new Map(rows.map((row) => [row['id'], row]));
}
