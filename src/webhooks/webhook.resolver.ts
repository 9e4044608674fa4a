import { Args, ArgsType, Ctx, Field, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Allow } from '../platform/graphql/access';
import { PageArgs, type Connection } from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import type { WebhookDeliveryEntity } from './webhook-delivery.entity';
import { readDeliveries } from './webhook-delivery.loader';
import {
  WebhookDelivery,
  WebhookDeliveryConnection,
  WebhookDeliveryStateEnum,
  type WebhookDeliveryState,
} from './webhook-delivery.type';
import type { WebhookEndpointEntity } from './webhook-endpoint.entity';
import { readEndpoints, webhookEndpointLoader } from './webhook-endpoint.loader';
import { WebhookEndpoint, WebhookEndpointConnection } from './webhook-endpoint.type';

@ArgsType()
export class WebhookDeliveriesArgs extends PageArgs {
  @Field(() => WebhookDeliveryStateEnum, {
    nullable: true,
    description: 'Only those that stand there.',
  })
  state?: WebhookDeliveryState | null;
}

@Resolver()
export class WebhookEndpointQueries {
  @Allow({ brand: 'mu:webhooks' })
  @Query(() => WebhookEndpointConnection, {
    description: 'The webhook endpoints of the caller’s brand, the newest first; not the deleted.',
  })
  webhookEndpoints(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<WebhookEndpoint>> {
    return readEndpoints(context, args);
  }
}

@Resolver(() => WebhookEndpoint)
export class DeliveriesOnWebhookEndpoint {
  @FieldResolver(() => WebhookDeliveryConnection, {
    description: 'What was queued for it, the newest first; kept for a month.',
  })
  deliveries(
    @Root() endpoint: WebhookEndpointEntity,
    @Args(() => WebhookDeliveriesArgs) args: WebhookDeliveriesArgs,
    @Ctx() context: Context,
  ): Promise<Connection<WebhookDelivery>> {
    return readDeliveries(context, endpoint.uuid, args, args.state ?? null);
  }
}

@Resolver(() => WebhookDelivery)
export class EndpointOnWebhookDelivery {
  @FieldResolver(() => WebhookEndpoint, { nullable: true, description: 'Where it goes.' })
  endpoint(
    @Root() delivery: WebhookDeliveryEntity,
    @Ctx() context: Context,
  ): Promise<WebhookEndpoint | null> {
    return webhookEndpointLoader(context).load(delivery.endpointUuid);
  }
}
