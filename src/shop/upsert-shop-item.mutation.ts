import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { tenantOf } from '../brands';
import { callerCommand } from '../platform/database/caller-command';
import { toEntity } from '../platform/database/rows';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { DateTime, Mu } from '../platform/graphql/scalars';
import { UserError } from '../platform/graphql/user-error';
import { defaultMinimumBalance } from './shop-item.draft';
import { ShopItemEntity } from './shop-item.entity';
import { ShopItem, ShopItemKindEnum, type ShopItemKind } from './shop-item.type';
import { upsertShopItem, type UpsertShopItemAnswer } from './upsert-shop-item.command';

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

  @Field(() => ShopItemKindEnum, {
    nullable: true,
    defaultValue: 'DIGITAL',
    description: 'What sort of thing it is.',
  })
  kind?: ShopItemKind | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many are left from now on, those on hold not counted; without end when left out.',
  })
  stock?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many one customer may have; as many as they like when left out.',
  })
  perCustomer?: number | null;

  @Field(() => DateTime, { nullable: true, description: 'From when on it can be redeemed.' })
  startsAt?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'From when on it no longer can.' })
  endsAt?: Date | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How long a redemption is held, at most the usual time (a week), which is the default.',
  })
  expiresInSeconds?: number | null;

  @Field(() => String, { nullable: true, description: 'Address of a picture, by https.' })
  imageUrl?: string | null;

  @Field(() => String, { nullable: true, description: 'What to know before redeeming.' })
  terms?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The brand that gives it: the platform must say, a brand can only name itself.',
  })
  brandId?: string | null;

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
  @Allow({ brand: 'mu:rules', platform: true })
  @Mutation(() => UpsertShopItemPayload, {
    description:
      'Puts an item in the brand’s shop, or changes the one of that id. Redemptions made before keep ' +
      'the price they were made at. What the platform puts in a brand’s shop can be redeemed by ' +
      'customers of every brand, and only the platform changes it.',
  })
  async upsertShopItem(
    @Arg('input', () => UpsertShopItemInput, { description: 'The item.' })
    input: UpsertShopItemInput,
    @Ctx() context: Context,
  ): Promise<UpsertShopItemPayload> {
    const command = callerCommand(
      upsertShopItem.kind,
      input,
      context.caller,
      tenantOf(context.caller, input.brandId),
    );
    const { answer, replayed } = await context.commands.submit<UpsertShopItemAnswer>(command);
    await refreshReads(context);
    return {
      shopItem: answer.item ? toEntity(ShopItemEntity, { ...answer.item }) : null,
      replayed,
      userErrors: answer.userErrors,
    };
  }
}
