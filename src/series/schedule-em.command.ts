import { refused, type Answer, type CommandHandler } from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import type { Limits } from '../platform/limits';
import { checkText } from '../platform/text';
import { emSeriesId, seriesItemId } from './series.id';
import { lockSeries } from './series.service';

export interface ScheduleEm {
  seriesId: string;
  subject: string;
  link?: string | null;
}

export interface ScheduleEmAnswer extends Answer {
  itemId?: string;
}

interface Draft {
  subject: string;
  link: string | null;
}

const longestLink = 2000;

const lastSql = `
  SELECT i.series_id, max(i.position) AS position FROM em_series_items i
  WHERE i.series_id = ANY ($1::uuid[]) GROUP BY i.series_id`;

const insertSql = `
  INSERT INTO em_series_items (id, brand_id, series_id, position, subject, link, created_at)
  SELECT t.*, $7 FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::integer[], $5::text[], $6::text[]) AS t`;

/** Puts ems at the end of their series, in the order of the commands. */
export const scheduleEm: CommandHandler<ScheduleEm, ScheduleEmAnswer> = {
  kind: 'scheduleEm',
  async execute(tx, commands) {
    const ids = commands.map(({ input }) => emSeriesId.decode(input.seriesId));
    const brandIds = commands.map(({ tenant }) => tenant as string);
    const found = await lockSeries(tx, ids, brandIds);
    const lasts = await tx.query<{ series_id: string; position: number }>(lastSql, [ids]);
    const last = new Map(lasts.map((row) => [row.series_id, row.position]));
    const rows: (Draft & { id: string; brandId: string; seriesId: string; position: number })[] =
      [];
    const answers = commands.map(({ input }, at) => {
      const series = found.get(`${brandIds[at]} ${ids[at]}`);
      if (series === undefined) return refused(userError('NOT_FOUND', ['seriesId']));
      if (series.state === 'ENDED') {
        return refused(userError('ALREADY_RESOLVED', ['seriesId'], 'The series has ended.'));
      }
      const draft = readDraft(input, tx.limits);
      if (!('subject' in draft)) return refused(draft);
      const position = (last.get(series.id) ?? 0) + 1;
      last.set(series.id, position);
      const id = seriesItemId.create();
      rows.push({ ...draft, id, brandId: series.brand_id, seriesId: series.id, position });
      return { itemId: id, userErrors: [] };
    });
    if (rows.length > 0) {
      await tx.query(insertSql, [
        rows.map((row) => row.id),
        rows.map((row) => row.brandId),
        rows.map((row) => row.seriesId),
        rows.map((row) => row.position),
        rows.map((row) => row.subject),
        rows.map((row) => row.link),
        tx.now,
      ]);
    }
    return answers;
  },
};

function readDraft({ subject, link }: ScheduleEm, limits: Limits): Draft | UserErrorShape {
  const text = checkText(subject, { maxBytes: limits.textBytes, field: ['subject'] });
  if (text.refusal) return text.refusal;
  if (link == null) return { subject: text.value, link: null };
  const address = checkText(link, { maxBytes: longestLink, field: ['link'] });
  if (address.refusal) return address.refusal;
  const web = URL.canParse(address.value) && new URL(address.value).protocol === 'https:';
  if (!web) return userError('INVALID_VALUE', ['link'], 'Must be an address by https.');
  return { subject: text.value, link: address.value };
}
