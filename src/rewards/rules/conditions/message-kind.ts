import type { RuleCondition } from '../rule';

export const messageKind: RuleCondition = {
  name: 'messageKinds',
  meaning: 'The event’s message is of one of the kinds; none named is every event.',
  unmet(event, { messageKinds }) {
    if (messageKinds.length === 0) return null;
    const named = event.messageKind !== null && messageKinds.includes(event.messageKind);
    return named ? null : 'OTHER_MESSAGE_KIND';
  },
};
