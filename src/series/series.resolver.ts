import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { CustomerBy } from '../customers';
import { Message } from '../messages';
import { Allow } from '../platform/graphql/access';
import { PageArgs, type Connection } from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import type { MessageEntity } from '../messages';
import type { EmSeriesEntity } from './em-series.entity';
import { EmSeries } from './em-series.type';
import { nextEm } from './next-em.loader';
import type { SeriesItemEntity } from './series-item.entity';
import { NextEm, SeriesItem, SeriesItemConnection } from './series-item.type';
import { emSeriesId } from './series.id';
import { emSeriesLoader, readItems, seriesItemLoader } from './series.loader';

@Resolver(() => EmSeries)
export class EmSeriesResolver {
  @Allow({ platform: true, brand: 'mu:read' })
  @Query(() => EmSeries, { nullable: true, description: 'A series of the brand, by its id.' })
  async emSeries(
    @Arg('id', () => ID, { description: 'Global id, `ems_…`.' }) id: string,
    @Ctx() context: Context,
  ): Promise<EmSeries | null> {
    const uuid = emSeriesId.decode(id);
    return uuid === null ? null : emSeriesLoader(context).load(uuid);
  }

  @FieldResolver(() => SeriesItemConnection, {
    description: 'Its ems, in the order they are sent.',
  })
  items(
    @Root() series: EmSeriesEntity,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<SeriesItemEntity>> {
    return readItems(context, series.uuid, args);
  }

  @FieldResolver(() => NextEm, {
    nullable: true,
    description:
      'What a customer gets next, and when: null at the end of the series, unless it is active, and for ' +
      'a customer the brand does not know.',
  })
  nextFor(
    @Root() series: EmSeriesEntity,
    @Arg('customer', () => CustomerBy, { description: 'Who.' }) customer: CustomerBy,
    @Ctx() context: Context,
  ): Promise<NextEm | null> {
    return nextEm(context, series, customer);
  }
}

@Resolver(() => Message)
export class SeriesOfMessage {
  @FieldResolver(() => SeriesItem, {
    nullable: true,
    description: 'The em of a series that it is, for the brand that sends it.',
  })
  async seriesItem(
    @Root() message: MessageEntity,
    @Ctx() context: Context,
  ): Promise<SeriesItem | null> {
    const { seriesItemUuid } = message;
    return seriesItemUuid === null ? null : seriesItemLoader(context).load(seriesItemUuid);
  }
}
