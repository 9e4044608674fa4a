/** What magnets announce. */
export const magnetTopics = {
  'magnet.answered': 'A customer answered a magnet; what they answered is not part of it.',
};
