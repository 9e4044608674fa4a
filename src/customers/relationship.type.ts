import { Field, ObjectType } from 'type-graphql';
import { JSONObject } from '../platform/graphql/scalars';

@ObjectType({
  simpleResolvers: true,
  description:
    'A customer with one brand. What the brand files them under is shown to that brand, and to the ' +
    'customer by a token of that brand; of other brands a customer sees which, and since when.',
})
export class BrandRelationship {
  @Field(() => String, {
    nullable: true,
    description: "The customer's id in the brand's own systems.",
  })
  externalId!: string | null;

  @Field(() => JSONObject, { description: 'What the brand notes about the customer.' })
  traits!: Record<string, unknown>;

  @Field(() => Date, { description: 'When the brand first identified the customer.' })
  createdAt!: Date;
}
