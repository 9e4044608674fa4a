import type { Feature } from '../platform/feature';
import { referencesById } from '../platform/graphql/references';
import { PurchaseEntity } from './purchase.entity';
import { purchaseId } from './purchase.id';
import { purchaseLoader } from './purchase.loader';
import { provePurchases } from './prove-purchases.job';
import { PurchaseDetails } from './purchase-details.resolver';
import { PurchaseTotalsOnRelationship } from './purchase-totals.resolver';
import { PurchasesOnCustomer } from './purchases-on-customer.resolver';
import { recordOrder, recordPurchase } from './record-order.command';
import { RecordOrderBatchMutation } from './record-order-batch.mutation';
import { RecordOrderMutation } from './record-order.mutation';
import { RecordPurchaseMutation } from './record-purchase.mutation';
import { refundOrder } from './refund-order.command';
import { RefundOrderMutation } from './refund-order.mutation';

export {
  OrderBucket,
  OrderDriver,
  OrderSurface,
  type OrderBucketName,
  type OrderDriverName,
  type OrderSurfaceName,
} from './order-source';
export type { OrderDescription } from './judge-order';
export { lockBuyers } from './lock-buyers';
export { PurchaseEntity } from './purchase.entity';
export { Purchase } from './purchase.type';
export type { RecordPurchaseCommand } from './record-order.command';

/** Purchases, for measurement; they pay nothing. */
export const purchasesFeature: Feature = {
  name: 'purchases',
  entities: [PurchaseEntity],
  resolvers: [
    PurchasesOnCustomer,
    PurchaseDetails,
    PurchaseTotalsOnRelationship,
    RecordOrderMutation,
    RecordOrderBatchMutation,
    RefundOrderMutation,
    RecordPurchaseMutation,
  ],
  commands: [recordOrder, recordPurchase, refundOrder],
  references: { Purchase: referencesById(purchaseId, purchaseLoader) },
  nodes: { [purchaseId.prefix]: (uuid, context) => purchaseLoader(context).load(uuid) },
  jobs: [provePurchases],
};
