import type { Feature } from '../platform/feature';
import { MessageRewardViewResolver } from './message-reward-view.resolver';

export { allowedDestination } from './destination';
export { blankPng, footerImage, type FooterTheme } from './footer-image';
export { linkTokens } from './links';
export { clickOf, formOf, openOf } from './mail-attention';

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
