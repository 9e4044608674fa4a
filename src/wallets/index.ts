import type { Feature } from '../platform/feature';
import { giftMu } from './gift-mu.command';
import { GiftMuMutation } from './gift-mu.mutation';
import { learnAboutMu } from './learn-about-mu.command';
import { LearnAboutMuMutation } from './learn-about-mu.mutation';
import { optInToMu } from './opt-in-to-mu.command';
import { OptInToMuMutation } from './opt-in-to-mu.mutation';
import { optOutOfMu } from './opt-out-of-mu.command';
import { OptOutOfMuMutation } from './opt-out-of-mu.mutation';
import { walletsTopics } from './wallets.topics';

/** What people and brands decide about wallets as such: opting out and in, knowing what Mu is, giving it. */
export const walletsFeature: Feature = {
  name: 'wallets',
  entities: [],
  resolvers: [OptOutOfMuMutation, OptInToMuMutation, LearnAboutMuMutation, GiftMuMutation],
  commands: [optOutOfMu, optInToMu, learnAboutMu, giftMu],
  references: {},
  nodes: {},
  jobs: [],
  topics: walletsTopics,
};
