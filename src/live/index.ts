import type { Feature } from '../platform/feature';
import { linkResolvers } from './links.resolver';
import { Subscriptions } from './subscriptions';

/** What callers can follow while it happens. */
export const liveFeature: Feature = {
  name: 'live',
  entities: [],
  resolvers: [Subscriptions, ...linkResolvers],
  commands: [],
  references: {},
  nodes: {},
  jobs: [],
};
