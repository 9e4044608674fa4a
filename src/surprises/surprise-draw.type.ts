import { Field, Int, ObjectType } from 'type-graphql';
import { connectionTypes } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node';
import { DateTime, Mu } from '../platform/graphql/scalars';

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'One draw of one person in one window of a pool; there is never a second one.',
})
export class SurpriseDraw extends Node {
  @Field(() => Int, { description: 'Number of the window, from 0 at the pool’s start.' })
  window!: number;

  @Field(() => Boolean, { description: 'Whether it won.' })
  won!: boolean;

  @Field(() => Mu, { description: 'What it paid; 0 when it did not win.' })
  amount!: number;

  @Field(() => String, {
    description: 'The text that was hashed with the seed: pool, customer and window.',
  })
  input!: string;

  @Field(() => DateTime, { description: 'When it was drawn.' })
  drawnAt!: Date;
}

export const { Connection: SurpriseDrawConnection } = connectionTypes(SurpriseDraw, 'SurpriseDraw');
