import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { UserError } from '../platform/graphql/user-error';
import { saveMicron } from './mark-micron.command';
import { markMicron } from './mark-micron';
import { Micron } from './micron.type';

@InputType({ description: 'A micron that a person saves.' })
export class SaveMicronInput {
  @Field(() => ID, { description: 'A micron of the person’s box, `dlv_…`.' })
  micronId!: string;

  @Field(() => String, { description: '8–200 printable characters, unique within the caller.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `saveMicron` did.' })
export class SaveMicronPayload {
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
export class SaveMicronMutation {
  @Allow({ customer: true })
  @Mutation(() => SaveMicronPayload, {
    description: 'Saves a micron, so that it stays in the person’s box until they let it go.',
  })
  saveMicron(
    @Arg('input', () => SaveMicronInput, { description: 'A micron that a person saves.' })
    input: SaveMicronInput,
    @Ctx() context: Context,
  ): Promise<SaveMicronPayload> {
    return markMicron(context, saveMicron.kind, input);
  }
}
