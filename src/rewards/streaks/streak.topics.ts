/** What streaks announce. */
export const streakTopics = {
  'streak.changed':
    'A streak went on (ADVANCED), began anew (RESTARTED) or broke (BROKEN): ruleId, unit, current, previous, change, lastMessageId.',
};
