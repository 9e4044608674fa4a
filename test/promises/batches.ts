/** Mutations without a key of their own: each thing in their list has one. */
export const keyedInside = [
  'recordAttentionBatch',
  'recordOrderBatch',
  'recordSpendBatch',
  'recordAcquisitionBatch',
];
