import type { RuleCap } from '../rule';

export const inTotal: RuleCap = {
  kind: 'TOTAL',
  meaning: 'Mu to all customers together, ever.',
  because: 'CAP_IN_TOTAL',
  most: (rule) => rule.maxMuInTotal,
  scope: () => ({ customerId: null, period: '' }),
};
