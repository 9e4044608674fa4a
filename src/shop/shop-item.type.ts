import { Field, Int, ObjectType } from 'type-graphql';
import { connectionTypes } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node';
import { DateTime, Mu } from '../platform/graphql/scalars';
import { enumOf } from '../platform/graphql/described-enum';

const kinds = {
  DIGITAL: 'A code, a file, a service: it is there at once.',
  EXPERIENCE: 'Something to take part in, such as a tasting.',
  GOOD: 'A thing that is handed over or sent.',
} as const;

export type ShopItemKind = keyof typeof kinds;

export const ShopItemKindEnum = enumOf('ShopItemKind', 'What sort of thing an item is.', kinds);

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'Something a brand gives for Mu.',
})
export class ShopItem extends Node {
  @Field(() => String, { description: 'Its id in the brand’s own systems; once per brand.' })
  externalId!: string;

  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it is.' })
  description!: string | null;

  @Field(() => Mu, { description: 'What it costs.' })
  price!: number;

  @Field(() => Mu, { description: 'What a wallet must hold before the item can be redeemed.' })
  minimumBalance!: number;

  @Field(() => Boolean, { description: 'Whether the brand offers it; its window and stock apart.' })
  available!: boolean;

  @Field(() => ShopItemKindEnum, { description: 'What sort of thing it is.' })
  kind!: ShopItemKind;

  @Field(() => Int, {
    nullable: true,
    description: 'How many are left, redemptions on hold not counted; null without end.',
  })
  stock!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many one customer may have, those on hold included; null without end.',
  })
  perCustomer!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'From when on; null from the beginning.' })
  startsAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Until before when; null without end.' })
  endsAt!: Date | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How long a redemption of it is held before it expires; null for the usual time.',
  })
  expiresInSeconds!: number | null;

  @Field(() => String, { nullable: true, description: 'Address of a picture, by https.' })
  imageUrl!: string | null;

  @Field(() => String, { nullable: true, description: 'What to know before redeeming.' })
  terms!: string | null;

  @Field(() => Boolean, {
    description: 'Whether customers of every brand can redeem it; published by the platform.',
  })
  everywhere!: boolean;

  @Field(() => DateTime, { description: 'When it was first put in the shop.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When it last changed.' })
  updatedAt!: Date;
}

export const { Connection: ShopItemConnection } = connectionTypes(ShopItem, 'ShopItem');
