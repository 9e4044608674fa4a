import type { Feature } from '../platform/feature';
import { findGenomes } from './find-genomes.job';
import { CustomerOfCandidate, NextOfBrand, NextScoreOfRelationship } from './next.resolver';

/** What the best customers have in common, and who of those who never ordered is like them. */
export const nextFeature: Feature = {
  name: 'next',
  entities: [],
  resolvers: [NextOfBrand, CustomerOfCandidate, NextScoreOfRelationship],
  commands: [],
  references: {},
  nodes: {},
  jobs: [findGenomes],
};
