import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { BrandRelationship } from '../customers';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { UserError } from '../platform/graphql/user-error';
import { allowBrand } from './change-permission.command';
import { changePermission } from './change-permission';

@InputType({ description: 'A brand that a person lets into their micronbox.' })
export class AllowBrandInput {
  @Field(() => ID, { description: 'The brand, `brd_…`: one that knows the person.' })
  brandId!: string;

  @Field(() => String, { description: '8–200 printable characters, unique within the caller.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `allowBrand` did.' })
export class AllowBrandPayload {
  @Field(() => BrandRelationship, {
    nullable: true,
    description: 'The person with the brand, as it now is; null when refused.',
  })
  relationship!: BrandRelationship | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class AllowBrandMutation {
  @Allow({ customer: true })
  @Mutation(() => AllowBrandPayload, {
    description:
      'Lets a brand into the person’s micronbox. After muting it, what comes from now on goes in.',
  })
  allowBrand(
    @Arg('input', () => AllowBrandInput, {
      description: 'A brand that a person lets into their micronbox.',
    })
    input: AllowBrandInput,
    @Ctx() context: Context,
  ): Promise<AllowBrandPayload> {
    return changePermission(context, allowBrand.kind, input);
  }
}
