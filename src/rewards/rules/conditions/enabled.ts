import type { RuleCondition } from '../rule';

export const enabled: RuleCondition = {
  name: 'enabled',
  meaning: 'A rule that is not enabled pays nothing.',
  unmet: (_event, rule) => (rule.enabled ? null : 'TURNED_OFF'),
};
