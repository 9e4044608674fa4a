import { Ctx, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import { CustomerMerge, mergeId, mergeLoader } from '../merging';
import type { Context } from '../platform/graphql/context';
import { DateTime } from '../platform/graphql/scalars';
import { Update } from './updates';

@ObjectType({
  simpleResolvers: true,
  description: 'Two customers who have just become one, or two again.',
})
export class CustomerMergedUpdate extends Update {
  @Field(() => Boolean, {
    description: 'Whether an earlier merge was undone; else they became one.',
  })
  get undone(): boolean {
    return this.announced.topic === 'customer.unmerged';
  }

  @Field(() => ID, { description: 'Who is gone, or is back again.' })
  get fromId(): string {
    return this.payload['fromId'] as string;
  }

  @Field(() => ID, { description: 'Who stayed.' })
  get intoId(): string {
    return this.payload['intoId'] as string;
  }

  @Field(() => DateTime, { description: 'When it happened.' })
  override get at(): Date {
    return super.at;
  }

  get mergeId(): string {
    return this.payload['mergeId'] as string;
  }
}

@Resolver(() => CustomerMergedUpdate)
export class MergeOfUpdate {
  @FieldResolver(() => CustomerMerge, {
    nullable: true,
    description: 'The merge, for whoever asked for it and for the customer who stayed; else null.',
  })
  async merge(
    @Root() update: CustomerMergedUpdate,
    @Ctx() context: Context,
  ): Promise<CustomerMerge | null> {
    const uuid = mergeId.decode(update.mergeId);
    return uuid === null ? null : mergeLoader(context).load(uuid);
  }
}
