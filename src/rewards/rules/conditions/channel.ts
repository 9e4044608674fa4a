import type { RuleCondition } from '../rule';

export const channel: RuleCondition = {
  name: 'channel, channels',
  meaning: 'The event came on one of the channels; none named is every one.',
  unmet(event, { channels }) {
    if (channels.length === 0) return null;
    const named = event.channel !== null && channels.includes(event.channel);
    return named ? null : 'OTHER_CHANNEL';
  },
};
