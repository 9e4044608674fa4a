import type { RuleCap } from '../rule';

export const perCustomer: RuleCap = {
  kind: 'CUSTOMER',
  meaning: 'Mu to one customer, ever.',
  because: 'CAP_PER_CUSTOMER',
  most: (rule) => rule.maxMuPerCustomer,
  scope: ({ customerId }) => ({ customerId, period: '' }),
};
