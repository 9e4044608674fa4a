import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../platform/graphql/context';
import { monetaryAmount, MonetaryAmount } from '../platform/graphql/money.type';
import type { PurchaseEntity } from './purchase.entity';
import { purchaseRefundsLoader } from './purchase-refund.loader';
import { PurchaseRefund } from './purchase-refund.type';
import { Purchase } from './purchase.type';

@Resolver(() => Purchase)
export class PurchaseDetails {
  @FieldResolver(() => [PurchaseRefund], {
    description: 'What was paid back of it, newest first, at most 100.',
  })
  refunds(@Root() { uuid }: PurchaseEntity, @Ctx() context: Context): Promise<PurchaseRefund[]> {
    return purchaseRefundsLoader(context).load(uuid);
  }

  @FieldResolver(() => MonetaryAmount, {
    nullable: true,
    description: 'What it cost the brand; null when it did not say, and to customers.',
  })
  cost(@Root() purchase: PurchaseEntity, @Ctx() { caller }: Context): MonetaryAmount | null {
    const { costMinor: minor, currency } = purchase;
    return minor === null || caller.kind === 'customer'
      ? null
      : monetaryAmount({ minor, currency });
  }
}
