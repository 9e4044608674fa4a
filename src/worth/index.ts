import type { Feature } from '../platform/feature';
import { fitWorthModels } from './fit-worth-models.job';
import { followOrders } from './follow-orders';
import { ingestScores } from './ingest-scores.command';
import { IngestScoresMutation } from './ingest-scores.mutation';
import { refreshWorthDaily } from './refresh-worth.job';
import { updateWorthSettings } from './update-worth-settings.command';
import { UpdateWorthSettingsMutation } from './update-worth-settings.mutation';
import { PredictedWorthOnRelationship, WorthModelOnBrand } from './worth-model.resolver';
import { WorthOnBrand } from './worth-on-brand.resolver';
import { WorthOnRelationship } from './worth-on-relationship.resolver';

/** What customers will bring a brand: by a rule, by a model, or as the brand says. */
export const worthFeature: Feature = {
  name: 'worth',
  entities: [],
  resolvers: [
    WorthOnRelationship,
    WorthOnBrand,
    WorthModelOnBrand,
    PredictedWorthOnRelationship,
    IngestScoresMutation,
    UpdateWorthSettingsMutation,
  ],
  commands: [ingestScores, updateWorthSettings],
  follows: {
    recordOrder: followOrders,
    recordPurchase: followOrders,
    refundOrder: followOrders,
  },
  references: {},
  nodes: {},
  jobs: [fitWorthModels, refreshWorthDaily],
};
