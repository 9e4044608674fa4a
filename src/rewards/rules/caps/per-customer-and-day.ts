import type { RuleCap } from '../rule';

export const perCustomerAndDay: RuleCap = {
  kind: 'CUSTOMER_DAY',
  meaning: 'Mu to one customer on one of their local days.',
  because: 'CAP_PER_CUSTOMER_AND_DAY',
  most: (rule) => rule.maxMuPerCustomerPerDay,
  scope: ({ customerId, day }) => ({ customerId, period: day }),
};
