/** What the feature announces. */
export const economicsTopics: Record<string, string> = {
  'reacquisition.detected':
    'Somebody was paid for who had been a customer before: acquisitionId, prior (how silent they were), route, cost, currency.',
};
