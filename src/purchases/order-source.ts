import { registerEnumType } from 'type-graphql';

/** Where an order was made. */
export const OrderSurface = {
  OWN: 'OWN',
  THIRD_PARTY: 'THIRD_PARTY',
} as const;

export type OrderSurfaceName = keyof typeof OrderSurface;

registerEnumType(OrderSurface, {
  name: 'OrderSurface',
  description: 'Where an order was made.',
  valuesConfig: {
    OWN: { description: "In the brand's own shop, site or app." },
    THIRD_PARTY: { description: 'With somebody in between, such as a marketplace.' },
  },
});

/** What led to an order. */
export const OrderDriver = {
  ORGANIC: 'ORGANIC',
  CRM: 'CRM',
  ADTECH: 'ADTECH',
} as const;

export type OrderDriverName = keyof typeof OrderDriver;

registerEnumType(OrderDriver, {
  name: 'OrderDriver',
  description: 'What led to an order, as the brand says.',
  valuesConfig: {
    ORGANIC: { description: 'Nothing the brand paid for or sent.' },
    CRM: { description: "The brand's own messages." },
    ADTECH: { description: 'Paid advertising.' },
  },
});

/** The seven buckets; each order falls into exactly one. */
export const OrderBucket = {
  INTERMEDIATED: 'INTERMEDIATED',
  DIRECT_ORGANIC_NEW: 'DIRECT_ORGANIC_NEW',
  DIRECT_ORGANIC_KNOWN: 'DIRECT_ORGANIC_KNOWN',
  DIRECT_CRM_NEW: 'DIRECT_CRM_NEW',
  DIRECT_CRM_KNOWN: 'DIRECT_CRM_KNOWN',
  DIRECT_ADTECH_NEW: 'DIRECT_ADTECH_NEW',
  DIRECT_ADTECH_KNOWN: 'DIRECT_ADTECH_KNOWN',
} as const;

export type OrderBucketName = keyof typeof OrderBucket;

registerEnumType(OrderBucket, {
  name: 'OrderBucket',
  description:
    'Where an order was made, what led to it, and whether it is the first of its customer with the ' +
    'brand; each order falls into exactly one.',
  valuesConfig: {
    INTERMEDIATED: { description: 'Made with somebody in between.' },
    DIRECT_ORGANIC_NEW: { description: 'By itself, or nobody said; the first.' },
    DIRECT_ORGANIC_KNOWN: { description: 'By itself, or nobody said; a later one.' },
    DIRECT_CRM_NEW: { description: 'By a message of the brand; the first.' },
    DIRECT_CRM_KNOWN: { description: 'By a message of the brand; a later one.' },
    DIRECT_ADTECH_NEW: { description: 'By paid advertising; the first.' },
    DIRECT_ADTECH_KNOWN: {
      description: 'By paid advertising, although the customer had ordered before.',
    },
  },
});
