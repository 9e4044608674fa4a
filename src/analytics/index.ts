import type { Feature } from '../platform/feature';
import { CustomerAtRisk } from './at-risk';
import { MetricsOfBrand } from './metrics.resolver';
import { reckonStandings } from './reckon-standings.job';
import { StandingOfBrand } from './standing.resolver';

/** A brand's whole base in figures: how it stands, who slides next, and how it went. */
export const analyticsFeature: Feature = {
  name: 'analytics',
  entities: [],
  resolvers: [StandingOfBrand, CustomerAtRisk, MetricsOfBrand],
  commands: [],
  references: {},
  nodes: {},
  jobs: [reckonStandings],
};
