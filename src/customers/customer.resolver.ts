import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { consentLoader } from './consent.loader';
import { Consent } from './consent.type';
import { CustomerBy, readCustomerBy } from './customer-by';
import type { CustomerEntity } from './customer.entity';
import { customerByKeyLoader, customerLoader } from './customer.loader';
import { Customer } from './customer.type';
import { identityLoader } from './identity.loader';
import { Identity } from './identity.type';
import type { RelationshipEntity } from './relationship.entity';
import { relationshipLoader } from './relationship.loader';
import { BrandRelationship } from './relationship.type';

/** Ten times a plain field: looking people up is what somebody who guesses addresses does. */
const lookupCost = ({ childComplexity }: { childComplexity: number }): number =>
  10 + childComplexity;

@Resolver(() => Customer)
export class CustomerResolver {
  @Query(() => Customer, {
    nullable: true,
    complexity: lookupCost,
    description:
      'One customer by a key; null when unknown to the caller. A brand may use any key it named ' +
      'itself; the platform, and a customer for themselves, the id.',
  })
  @Allow({ platform: true, customer: true, brand: 'mu:read' })
  async customer(
    @Arg('by', () => CustomerBy, { description: 'The key.' }) by: CustomerBy,
    @Ctx() context: Context,
  ): Promise<CustomerEntity | null> {
    const key = readCustomerBy(by);
    if (key === null || (context.caller.kind !== 'brand' && key.kind !== 'ID')) return null;
    return customerByKeyLoader(context).load(key);
  }

  @Query(() => Customer, { nullable: true, description: 'The person whose token asks.' })
  @Allow({ customer: true })
  async me(@Ctx() context: Context): Promise<CustomerEntity | null> {
    const { caller } = context;
    return caller.kind === 'customer' ? customerLoader(context).load(caller.customerId) : null;
  }

  @FieldResolver(() => [Identity], {
    description: 'Addresses and numbers, newest first, at most 100: the brand’s own, or all.',
  })
  identities(@Root() customer: CustomerEntity, @Ctx() context: Context): Promise<Identity[]> {
    return identityLoader(context).load(customer.uuid);
  }

  @FieldResolver(() => [Consent], {
    description: 'What the customer allows the calling brand; for the person, every brand.',
  })
  consents(@Root() customer: CustomerEntity, @Ctx() context: Context): Promise<Consent[]> {
    return consentLoader(context).load(customer.uuid);
  }

  @FieldResolver(() => BrandRelationship, {
    nullable: true,
    description: 'With the calling brand; for the person, with the brand their token is from.',
  })
  relationship(@Root() customer: CustomerEntity): RelationshipEntity | null {
    return customer.relationship;
  }

  @FieldResolver(() => [BrandRelationship], {
    description: 'With every brand, newest first, for the person; for a brand its own one.',
  })
  async relationships(
    @Root() customer: CustomerEntity,
    @Ctx() context: Context,
  ): Promise<RelationshipEntity[]> {
    if (context.caller.kind === 'customer') return relationshipLoader(context).load(customer.uuid);
    return customer.relationship === null ? [] : [customer.relationship];
  }
}
