import { Directive, Field, ObjectType } from 'type-graphql';
import { connectionTypes } from '../platform/graphql/connection';
import { Node } from '../platform/graphql/node';
import { EmailAddress, JSONObject, PhoneNumber } from '../platform/graphql/scalars';

@Directive('@key(fields: "id")')
@Directive('@key(fields: "externalId")')
@Directive('@key(fields: "email")')
@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description:
    'A person, the same one for every brand. A brand sees what it was told itself; the person sees ' +
    'everything of theirs across brands; the platform sees the id only.',
})
export class Customer extends Node {
  @Field(() => String, {
    nullable: true,
    description: "The customer's id in the brand's own systems; unique in the brand.",
  })
  externalId!: string | null;

  @Field(() => EmailAddress, {
    nullable: true,
    description: 'The address the brand named last; for the person, the newest over all brands.',
  })
  email!: string | null;

  @Field(() => PhoneNumber, {
    nullable: true,
    description: 'The number the brand named last; for the person, the newest over all brands.',
  })
  phone!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The trait called `name`, when it is a text.',
  })
  name!: string | null;

  @Field(() => JSONObject, { description: 'What the brand notes about the customer.' })
  traits!: Record<string, unknown>;

  @Field(() => Date, {
    nullable: true,
    description: 'When the brand first identified the customer; not when others did.',
  })
  createdAt!: Date | null;
}

export const { Connection: CustomerConnection } = connectionTypes(Customer, 'Customer');
