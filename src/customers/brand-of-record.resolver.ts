import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Brand, brandLoader } from '../brands';
import type { Context } from '../platform/graphql/context';
import type { ConsentEntity } from './consent.entity';
import { Consent } from './consent.type';
import type { RelationshipEntity } from './relationship.entity';
import { BrandRelationship } from './relationship.type';

async function loadBrand(uuid: string, context: Context): Promise<Brand> {
  const brand = await brandLoader(context).load(uuid);
  if (brand === null) throw new Error('a record of a brand that is not there');
  return brand;
}

@Resolver(() => BrandRelationship)
export class BrandOnRelationship {
  @FieldResolver(() => Brand, { description: 'The brand.' })
  brand(@Root() relationship: RelationshipEntity, @Ctx() context: Context): Promise<Brand> {
    return loadBrand(relationship.brandUuid, context);
  }
}

@Resolver(() => Consent)
export class BrandOnConsent {
  @FieldResolver(() => Brand, { description: 'The brand it was given to or refused.' })
  brand(@Root() consent: ConsentEntity, @Ctx() context: Context): Promise<Brand> {
    return loadBrand(consent.brandUuid, context);
  }
}
