import type { Feature } from '../platform/feature';
import { confirmIdentity } from './confirm-identity.command';
import { identifyCustomer } from './identify-customer.command';
import { followMerges } from './follow-merges.job';
import { mergeCustomers } from './merge-customers.command';
import { MergeCustomersMutation } from './merge-customers.mutation';
import { unmergeCustomers } from './unmerge-customers.command';
import { UnmergeCustomersMutation } from './unmerge-customers.mutation';
import { MergeOfIdentityChange } from './merge-of-change.resolver';
import { MergeEntity } from './merge.entity';
import { mergeId } from './merge.id';
import { mergeLoader } from './merge.loader';

export { mergeId } from './merge.id';
export { mergeLoader } from './merge.loader';
export { CustomerMerge } from './merge.type';

/** Two customers who were one person. */
export const mergingFeature: Feature = {
  name: 'merging',
  entities: [MergeEntity],
  resolvers: [MergeCustomersMutation, UnmergeCustomersMutation, MergeOfIdentityChange],
  commands: [mergeCustomers, unmergeCustomers, confirmIdentity, identifyCustomer],
  references: {},
  nodes: { [mergeId.prefix]: (uuid, context) => mergeLoader(context).load(uuid) },
  jobs: [followMerges],
  topics: {
    'customer.merged': 'Two customers turned out to be one; the old id finds the new customer.',
    'customer.unmerged':
      'Two customers who had been merged are two again; the old id finds the one it was given to.',
  },
};
