import { attentionModel } from '../attention';
import { zoneIn, type CustomerEntity } from '../customers';
import { subjectOf } from '../platform/auth/caller';
import {
  readPage,
  toConnection,
  type Connection,
  type PageArgs,
} from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { boxSql, boxValues } from './in-box.sql';
import type { MicronboxFolderName } from './micronbox-enums';
import { comparePlaces, placeOf, rankAt, type Rank, type RankPlace, type Standing } from './rank';
import { MicronboxRank, MicronboxThread } from './thread.type';

/** A thread with what its fields are made of. */
export interface ThreadSource extends MicronboxThread {
  brandUuid: string;
  customerUuid: string;
  folder: MicronboxFolderName;
  newestUuid: string;
  place: RankPlace;
}

interface Row {
  brand_id: string;
  newest: string;
  unread: number;
  unheeded: number;
  own_zone: unknown;
  brand_zone: string;
  ema: number | null;
  ema_day: string | null;
  streak: number | null;
  last_attended_at: Date | null;
}

// What came after $7 does not move a brand, so that the pages of one walk through the box fit together.
const threadsSql = `${boxSql}
  SELECT x.brand_id, (array_agg(x.id ORDER BY x.delivered_at DESC, x.id DESC)
      FILTER (WHERE x.folder = $6))[1] AS newest,
    count(*) FILTER (WHERE x.folder = $6 AND x.read_at IS NULL)::integer AS unread,
    count(*) FILTER (WHERE x.folder = 'INBOX' AND x.read_at IS NULL AND x.recorded_at <= $7::timestamptz
      AND x.delivered_at > coalesce(s.last_attended_at, '-infinity'))::integer AS unheeded,
    b.own_zone, f.timezone AS brand_zone, s.ema, s.ema_day::text, s.streak, s.last_attended_at
  FROM box x JOIN mine b ON b.brand_id = x.brand_id JOIN brands f ON f.id = x.brand_id
  LEFT JOIN attention_states s ON s.brand_id = x.brand_id AND s.customer_id = $1
  GROUP BY x.brand_id, b.own_zone, f.timezone, s.brand_id, s.customer_id
  HAVING count(*) FILTER (WHERE x.folder = $6) > 0`;

/**
 * A page of the threads in a folder of a person, whom they attend to most first; null to everybody but the
 * person. One statement, over what was delivered to the person lately and what they saved.
 */
export async function readThreads(
  context: Context,
  customer: CustomerEntity,
  args: PageArgs,
  folder: MicronboxFolderName,
): Promise<Connection<ThreadSource> | null> {
  const { limits } = context.config;
  const page = readPage(args, limits, ['time', 'integer', 'integer', 'uuid']);
  const viewer = subjectOf(context.caller);
  if (viewer !== customer.uuid) return null;
  const now = context.clock.now(new Date());
  const asked = page.after === null ? now : new Date(page.after[0]);
  const asOf = asked < now ? asked : now;
  const rows = await context.reads.query<Row>(threadsSql, [
    ...boxValues(customer.uuid, viewer, now, limits),
    folder,
    asOf,
  ]);
  const ranked = rows
    .map((row) => ({ row, rank: rankAt(standingOf(row), asOf, limits.micronboxIgnored) }))
    .sort((a, b) => comparePlaces(placeOf(a.rank), placeOf(b.rank)));
  const threads = ranked.map(({ row, rank }, at) =>
    Object.assign(new MicronboxThread(), {
      brandUuid: row.brand_id,
      customerUuid: customer.uuid,
      folder,
      newestUuid: row.newest,
      unread: row.unread,
      place: placeOf(rank),
      rank: rankView(rank, at + 1, asOf),
    }),
  );
  const from = page.after === null ? null : placeAfter(page.after);
  const rest =
    from === null ? threads : threads.filter(({ place }) => comparePlaces(place, from) > 0);
  return toConnection(rest.slice(0, page.first + 1), page, ({ place }) => [
    asOf.toISOString(),
    place.sunk ? 1 : 0,
    place.index,
    place.brandUuid,
  ]);
}

function placeAfter([, sunk, index, brandUuid]: [string, number, number, string]): RankPlace {
  return { sunk: sunk === 1, index, brandUuid };
}

function standingOf(row: Row): Standing {
  return {
    brandUuid: row.brand_id,
    ema: row.ema,
    emaDay: row.ema_day,
    streak: row.streak,
    attendedAt: row.last_attended_at,
    unheeded: row.unheeded,
    zone: zoneIn({ timezone: row.own_zone }) ?? row.brand_zone,
  };
}

function rankView({ index, reason }: Rank, position: number, asOf: Date): MicronboxRank {
  return Object.assign(new MicronboxRank(), {
    asOf,
    window: { from: null, until: asOf },
    modelVersion: attentionModel,
    position,
    index,
    reason,
  });
}
