import type { Feature } from '../platform/feature';
import { TimelineOnCustomer } from './timeline.resolver';

/** What needs everybody: the parts of the customer view that no single feature can give. */
export const customerViewFeature: Feature = {
  name: 'customer-view',
  entities: [],
  resolvers: [TimelineOnCustomer],
  commands: [],
  references: {},
  nodes: {},
  jobs: [],
};
