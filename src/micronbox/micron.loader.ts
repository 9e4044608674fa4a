import { deliveryId, type ChannelName, type MessageKindName } from '../messages';
import { subjectOf } from '../platform/auth/caller';
import { nilUuid } from '../platform/ids';
import {
  readPage,
  toConnection,
  type Connection,
  type PageArgs,
} from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { defineListLoader, defineLoader } from '../platform/graphql/loaders';
import { boxSql, boxValues } from './in-box.sql';
import { Micron, type MicronOffer } from './micron.type';
import type { MicronboxFolderName } from './micronbox-enums';

/** A micron with what its links are made of. */
export interface MicronSource extends Micron {
  uuid: string;
  brandUuid: string;
  messageUuid: string;
}

interface Row {
  id: string;
  brand_id: string;
  message_id: string;
  folder: MicronboxFolderName;
  kind: MessageKindName;
  channel: ChannelName;
  subject: string | null;
  delivered_at: Date;
  read_at: Date | null;
  saved_at: Date | null;
  leaves_at: Date | null;
  open_mu: number | null;
  action_mu_max: number | null;
  expires_at: Date | null;
  open_earned: boolean;
  earned_by_actions: number;
  earned: number;
  opted_out: boolean;
}

// A rule that stacks adds its name to the action's.
const isForOpen = `(a.action = 'OPEN' OR starts_with(a.action, 'OPEN + '))`;

const withAwards = (microns: string): string => `
  SELECT x.*, w.*, EXISTS (SELECT FROM opt_outs o
    WHERE o.customer_id = $1 AND o.opted_in_at IS NULL) AS opted_out
  FROM (${microns}) x
  CROSS JOIN LATERAL (
    SELECT coalesce(bool_or(${isForOpen}), false) AS open_earned,
      coalesce(sum(a.amount) FILTER (WHERE NOT ${isForOpen}), 0)::bigint AS earned_by_actions,
      coalesce(sum(a.amount), 0)::bigint AS earned
    FROM message_awards a WHERE a.customer_id = x.customer_id AND a.brand_id = x.brand_id
      AND a.message_id = x.message_id) w
  ORDER BY x.delivered_at DESC, x.id DESC`;

const byIdSql = `${boxSql} ${withAwards('SELECT b.* FROM box b WHERE b.id = ANY ($6::uuid[])')}`;

const pageSql = `${boxSql} ${withAwards(`
  SELECT p.* FROM (
    SELECT b.*, row_number() OVER (PARTITION BY b.brand_id ORDER BY b.delivered_at DESC, b.id DESC) AS place
    FROM box b WHERE b.brand_id = ANY ($6::uuid[]) AND b.folder = $7
      AND (b.delivered_at, b.id) < ($8::timestamptz, $9::uuid)) p
  WHERE p.place <= $10`)}`;

/** Microns by the UUID of their delivery, for the person they are of; null for what is not in their box. */
export const micronLoader = defineLoader<string, MicronSource | null>(async (context, ids) => {
  const person = subjectOf(context.caller);
  if (person === null) return ids.map(() => null);
  const rows = await read(context, byIdSql, person, [ids]);
  const found = new Map(rows.map((row) => [row.uuid, row]));
  return ids.map((id) => found.get(id) ?? null);
});

interface ThreadArgs {
  person: string;
  folder: MicronboxFolderName;
  first: number;
  after: [time: string, id: string] | null;
}

const ofThreadLoader = defineListLoader<ThreadArgs, MicronSource[]>(
  async (context, brands, { person, folder, first, after }) => {
    const [time, id] = after ?? ['infinity', nilUuid];
    const microns = await read(context, pageSql, person, [brands, folder, time, id, first + 1]);
    return brands.map((brand) => microns.filter(({ brandUuid }) => brandUuid === brand));
  },
);

/** A page of what one brand has in a folder of a person, newest first; one statement for all threads of a page. */
export async function readMicrons(
  context: Context,
  thread: { brandUuid: string; customerUuid: string; folder: MicronboxFolderName },
  args: PageArgs,
): Promise<Connection<MicronSource>> {
  const page = readPage(args, context.config.limits, ['time', 'uuid']);
  const { customerUuid: person, folder } = thread;
  const loader = ofThreadLoader(context, { person, folder, first: page.first, after: page.after });
  const rows = await loader.load(thread.brandUuid);
  return toConnection(rows, page, (row) => [row.deliveredAt.toISOString(), row.uuid]);
}

async function read(
  context: Context,
  sql: string,
  person: string,
  values: unknown[],
): Promise<MicronSource[]> {
  const now = context.clock.now(new Date());
  const viewer = subjectOf(context.caller) ?? nilUuid;
  const rows = await context.reads.query<Row>(sql, [
    ...boxValues(person, viewer, now, context.config.limits),
    ...values,
  ]);
  return rows.map((row) => toMicron(row, now));
}

function toMicron(row: Row, now: Date): MicronSource {
  return Object.assign(new Micron(), {
    uuid: row.id,
    brandUuid: row.brand_id,
    messageUuid: row.message_id,
    id: deliveryId.encode(row.id),
    folder: row.folder,
    kind: row.kind,
    channel: row.channel,
    subject: row.subject,
    deliveredAt: row.delivered_at,
    readAt: row.read_at,
    savedAt: row.saved_at,
    leavesAt: row.leaves_at,
    offer: offerOf(row, now),
  });
}

function offerOf(row: Row, now: Date): MicronOffer {
  const closed = row.opted_out || (row.expires_at !== null && row.expires_at <= now);
  const left = (offered: number | null, spent: number) =>
    offered === null ? null : closed ? 0 : Math.max(0, offered - spent);
  const openMu = left(row.open_mu, row.open_earned ? (row.open_mu ?? 0) : 0);
  return {
    openMu,
    actionMu: left(row.action_mu_max, row.earned_by_actions),
    closesAt: row.expires_at,
    openEarned: row.open_earned,
    earned: row.earned,
  };
}
