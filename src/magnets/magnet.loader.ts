import { brandOf, viewer } from '../platform/auth/caller';
import { toEntity } from '../platform/database/rows';
import {
  readPage,
  toConnection,
  type Connection,
  type PageArgs,
} from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import type { ReferenceLoader } from '../platform/feature';
import { defineListLoader, defineLoader, refreshReads } from '../platform/graphql/loaders';
import { referencesById } from '../platform/graphql/references';
import type { MagnetKind } from './magnet-content';
import { MagnetEntity, type MagnetRow } from './magnet.entity';
import { magnetId } from './magnet.id';

/** The row as the graph shows it: what its kind alone has beside what all have. */
function toMagnet(row: Record<string, unknown>): MagnetEntity {
  const magnet = toEntity(MagnetEntity, row);
  return Object.assign(magnet, { ...magnet.content, kind: magnet.kind });
}

/** A brand sees its own; a customer those of the brand that signed them in, and what they answered. */
const visible = `($1::uuid IS NULL OR m.brand_id = $1)
  AND ($2::uuid IS NULL OR m.brand_id = $3 OR EXISTS (
    SELECT FROM magnet_responses r WHERE r.magnet_id = m.id AND r.customer_id = $2))`;

const byIdSql = `SELECT m.* FROM magnets m WHERE m.id = ANY ($4::uuid[]) AND ${visible}`;

function seenBy({ caller }: Context): unknown[] {
  return [...viewer(caller), caller.kind === 'customer' ? caller.brandId : null];
}

/** Magnets by UUID, as the caller may see them; null for all others, existing or not. */
export const magnetLoader = defineLoader<string, MagnetEntity | null>(async (context, ids) => {
  const rows = await context.reads.query(byIdSql, [...seenBy(context), ids]);
  const found = new Map(rows.map((row) => [row['id'] as string, toMagnet(row)]));
  return ids.map((id) => found.get(id) ?? null);
});

/** Magnets of one kind that a router names. */
export function magnetReferences(kind: MagnetKind): ReferenceLoader {
  const load = referencesById(magnetId, magnetLoader);
  return async (representations, context) => {
    const magnets = (await load(representations, context)) as (MagnetEntity | null)[];
    return magnets.map((magnet) => (magnet?.kind === kind ? magnet : null));
  };
}

const ofBrandSql = `
  SELECT m.* FROM magnets m
  WHERE m.brand_id = $1 AND ($2::uuid IS NULL OR m.id < $2)
  ORDER BY m.id DESC LIMIT $3`;

/** A page of the magnets of the caller's brand, the newest first. */
export async function readMagnetPage(
  context: Context,
  args: PageArgs,
): Promise<Connection<MagnetEntity>> {
  const page = readPage(args, context.config.limits, ['uuid']);
  const rows = await context.reads.query(ofBrandSql, [
    brandOf(context.caller),
    page.after?.[0] ?? null,
    page.first + 1,
  ]);
  return toConnection(rows.map(toMagnet), page, (magnet) => [magnet.uuid]);
}

const ofMessagesSql = `
  SELECT m.* FROM magnets m WHERE m.message_id = ANY ($4::uuid[]) AND ${visible} ORDER BY m.id`;

/** The magnets of messages, oldest first. */
export const magnetsOfMessageLoader = defineLoader<string, MagnetEntity[]>(async (context, ids) => {
  const rows = await context.reads.query(ofMessagesSql, [...seenBy(context), ids]);
  const magnets = rows.map(toMagnet);
  return ids.map((id) => magnets.filter((magnet) => magnet.messageUuid === id));
});

/** How often a choice was made, and the Mu on it. */
export interface ChoiceCount {
  choice: number;
  responses: number;
  stake: number;
}

const countsSql = `
  SELECT c.magnet_id, c.choice, c.responses, c.stake FROM magnet_counts c
  WHERE c.magnet_id = ANY ($1::uuid[]) ORDER BY c.choice`;

/** Counts of the answers to magnets the caller sees. */
export const countsLoader = defineLoader<string, ChoiceCount[]>(async (context, ids) => {
  const rows = await context.reads.query<ChoiceCount & { magnet_id: string }>(countsSql, [ids]);
  return ids.map((id) => rows.filter((row) => row.magnet_id === id));
});

const answeredSql = `
  SELECT DISTINCT r.magnet_id FROM magnet_responses r
  WHERE r.magnet_id = ANY ($1::uuid[]) AND r.customer_id = $2`;

const answeredByLoader = defineListLoader<{ customerId: string }, boolean>(
  async (context, ids, { customerId }) => {
    const rows = await context.reads.query(answeredSql, [ids, customerId]);
    const answered = new Set(rows.map((row) => row['magnet_id']));
    return ids.map((id) => answered.has(id));
  },
);

/** Whether the caller may see what is right and what others chose: a customer only after answering. */
export async function seesAnswers(context: Context, magnet: MagnetEntity): Promise<boolean> {
  const { caller } = context;
  if (caller.kind !== 'customer') return true;
  return answeredByLoader(context, { customerId: caller.customerId }).load(magnet.uuid);
}

/** A magnet as stored answers keep it; what it asks is read when it is shown. */
export type MagnetSnapshot = Omit<MagnetRow, 'content' | 'title'>;

export function magnetSnapshot(row: MagnetRow): MagnetSnapshot {
  return { ...row, content: undefined, title: undefined } as MagnetSnapshot;
}

/** The magnet of a stored answer, as it was then. */
export async function magnetOfAnswer(
  context: Context,
  snapshot: MagnetSnapshot | undefined,
): Promise<MagnetEntity | null> {
  await refreshReads(context);
  if (snapshot === undefined) return null;
  const magnet = await magnetLoader(context).load(snapshot.id);
  if (magnet === null) return null;
  const then = toEntity(MagnetEntity, { ...snapshot });
  const { state, winningOption, resolvedAt, settledAt, remainderMu } = then;
  const ended = { state, winningOption, resolvedAt, settledAt, remainderMu };
  return Object.assign(new MagnetEntity(), magnet, ended);
}
