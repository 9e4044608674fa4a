import { Field, ObjectType } from 'type-graphql';
import { Mu } from '../platform/graphql/scalars';

@ObjectType({
  simpleResolvers: true,
  description: 'One brand’s part of a wallet: what it granted, less what was redeemed with it.',
})
export class WalletShare {
  @Field(() => Mu, {
    description:
      'What is left of it; below zero for the owner who has spent more with the brand than it granted.',
  })
  balance!: number;

  @Field(() => Mu, { description: 'What is promised to pending redemptions with the brand.' })
  held!: number;

  /** UUID of the brand. */
  brandUuid!: string;
}
