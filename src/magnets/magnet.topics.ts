/** What magnets announce. */
export const magnetTopics = {
  'magnet.answered': 'A customer answered a magnet; what they answered is not part of it.',
  'magnet.resolved': 'A prediction was resolved or called off; what it pays follows.',
  'magnet.withdrawn': 'A customer withdrew what they told about themselves: delete your copies.',
};
