import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { BrandRelationship } from '../customers';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { UserError } from '../platform/graphql/user-error';
import { muteBrand } from './change-permission.command';
import { changePermission } from './change-permission';

@InputType({ description: 'A brand that a person keeps out of their micronbox.' })
export class MuteBrandInput {
  @Field(() => ID, { description: 'The brand, `brd_…`: one that knows the person.' })
  brandId!: string;

  @Field(() => String, { description: '8–200 printable characters, unique within the caller.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `muteBrand` did.' })
export class MuteBrandPayload {
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
export class MuteBrandMutation {
  @Allow({ customer: true })
  @Mutation(() => MuteBrandPayload, {
    description: 'Keeps a brand out of the person’s micronbox. What they saved of it stays saved.',
  })
  muteBrand(
    @Arg('input', () => MuteBrandInput, {
      description: 'A brand that a person keeps out of their micronbox.',
    })
    input: MuteBrandInput,
    @Ctx() context: Context,
  ): Promise<MuteBrandPayload> {
    return changePermission(context, muteBrand.kind, input);
  }
}
