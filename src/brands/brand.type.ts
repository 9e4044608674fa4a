import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { Node } from '../platform/graphql/node';

@Directive('@key(fields: "id")')
@Directive('@key(fields: "slug")')
@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description:
    'A company that rewards its customers for their attention; the tenant of everything.',
})
export class Brand extends Node {
  @Field(() => String, {
    description: 'Short name in lower case, digits and hyphens; unique and never changed.',
  })
  slug!: string;

  @Field(() => String, { description: 'The name people know the brand by.' })
  name!: string;

  @Field(() => String, {
    description: "IANA time zone, such as Asia/Kolkata; the brand's days begin at its midnight.",
  })
  timezone!: string;

  @Field(() => String, {
    description: 'ISO 4217 code of the currency the brand measures orders in. Mu is never money.',
  })
  currency!: string;

  @Field(() => Int, { description: 'Attention that happened longer ago is refused, in days.' })
  maxEventAgeDays!: number;

  @Field(() => Date, { description: 'When the brand was created.' })
  createdAt!: Date;
}
