/** Mutations without a key of their own: each thing in their list has one, and is told as by itself. */
export const batches = [
  { mutation: 'recordAttentionBatch', list: 'events', single: 'recordAttention' },
  { mutation: 'recordOrderBatch', list: 'orders', single: 'recordOrder' },
  { mutation: 'recordSpendBatch', list: 'spend', single: 'recordSpend' },
  { mutation: 'recordAcquisitionBatch', list: 'acquisitions', single: 'recordAcquisition' },
];
