import type { RuleCondition } from '../rule';

export const stage: RuleCondition = {
  name: 'stage',
  meaning: 'The event says it is of the stage.',
  unmet: (event, rule) =>
    rule.stage === null || rule.stage === event.stage ? null : 'OTHER_STAGE',
};
