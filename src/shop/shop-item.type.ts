import { Field, ObjectType } from 'type-graphql';
import { connectionTypes } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node';
import { DateTime, Mu } from '../platform/graphql/scalars';

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

  @Field(() => Boolean, { description: 'Whether it can be redeemed now.' })
  available!: boolean;

  @Field(() => DateTime, { description: 'When it was first put in the shop.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When it last changed.' })
  updatedAt!: Date;
}

export const { Connection: ShopItemConnection } = connectionTypes(ShopItem, 'ShopItem');
