import type { Feature } from '../platform/feature';
import { AttentionSubscriptions } from './attention-subscriptions';
import { linkResolvers } from './links.resolver';
import { MicronboxSubscriptions } from './micron-update';
import { Subscriptions } from './subscriptions';

/** What callers can follow while it happens. */
export const liveFeature: Feature = {
  name: 'live',
  entities: [],
  resolvers: [Subscriptions, AttentionSubscriptions, MicronboxSubscriptions, ...linkResolvers],
  commands: [],
  references: {},
  nodes: {},
  jobs: [],
};
