import { Ctx, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import { Brand, brandLoader } from '../brands';
import type { Context } from '../platform/graphql/context';
import { DateTime } from '../platform/graphql/scalars';
import { Update } from './updates';

@ObjectType({
  simpleResolvers: true,
  description: 'A customer who has just been erased, with one brand or with all.',
})
export class CustomerErasedUpdate extends Update {
  @Field(() => ID, { description: 'The id they had, `cus_…`; it finds nobody any more.' })
  get customerId(): string {
    return this.payload['customerId'] as string;
  }

  @Field(() => DateTime, { description: 'When it happened.' })
  override get at(): Date {
    return super.at;
  }
}

/** There is no customer to lead to any more. */
@Resolver(() => CustomerErasedUpdate)
export class BrandOfErasure {
  @FieldResolver(() => Brand, { nullable: true, description: 'The brand that knew them.' })
  brand(
    @Root() { announced }: CustomerErasedUpdate,
    @Ctx() context: Context,
  ): Promise<Brand | null> {
    return brandLoader(context).load(announced.brandId);
  }
}
