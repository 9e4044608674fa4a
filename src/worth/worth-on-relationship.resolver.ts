import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { BrandRelationship, type RelationshipEntity } from '../customers';
import type { Context } from '../platform/graphql/context';
import { CustomerScore } from './customer-score.type';
import { customerScoresLoader } from './customer-score.loader';
import { customerValueLoader } from './customer-value.loader';
import { CustomerValue } from './customer-value.type';

@Resolver(() => BrandRelationship)
export class WorthOnRelationship {
  @FieldResolver(() => CustomerValue, {
    nullable: true,
    description:
      'What the customer will bring the brand from now on; null for who has ordered nothing, unless ' +
      "the brand's own model said.",
  })
  clv(
    @Root() { brandUuid, customerUuid }: RelationshipEntity,
    @Ctx() context: Context,
  ): Promise<CustomerValue | null> {
    return customerValueLoader(context).load({ brandUuid, customerUuid });
  }

  @FieldResolver(() => [CustomerScore], {
    description: "What the brand's own models say of the customer, one for each kind.",
  })
  scores(
    @Root() { brandUuid, customerUuid }: RelationshipEntity,
    @Ctx() context: Context,
  ): Promise<CustomerScore[]> {
    return customerScoresLoader(context).load({ brandUuid, customerUuid });
  }
}
