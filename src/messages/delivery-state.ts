import { registerEnumType } from 'type-graphql';

/** What became of a message on its way to a customer. */
export const DeliveryState = {
  DELIVERED: 'DELIVERED',
  BOUNCED: 'BOUNCED',
  SUPPRESSED: 'SUPPRESSED',
} as const;

export type DeliveryStateName = keyof typeof DeliveryState;

registerEnumType(DeliveryState, {
  name: 'DeliveryState',
  description: 'What became of a message on its way to a customer.',
  valuesConfig: {
    DELIVERED: { description: 'It reached them, as far as is known.' },
    BOUNCED: { description: 'It came back; also after it was thought delivered.' },
    SUPPRESSED: { description: 'It was held back and never sent.' },
  },
});
