import type { Feature } from '../platform/feature';
import { eraseCustomer } from './erase-customer.command';
import { EraseCustomerMutation } from './erase-customer.mutation';
import { ExportCustomerResolver } from './export-customer.resolver';
import { followErasures } from './follow-erasures.job';
import { refuseErased } from './refuse-erased';

/** What a person may ask of those who keep data of them: all of it, and that it be forgotten. */
export const privacyFeature: Feature = {
  name: 'privacy',
  entities: [],
  resolvers: [EraseCustomerMutation, ExportCustomerResolver],
  commands: [eraseCustomer],
  guard: refuseErased,
  references: {},
  nodes: {},
  jobs: [followErasures],
  topics: {
    'customer.erased':
      'A customer is gone, with you or everywhere: delete what you keep of them; their id finds nobody.',
  },
};
