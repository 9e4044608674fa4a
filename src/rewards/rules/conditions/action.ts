import type { RuleCondition } from '../rule';

export const action: RuleCondition = {
  name: 'action, customAction',
  meaning: 'The event is of the action, and of the custom action where the rule names one.',
  unmet(event, rule) {
    if (event.action !== rule.action) return 'OTHER_ACTION';
    const other = rule.customAction !== null && rule.customAction !== event.customAction;
    return other ? 'OTHER_CUSTOM_ACTION' : null;
  },
};
