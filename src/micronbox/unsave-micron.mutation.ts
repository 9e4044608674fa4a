import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { UserError } from '../platform/graphql/user-error';
import { unsaveMicron } from './mark-micron.command';
import { markMicron } from './mark-micron';
import { Micron } from './micron.type';

@InputType({ description: 'A saved micron that a person lets go.' })
export class UnsaveMicronInput {
  @Field(() => ID, { description: 'A micron of the person’s box, `dlv_…`.' })
  micronId!: string;

  @Field(() => String, { description: '8–200 printable characters, unique within the caller.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `unsaveMicron` did.' })
export class UnsaveMicronPayload {
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
export class UnsaveMicronMutation {
  @Allow({ customer: true })
  @Mutation(() => UnsaveMicronPayload, {
    description:
      'Puts a saved micron back among the others. It leaves as if it had been read now, or later if it is unread and new.',
  })
  unsaveMicron(
    @Arg('input', () => UnsaveMicronInput, { description: 'A saved micron that a person lets go.' })
    input: UnsaveMicronInput,
    @Ctx() context: Context,
  ): Promise<UnsaveMicronPayload> {
    return markMicron(context, unsaveMicron.kind, input);
  }
}
