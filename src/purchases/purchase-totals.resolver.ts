import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { BrandRelationship, type RelationshipEntity } from '../customers';
import type { Context } from '../platform/graphql/context';
import { purchaseTotalsLoader } from './purchase-totals.loader';
import { PurchaseTotals } from './purchase-totals.type';

@Resolver(() => BrandRelationship)
export class PurchaseTotalsOnRelationship {
  @FieldResolver(() => PurchaseTotals, {
    nullable: true,
    description: 'What the customer has ordered from the brand in all.',
  })
  purchaseTotals(
    @Root() { brandUuid, customerUuid }: RelationshipEntity,
    @Ctx() context: Context,
  ): Promise<PurchaseTotals | null> {
    return purchaseTotalsLoader(context).load({ brandUuid, customerUuid });
  }
}
