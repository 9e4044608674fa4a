import { Field, ObjectType } from 'type-graphql';
import type { BrandScope } from '../platform/auth/caller';
import { Node } from '../platform/graphql/node';
import { ApiKeyScopeEnum } from './api-key-scope';

@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: "A key a brand's own systems call with. Its secret is shown when it is created.",
})
export class ApiKey extends Node {
  @Field(() => String, { description: 'What the brand calls the key, to tell it from others.' })
  name!: string;

  @Field(() => [ApiKeyScopeEnum], { description: 'What the key may do.' })
  scopes!: BrandScope[];

  @Field(() => Date, { description: 'When the key was created.' })
  createdAt!: Date;

  @Field(() => Date, {
    nullable: true,
    description: 'When the key was revoked; from then on it opens nothing. Null while it works.',
  })
  revokedAt!: Date | null;
}
