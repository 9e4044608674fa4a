import { Directive, Field, ObjectType } from 'type-graphql';
import { Node } from '../platform/graphql/node';
import { DateTime } from '../platform/graphql/scalars';

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'An action a brand has defined itself, which its events and rules name.',
})
export class CustomAction extends Node {
  @Field(() => String, { description: 'Its name within the brand, as events give it.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it is, for people.' })
  description!: string | null;

  @Field(() => DateTime, { description: 'When it was registered.' })
  createdAt!: Date;
}
