import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { UserError } from '../platform/graphql/user-error';
import { markMicronRead } from './mark-micron.command';
import { markMicron } from './mark-micron';
import { Micron } from './micron.type';

@InputType({ description: 'A micron that a person has read in their box.' })
export class MarkMicronReadInput {
  @Field(() => ID, { description: 'A micron of the person’s box, `dlv_…`.' })
  micronId!: string;

  @Field(() => String, { description: '8–200 printable characters, unique within the caller.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `markMicronRead` did.' })
export class MarkMicronReadPayload {
  @Field(() => Micron, {
    nullable: true,
    description: 'The micron as it now is; null when refused, and when it has left the box.',
  })
  micron!: Micron | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class MarkMicronReadMutation {
  @Allow({ customer: true })
  @Mutation(() => MarkMicronReadPayload, {
    description:
      'Notes that a micron was read in the person’s box. It is no attention and pays nothing: `recordAttention` tells the brand, and pays.',
  })
  markMicronRead(
    @Arg('input', () => MarkMicronReadInput, {
      description: 'A micron that a person has read in their box.',
    })
    input: MarkMicronReadInput,
    @Ctx() context: Context,
  ): Promise<MarkMicronReadPayload> {
    return markMicron(context, markMicronRead.kind, input);
  }
}
