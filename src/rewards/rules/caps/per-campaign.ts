import type { RuleCap } from '../rule';

export const perCampaign: RuleCap = {
  kind: 'CAMPAIGN',
  meaning: 'Mu to all customers together for messages of one campaign.',
  because: 'CAP_PER_CAMPAIGN',
  most: (rule) => rule.maxMuPerCampaign,
  scope: ({ campaign }) => (campaign === null ? null : { customerId: null, period: campaign }),
};
