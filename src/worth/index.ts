import type { Feature } from '../platform/feature';
import { fitWorthModels } from './fit-worth-models.job';
import { PredictedWorthOnRelationship, WorthModelOnBrand } from './worth-model.resolver';

/** What customers are worth to a brand, and what they will be. */
export const worthFeature: Feature = {
  name: 'worth',
  entities: [],
  resolvers: [WorthModelOnBrand, PredictedWorthOnRelationship],
  commands: [],
  references: {},
  nodes: {},
  jobs: [fitWorthModels],
};
