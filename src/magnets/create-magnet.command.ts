import { messageId, messagesByIds } from '../messages';
import {
  refused,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { checkText } from '../platform/text';
import { magnetSnapshot } from './magnet.loader';
import type { MagnetAnswerOfCommand } from './magnet-payload';
import { readContent, type MagnetDraft } from './create-magnet.request';
import type { MagnetRow } from './magnet.entity';
import { magnetId } from './magnet.id';

const nameBytes = 200;

/** Publishes magnets; an external id that the brand has used before is refused. */
export const createMagnet: CommandHandler<MagnetDraft, MagnetAnswerOfCommand> = {
  kind: 'createMagnet',
  async execute(tx, commands) {
    const ids = commands.map(({ input }) =>
      input.messageId == null ? null : messageId.decode(input.messageId),
    );
    const brandIds = commands.map(({ tenant }) => tenant as string);
    const messages = await messagesByIds(tx, ids, brandIds);
    const drafts = commands.map((command, at) => rowOf(tx, command, messages[at]?.uuid ?? null));
    const inserted = await insertMagnets(
      tx,
      drafts.filter((draft) => 'id' in draft),
    );
    return drafts.map((draft) => {
      if (!('id' in draft)) return refused(draft);
      if (inserted.has(draft.id)) return { magnet: magnetSnapshot(draft), userErrors: [] };
      return refused(userError('ALREADY_EXISTS', ['externalId']));
    });
  },
};

function rowOf(
  tx: CommandTransaction,
  { input, tenant }: Command<MagnetDraft>,
  message: string | null,
): MagnetRow | UserErrorShape {
  const externalId = checkText(input.externalId, { maxBytes: nameBytes, field: ['externalId'] });
  if (externalId.refusal) return externalId.refusal;
  const title = checkText(input.title, { maxBytes: nameBytes, field: ['title'] });
  if (title.refusal) return title.refusal;
  const content = readContent(input.content, tx.limits);
  if ('code' in content) return content;
  if (input.messageId != null && message === null) return userError('NOT_FOUND', ['messageId']);
  const startsAt = input.startsAt == null ? null : new Date(input.startsAt);
  const endsAt = input.endsAt == null ? null : new Date(input.endsAt);
  if (endsAt !== null && endsAt <= (startsAt ?? tx.now)) {
    return userError('INVALID_VALUE', ['endsAt'], 'It must take answers for some time.');
  }
  return {
    id: magnetId.create(),
    brand_id: tenant as string,
    external_id: externalId.value,
    kind: content.kind,
    title: title.value,
    message_id: message,
    content,
    state: 'OPEN',
    starts_at: startsAt,
    ends_at: endsAt,
    created_at: tx.now,
    winning_option: null,
    resolved_at: null,
    settled_at: null,
    remainder: null,
  };
}

const insertSql = `
  INSERT INTO magnets (id, brand_id, external_id, kind, title, message_id, content, state, starts_at,
    ends_at, created_at)
  SELECT t.id, t.brand_id, t.external_id, t.kind, t.title, t.message_id, t.content, 'OPEN',
    t.starts_at, t.ends_at, $10
  FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::jsonb[],
    $8::timestamptz[], $9::timestamptz[]) WITH ORDINALITY
    AS t(id, brand_id, external_id, kind, title, message_id, content, starts_at, ends_at, place)
  ORDER BY t.brand_id, t.external_id, t.place
  ON CONFLICT (brand_id, external_id) DO NOTHING
  RETURNING id`;

/** UUIDs of those that are new: the first of several with one external id. */
async function insertMagnets(
  tx: CommandTransaction,
  rows: readonly MagnetRow[],
): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const column = (name: keyof MagnetRow) => rows.map((row) => row[name]);
  const stored = await tx.query<{ id: string }>(insertSql, [
    column('id'),
    column('brand_id'),
    column('external_id'),
    column('kind'),
    column('title'),
    column('message_id'),
    rows.map(({ content }) => JSON.stringify(content)),
    column('starts_at'),
    column('ends_at'),
    tx.now,
  ]);
  return new Set(stored.map(({ id }) => id));
}
