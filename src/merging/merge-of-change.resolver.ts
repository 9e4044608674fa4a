import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { IdentityChange, type IdentityChangeEntity } from '../customers';
import type { Context } from '../platform/graphql/context';
import { mergeLoader } from './merge.loader';
import { CustomerMerge } from './merge.type';

@Resolver(() => IdentityChange)
export class MergeOfIdentityChange {
  @FieldResolver(() => CustomerMerge, {
    nullable: true,
    description: 'The merge that moved it or was undone, when you may see it; else null.',
  })
  async merge(
    @Root() change: IdentityChangeEntity,
    @Ctx() context: Context,
  ): Promise<CustomerMerge | null> {
    return change.mergeUuid === null ? null : mergeLoader(context).load(change.mergeUuid);
  }
}
