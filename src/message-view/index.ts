import type { Feature } from '../platform/feature';
import { MessageRewardViewResolver } from './message-reward-view.resolver';

/** What a message shows of Mu, and the signed links in it. */
export const messageViewFeature: Feature = {
  name: 'message-view',
  entities: [],
  resolvers: [MessageRewardViewResolver],
  commands: [],
  references: {},
  nodes: {},
  jobs: [],
};
