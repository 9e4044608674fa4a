import type { Feature } from '../platform/feature';
import { referencesById } from '../platform/graphql/references';
import { PurchaseEntity } from './purchase.entity';
import { purchaseId } from './purchase.id';
import { purchaseLoader } from './purchase.loader';
import { PurchasesOnCustomer } from './purchases-on-customer.resolver';
import { recordPurchase } from './record-purchase.command';
import { RecordPurchaseMutation } from './record-purchase.mutation';

export { PurchaseEntity } from './purchase.entity';
export { Purchase } from './purchase.type';
export type { RecordPurchaseCommand } from './record-purchase.command';

/** Purchases, for measurement; they pay nothing. */
export const purchasesFeature: Feature = {
  name: 'purchases',
  entities: [PurchaseEntity],
  resolvers: [PurchasesOnCustomer, RecordPurchaseMutation],
  commands: [recordPurchase],
  references: { Purchase: referencesById(purchaseId, purchaseLoader) },
  nodes: { [purchaseId.prefix]: (uuid, context) => purchaseLoader(context).load(uuid) },
  jobs: [],
};
