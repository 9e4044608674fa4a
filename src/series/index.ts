import type { Feature } from '../platform/feature';
import { referencesById } from '../platform/graphql/references';
import { advanceEmSeries } from './advance-em-series.command';
import { AdvanceEmSeriesMutation } from './advance-em-series.mutation';
import { createEmSeries } from './create-em-series.command';
import { CreateEmSeriesMutation } from './create-em-series.mutation';
import { EmSeriesEntity } from './em-series.entity';
import { scheduleEm } from './schedule-em.command';
import { ScheduleEmMutation } from './schedule-em.mutation';
import { SeriesItemEntity } from './series-item.entity';
import { emSeriesId, seriesItemId } from './series.id';
import { emSeriesLoader, seriesItemLoader } from './series.loader';
import { EmSeriesResolver, SeriesOfMessage } from './series.resolver';
import { updateEmSeries } from './update-em-series.command';
import { UpdateEmSeriesMutation } from './update-em-series.mutation';

export { itemsByIds } from './series.service';

/** Ems: short mails in a fixed order, one a day. What they pay is nobody's business here. */
export const seriesFeature: Feature = {
  name: 'series',
  entities: [EmSeriesEntity, SeriesItemEntity],
  resolvers: [
    EmSeriesResolver,
    SeriesOfMessage,
    CreateEmSeriesMutation,
    UpdateEmSeriesMutation,
    ScheduleEmMutation,
    AdvanceEmSeriesMutation,
  ],
  commands: [createEmSeries, updateEmSeries, scheduleEm, advanceEmSeries],
  references: { EmSeries: referencesById(emSeriesId, emSeriesLoader) },
  nodes: {
    [emSeriesId.prefix]: (uuid, context) => emSeriesLoader(context).load(uuid),
    [seriesItemId.prefix]: (uuid, context) => seriesItemLoader(context).load(uuid),
  },
  jobs: [],
};
