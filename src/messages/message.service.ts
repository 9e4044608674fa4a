import type { CommandTransaction } from '../platform/database/command';
import { toEntity } from '../platform/database/rows';
import { isComparable } from '../platform/text';
import type { ChannelName, MessageKindName } from './channel';
import { MessageEntity } from './message.entity';

/** A message about to be recorded; its writer has judged every value. */
export interface MessageDraft {
  /** Chosen by the writer, who may have named it elsewhere already. */
  uuid: string;
  brandId: string;
  externalId: string;
  channel: ChannelName;
  kind: MessageKindName;
  subject: string | null;
  campaign: string | null;
  openMu: number | null;
  actionMuMax: number | null;
  audience: number | null;
  expiresAt: Date | null;
  /** Rule versions that stay its own; left out, attention to it is judged by the ones in force. */
  earnRuleIds?: readonly string[] | null;
  /** The em of a series that it is. */
  seriesItem?: { itemId: string; seriesId: string } | null;
  /** The experiment it is sent for. */
  experimentId?: string | null;
}

const insert = `
  INSERT INTO messages (id, brand_id, external_id, channel, kind, subject, campaign, open_mu,
    action_mu_max, audience, expires_at, earn_rule_ids, series_item_id, series_id, experiment_id, created_at)
  SELECT t.id, t.brand_id, t.external_id, t.channel, t.kind, t.subject, t.campaign, t.open_mu,
    t.action_mu_max, t.audience, t.expires_at, t.earn_rule_ids::uuid[], t.series_item_id, t.series_id,
    t.experiment_id, $16
  FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
    $8::bigint[], $9::bigint[], $10::integer[], $11::timestamptz[], $12::text[], $13::uuid[],
    $14::uuid[], $15::uuid[]) WITH ORDINALITY
    AS t(id, brand_id, external_id, channel, kind, subject, campaign, open_mu, action_mu_max,
      audience, expires_at, earn_rule_ids, series_item_id, series_id, experiment_id, place)
  ORDER BY t.brand_id, t.external_id, t.place
  ON CONFLICT (brand_id, external_id) DO NOTHING
  RETURNING id`;

/**
 * Inserts messages, one statement for the list. Answers in order whether each is new: false for an
 * external id the brand has used before, also earlier in the same list.
 */
export async function insertMessages(
  tx: CommandTransaction,
  drafts: readonly MessageDraft[],
): Promise<boolean[]> {
  if (drafts.length === 0) return [];
  const column = <Name extends keyof MessageDraft>(name: Name) =>
    drafts.map((draft) => draft[name]);
  const rows = await tx.query<{ id: string }>(insert, [
    column('uuid'),
    column('brandId'),
    column('externalId'),
    column('channel'),
    column('kind'),
    column('subject'),
    column('campaign'),
    column('openMu'),
    column('actionMuMax'),
    column('audience'),
    column('expiresAt'),
    // A list of lists of different lengths is no array in SQL, so each travels as its literal.
    column('earnRuleIds').map((ids) => (ids == null ? null : `{${ids.join(',')}}`)),
    drafts.map(({ seriesItem }) => seriesItem?.itemId ?? null),
    drafts.map(({ seriesItem }) => seriesItem?.seriesId ?? null),
    drafts.map(({ experimentId }) => experimentId ?? null),
    tx.now,
  ]);
  const inserted = new Set(rows.map((row) => row.id));
  return drafts.map((draft) => inserted.has(draft.uuid));
}

const selectByIds = `
  SELECT m.* FROM unnest($1::uuid[], $2::uuid[]) AS t(id, brand_id)
  JOIN messages m ON m.id = t.id AND m.brand_id = t.brand_id`;

/**
 * The messages of these UUIDs, each of the brand at the same place of the other list; null where the
 * id is null, unknown or another brand's. One statement.
 */
export async function messagesByIds(
  tx: CommandTransaction,
  ids: readonly (string | null)[],
  brandIds: readonly string[],
): Promise<(MessageEntity | null)[]> {
  if (ids.every((id) => id === null)) return ids.map(() => null);
  const rows = await tx.query(selectByIds, [ids, brandIds]);
  const found = new Map(rows.map((row) => [row['id'], toEntity(MessageEntity, row)]));
  return ids.map((id, at) => {
    const message = found.get(id);
    return message !== undefined && message.brandUuid === brandIds[at] ? message : null;
  });
}

const selectByExternalIds = `
  SELECT DISTINCT m.* FROM unnest($1::text[], $2::uuid[]) AS t(external_id, brand_id)
  JOIN messages m ON m.external_id = t.external_id AND m.brand_id = t.brand_id`;

/** As `messagesByIds`, by the brands' own ids. One statement. */
export async function messagesByExternalIds(
  tx: CommandTransaction,
  externalIds: readonly (string | null)[],
  brandIds: readonly string[],
): Promise<(MessageEntity | null)[]> {
  const askable = externalIds.map((id) => (id !== null && isComparable(id) ? id : null));
  if (askable.every((id) => id === null)) return askable.map(() => null);
  const rows = await tx.query(selectByExternalIds, [askable, brandIds]);
  const nameOf = (externalId: unknown, brandId: unknown) =>
    `${String(brandId)} ${String(externalId)}`;
  const found = new Map(
    rows.map((row) => [nameOf(row['external_id'], row['brand_id']), toEntity(MessageEntity, row)]),
  );
  return askable.map((id, at) => found.get(nameOf(id, brandIds[at])) ?? null);
}
