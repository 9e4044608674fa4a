import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { PageArgs, type Connection } from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import type { IdentityChangeEntity } from './identity-change.entity';
import { readIdentityHistory } from './identity-history.loader';
import { IdentityChangeConnection } from './identity.type';
import type { RelationshipEntity } from './relationship.entity';
import { BrandRelationship } from './relationship.type';

@Resolver(() => BrandRelationship)
export class IdentityHistoryOfRelationship {
  @FieldResolver(() => IdentityChangeConnection, {
    description:
      'What happened to the customer’s identities with the brand, the newest first: linked, ' +
      'confirmed, moved by a merge, given back by its undoing.',
  })
  identityHistory(
    @Root() relationship: RelationshipEntity,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<IdentityChangeEntity>> {
    return readIdentityHistory(context, relationship, args);
  }
}
