import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { Node } from '../platform/graphql/node';
import { DateTime, Mu } from '../platform/graphql/scalars';

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'Mu a brand has set aside for gifts by lot, with a seed it has committed itself to.',
})
export class SurprisePool extends Node {
  @Field(() => String, { description: 'Its id in the brand’s own systems; once per brand.' })
  externalId!: string;

  @Field(() => Mu, { description: 'What a win pays.' })
  prizeMu!: number;

  @Field(() => Int, { description: 'One draw in so many wins.' })
  oddsOneIn!: number;

  @Field(() => Mu, { description: 'What was set aside for it.' })
  poolMu!: number;

  @Field(() => Int, {
    description: 'A person draws once in so many hours, counted from the start.',
  })
  windowHours!: number;

  @Field(() => DateTime, { description: 'From when on it draws; windows are counted from here.' })
  startsAt!: Date;

  @Field(() => DateTime, { description: 'Until when it draws.' })
  endsAt!: Date;

  @Field(() => String, {
    description: 'SHA-256 of the seed, in hexadecimal digits; fixed when the pool was made.',
  })
  commitment!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The seed, 32 bytes in hexadecimal digits; null until the pool is closed.',
  })
  seed!: string | null;

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it was closed; null before.' })
  closedAt!: Date | null;
}
