import { belongs } from '../audience';
import type { RuleCondition } from '../rule';

export const audience: RuleCondition = {
  name: 'audience',
  meaning: 'All conditions on the customer hold.',
  unmet: (event, rule) => (belongs(rule.audience, event) ? null : 'OTHER_AUDIENCE'),
};
