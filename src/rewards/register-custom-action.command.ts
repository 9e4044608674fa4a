import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { checkText, type Checked } from '../platform/text';
import { customActionId } from './custom-action.id';

/** An action as a brand describes it. */
export interface RegisterCustomAction {
  name: string;
  description?: string | null;
}

export interface RegisterCustomActionAnswer extends Answer {
  customActionId?: string;
}

interface Draft {
  id: string;
  brandId: string;
  name: string;
  description: string | null;
}

const nameBytes = 64;

// Locking the brands gives the actions of a brand to one transaction at a time.
const lockSql = `SELECT id FROM brands WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`;

const knownSql = `
  SELECT a.id, a.brand_id, a.name FROM custom_actions a WHERE a.brand_id = ANY ($1::uuid[])`;

const storeSql = `
  INSERT INTO custom_actions AS a (id, brand_id, name, description, created_at)
  SELECT t.*, $5 FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[])
    AS t(id, brand_id, name, description)
  ORDER BY t.brand_id, t.name
  ON CONFLICT (brand_id, name) DO UPDATE SET description = excluded.description`;

/** Registers actions, or describes them anew; of several for one name the last stays. */
export const registerCustomAction: CommandHandler<
  RegisterCustomAction,
  RegisterCustomActionAnswer
> = {
  kind: 'registerCustomAction',
  async execute(tx, commands) {
    const drafts = commands.map((command) => readDraft(tx, command));
    const good = drafts.filter((draft): draft is Draft => 'id' in draft);
    const kept = await keep(tx, good);
    return drafts.map((draft) => {
      if (!('id' in draft)) return refused(draft);
      const stored = kept.get(nameOf(draft));
      return stored === undefined
        ? refused(userError('LIMIT_EXCEEDED', ['name']))
        : { customActionId: stored.id, userErrors: [] };
    });
  },
};

function readDraft(
  tx: CommandTransaction,
  { input, tenant }: Command<RegisterCustomAction>,
): Draft | UserErrorShape {
  const name = checkText(input.name, { maxBytes: nameBytes, field: ['name'] });
  if (name.refusal) return name.refusal;
  const maxBytes = tx.limits.textBytes;
  const description: Checked<string | null> =
    input.description == null
      ? { value: null }
      : checkText(input.description, { maxBytes, field: ['description'] });
  if (description.refusal) return description.refusal;
  return {
    id: customActionId.create(),
    brandId: tenant as string,
    name: name.value,
    description: description.value,
  };
}

function nameOf({ brandId, name }: Pick<Draft, 'brandId' | 'name'>): string {
  return `${brandId} ${name}`;
}

/** Stores what fits a brand's number of actions; answers what is stored, by name. */
async function keep(
  tx: CommandTransaction,
  drafts: readonly Draft[],
): Promise<Map<string, Pick<Draft, 'id'>>> {
  const kept = new Map<string, Draft>();
  if (drafts.length === 0) return kept;
  const brands = [...new Set(drafts.map((draft) => draft.brandId))];
  await tx.query(lockSql, [brands]);
  const rows = await tx.query<{ id: string; brand_id: string; name: string }>(knownSql, [brands]);
  const ids = new Map(
    rows.map((row) => [nameOf({ brandId: row.brand_id, name: row.name }), row.id]),
  );
  const counts = new Map(
    brands.map((id) => [id, rows.filter((row) => row.brand_id === id).length]),
  );
  for (const draft of drafts) {
    const name = nameOf(draft);
    const count = counts.get(draft.brandId) ?? 0;
    const known = ids.get(name);
    if (known === undefined && count >= tx.limits.customActions) continue;
    if (known === undefined) counts.set(draft.brandId, count + 1);
    ids.set(name, known ?? draft.id);
    kept.set(name, { ...draft, id: known ?? draft.id });
  }
  const stored = [...kept.values()];
  await tx.query(storeSql, [
    stored.map((draft) => draft.id),
    stored.map((draft) => draft.brandId),
    stored.map((draft) => draft.name),
    stored.map((draft) => draft.description),
    tx.now,
  ]);
  return kept;
}
