import { Arg, Resolver, Root, Subscription } from 'type-graphql';
import { CustomerBy } from '../customers';
import type { Announced } from '../platform/database/outbox-feed';
import { Allow } from '../platform/graphql/access';
import { AttentionScoreUpdate, DormancyUpdate } from './attention-updates';
import { follow } from './follow';

const onlyOf = { nullable: true, description: 'Only of this customer.' };

/** To brands: a customer need not be told that they were given up. */
@Resolver()
export class AttentionSubscriptions {
  @Allow({ brand: 'mu:read' })
  @Subscription(() => DormancyUpdate, {
    description: 'Customers as they fall silent, are heard of again, and are proven to be back.',
    subscribe: follow('dormancy.changed'),
  })
  dormancyChanged(
    @Root() announced: Announced,
    @Arg('customer', () => CustomerBy, onlyOf) _customer?: CustomerBy | null,
  ): DormancyUpdate {
    return new DormancyUpdate(announced);
  }

  @Allow({ brand: 'mu:read' })
  @Subscription(() => AttentionScoreUpdate, {
    description: 'Customers as their attention rises or falls to another band.',
    subscribe: follow('attention.changed'),
  })
  attentionScoreChanged(
    @Root() announced: Announced,
    @Arg('customer', () => CustomerBy, onlyOf) _customer?: CustomerBy | null,
  ): AttentionScoreUpdate {
    return new AttentionScoreUpdate(announced);
  }
}
