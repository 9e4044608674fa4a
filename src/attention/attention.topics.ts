/** What attention announces. */
export const attentionTopics = {
  'attention.changed': 'A customer’s attention rose or fell to another band.',
  'dormancy.changed':
    'A customer fell silent for longer, was heard of again, or is proven to be back.',
};
