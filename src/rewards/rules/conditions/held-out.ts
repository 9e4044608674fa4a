import type { RuleCondition } from '../rule';

export const heldOut: RuleCondition = {
  name: 'messages of experiments',
  meaning: 'The event’s message is of no experiment, or of one that treats the customer.',
  unmet: (event) => (event.heldOut ? 'HELD_OUT' : null),
};
