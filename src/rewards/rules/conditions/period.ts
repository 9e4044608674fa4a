import type { RuleCondition } from '../rule';

export const period: RuleCondition = {
  name: 'startsAt, endsAt',
  meaning: 'The event happened from startsAt on and before endsAt.',
  unmet({ occurredAt }, { startsAt, endsAt }) {
    if (startsAt !== null && occurredAt < startsAt) return 'NOT_STARTED';
    return endsAt !== null && occurredAt >= endsAt ? 'ENDED' : null;
  },
};
