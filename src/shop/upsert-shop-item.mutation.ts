import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import { toEntity } from '../platform/database/rows';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { Mu } from '../platform/graphql/scalars';
import { UserError } from '../platform/graphql/user-error';
import { ShopItemEntity } from './shop-item.entity';
import { ShopItem } from './shop-item.type';
import {
  defaultMinimumBalance,
  upsertShopItem,
  type UpsertShopItemAnswer,
} from './upsert-shop-item.command';

@InputType({ description: 'An item as it shall be in the shop; what was there of its id goes.' })
export class UpsertShopItemInput {
  @Field(() => String, {
    description: 'Its id in your systems; an id used before changes that item.',
  })
  externalId!: string;

  @Field(() => String, { description: 'What it is called; shown on the customer’s statement.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it is.' })
  description?: string | null;

  @Field(() => Mu, { description: 'What it costs, from 1 to 10^15.' })
  price!: number;

  @Field(() => Mu, {
    nullable: true,
    defaultValue: defaultMinimumBalance,
    description: 'What a wallet must hold before the item can be redeemed.',
  })
  minimumBalance?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: true,
    description: 'Whether it can be redeemed.',
  })
  available?: boolean | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `upsertShopItem` did.' })
export class UpsertShopItemPayload {
  @Field(() => ShopItem, { nullable: true, description: 'The item; null when refused.' })
  shopItem!: ShopItem | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class UpsertShopItemMutation {
  @Allow({ brand: 'mu:rules' })
  @Mutation(() => UpsertShopItemPayload, {
    description:
      'Puts an item in the brand’s shop, or changes the one of that id. Redemptions made before keep ' +
      'the price they were made at.',
  })
  async upsertShopItem(
    @Arg('input', () => UpsertShopItemInput, { description: 'The item.' })
    input: UpsertShopItemInput,
    @Ctx() context: Context,
  ): Promise<UpsertShopItemPayload> {
    const command = callerCommand(upsertShopItem.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<UpsertShopItemAnswer>(command);
    await refreshReads(context);
    return {
      shopItem: answer.item ? toEntity(ShopItemEntity, { ...answer.item }) : null,
      replayed,
      userErrors: answer.userErrors,
    };
  }
}
