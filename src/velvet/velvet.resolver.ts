import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Customer, customerLoader, type CustomerEntity } from '../customers';
import { PageArgs, type Connection } from '../platform/graphql/connection';
import type { Context } from '../platform/graphql/context';
import type { VelvetArrivalEntity, VelvetMemberEntity, VelvetPerkEntity } from './velvet.entity';
import { memberOfCustomerLoader, readPerks } from './velvet.loader';
import { VelvetArrival, VelvetMember, VelvetPerk, VelvetPerkConnection } from './velvet.type';

@Resolver(() => Customer)
export class VelvetOnCustomer {
  @FieldResolver(() => VelvetMember, {
    nullable: true,
    description:
      'Where the customer stands with the brand; null when it never invited them. A customer sees ' +
      'it with the brand that signed them in.',
  })
  velvet(
    @Root() customer: CustomerEntity,
    @Ctx() context: Context,
  ): Promise<VelvetMemberEntity | null> {
    return memberOfCustomerLoader(context).load(customer.uuid);
  }
}

@Resolver(() => VelvetMember)
export class PerksOfMember {
  @FieldResolver(() => VelvetPerkConnection, { description: 'Their perks, the newest first.' })
  perks(
    @Root() member: VelvetMemberEntity,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() context: Context,
  ): Promise<Connection<VelvetPerkEntity>> {
    return readPerks(context, member.customerUuid, args);
  }

  @FieldResolver(() => Customer, { nullable: true, description: 'Who it is.' })
  customer(
    @Root() member: VelvetMemberEntity,
    @Ctx() context: Context,
  ): Promise<CustomerEntity | null> {
    return customerLoader(context).load(member.customerUuid);
  }
}

@Resolver(() => VelvetPerk)
export class CustomerOfPerk {
  @FieldResolver(() => Customer, { nullable: true, description: 'Whose perk it is.' })
  customer(
    @Root() perk: VelvetPerkEntity,
    @Ctx() context: Context,
  ): Promise<CustomerEntity | null> {
    return customerLoader(context).load(perk.customerUuid);
  }
}

@Resolver(() => VelvetArrival)
export class CustomerOfArrival {
  @FieldResolver(() => Customer, { nullable: true, description: 'Who was recognised.' })
  customer(
    @Root() arrival: VelvetArrivalEntity,
    @Ctx() context: Context,
  ): Promise<CustomerEntity | null> {
    return customerLoader(context).load(arrival.customerUuid);
  }
}
