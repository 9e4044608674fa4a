import type { Feature } from '../platform/feature';
import { AttentionSubscriptions } from './attention-subscriptions';
import { linkResolvers } from './links.resolver';
import { Subscriptions } from './subscriptions';

/** What callers can follow while it happens. */
export const liveFeature: Feature = {
  name: 'live',
  entities: [],
  resolvers: [Subscriptions, AttentionSubscriptions, ...linkResolvers],
  commands: [],
  references: {},
  nodes: {},
  jobs: [],
};
