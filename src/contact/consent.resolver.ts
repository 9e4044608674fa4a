import { Args, ArgsType, Ctx, Field, FieldResolver, Resolver, Root } from 'type-graphql';
import {
  BrandRelationship,
  ConsentChangeConnection,
  ConsentPurposeEnum,
  type ConsentChangeEntity,
  type ConsentPurpose,
  type RelationshipEntity,
} from '../customers';
import { PageArgs, type Connection } from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import { readConsentHistory } from './consent-history.loader';

@ArgsType()
class ConsentHistoryArgs extends PageArgs {
  @Field(() => ConsentPurposeEnum, { nullable: true, description: 'Only words about this.' })
  purpose?: ConsentPurpose | null;
}

@Resolver(() => BrandRelationship)
export class ConsentsOfRelationship {
  @FieldResolver(() => ConsentChangeConnection, {
    description:
      'Every word of consent the customer gave the brand or took back, the newest first.',
  })
  consentHistory(
    @Root() relationship: RelationshipEntity,
    @Args(() => ConsentHistoryArgs) args: ConsentHistoryArgs,
    @Ctx() context: Context,
  ): Promise<Connection<ConsentChangeEntity>> {
    return readConsentHistory(context, relationship, args, args.purpose ?? null);
  }
}
