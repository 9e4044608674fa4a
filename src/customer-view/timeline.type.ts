import { createUnionType } from 'type-graphql';
import { AttentionEvent } from '../attention';
import { LedgerEntry } from '../ledger';
import { MessageDelivery } from '../messages';
import { connectionTypes } from '../platform/graphql/connection';
import { Purchase } from '../purchases';
import { Redemption } from '../shop';

export const TimelineItem = createUnionType({
  name: 'TimelineItem',
  description:
    'Something that happened between a customer and brands: a message delivered, attention given, a ' +
    'line of the wallet, a redemption, a purchase.',
  types: () => [MessageDelivery, AttentionEvent, LedgerEntry, Redemption, Purchase] as const,
});

export const { Connection: TimelineConnection } = connectionTypes(TimelineItem, 'Timeline');
