import { Directive, Field, ObjectType } from 'type-graphql';
import { Node } from '../platform/graphql/node';
import { DateTime, Mu } from '../platform/graphql/scalars';

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'A code on a thing in the world, which earns Mu for whoever scans it.',
})
export class QrCode extends Node {
  @Field(() => String, { description: 'The text in its address; once per brand.' })
  code!: string;

  @Field(() => String, { description: 'What it is called; shown on the customer’s statement.' })
  name!: string;

  @Field(() => Mu, {
    description: 'What a scan of it pays; 0 where only the answer to its magnet does.',
  })
  mu!: number;

  @Field(() => String, {
    nullable: true,
    description: 'The page of the brand that a scan leads to; null when it leads to none.',
  })
  landingUrl!: string | null;

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date;
}
