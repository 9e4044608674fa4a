import type { Feature } from '../platform/feature';
import { OrderEntity } from './order.entity';
import { orderId } from './order.id';
import { orderLoader } from './order.loader';
import { orderReferences } from './order.references';
import { OrdersOnCustomer } from './orders-on-customer.resolver';
import { recordOrder } from './record-order.command';
import { RecordOrderMutation } from './record-order.mutation';

export type { RecordOrderCommand } from './record-order.command';

/** Orders, for measurement; they pay nothing. */
export const ordersFeature: Feature = {
  name: 'orders',
  entities: [OrderEntity],
  resolvers: [OrdersOnCustomer, RecordOrderMutation],
  commands: [recordOrder],
  references: { Order: orderReferences },
  nodes: { [orderId.prefix]: (uuid, context) => orderLoader(context).load(uuid) },
  jobs: [],
};
