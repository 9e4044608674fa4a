import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { checkText } from '../platform/text';
import { isSlot } from './daily-slot';
import { emSeriesId } from './series.id';

export interface CreateEmSeries {
  externalId: string;
  name: string;
  dailySlot: string;
}

/** Which series a command made or changed. */
export interface SeriesAnswer extends Answer {
  seriesId?: string;
}

interface Draft {
  id: string;
  brandId: string;
  externalId: string;
  name: string;
  dailySlot: string;
}

export const wrongSlot = (): UserErrorShape =>
  userError('INVALID_VALUE', ['dailySlot'], 'Must be a time of day, as 07:00.');

const insertSql = `
  INSERT INTO em_series (id, brand_id, external_id, name, daily_slot, state, created_at, updated_at)
  SELECT t.*, 'ACTIVE', $6, $6 FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[])
    AS t(id, brand_id, external_id, name, daily_slot)
  ORDER BY t.brand_id, t.external_id, t.id
  ON CONFLICT (brand_id, external_id) DO NOTHING
  RETURNING id`;

/** Makes series; an id of the brand's that is taken is refused. */
export const createEmSeries: CommandHandler<CreateEmSeries, SeriesAnswer> = {
  kind: 'createEmSeries',
  async execute(tx, commands) {
    const drafts = commands.map(readDraft);
    const good = drafts.filter((draft): draft is Draft => 'id' in draft);
    const rows =
      good.length === 0
        ? []
        : await tx.query<{ id: string }>(insertSql, [
            good.map((draft) => draft.id),
            good.map((draft) => draft.brandId),
            good.map((draft) => draft.externalId),
            good.map((draft) => draft.name),
            good.map((draft) => draft.dailySlot),
            tx.now,
          ]);
    const made = new Set(rows.map((row) => row.id));
    return drafts.map((draft) => {
      if (!('id' in draft)) return refused(draft);
      if (!made.has(draft.id)) return refused(userError('ALREADY_EXISTS', ['externalId']));
      return { seriesId: draft.id, userErrors: [] };
    });
  },
};

function readDraft({ input, tenant }: Command<CreateEmSeries>): Draft | UserErrorShape {
  const externalId = checkText(input.externalId, { maxBytes: 200, field: ['externalId'] });
  if (externalId.refusal) return externalId.refusal;
  const name = checkText(input.name, { maxBytes: 200, field: ['name'] });
  if (name.refusal) return name.refusal;
  if (!isSlot(input.dailySlot)) return wrongSlot();
  return {
    id: emSeriesId.create(),
    brandId: tenant as string,
    externalId: externalId.value,
    name: name.value,
    dailySlot: input.dailySlot,
  };
}
