import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { UserError } from '../platform/graphql/user-error';
import { voidMagnet } from './conclude-magnet.command';
import { submitMagnetCommand, type MagnetPayload } from './magnet-payload';
import { Magnet } from './magnet.type';

@InputType({ description: 'The prediction to call off.' })
export class VoidMagnetInput {
  @Field(() => ID, { description: 'Id of the magnet.' })
  id!: string;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `voidMagnet` did.' })
export class VoidMagnetPayload implements MagnetPayload {
  @Field(() => Magnet, {
    nullable: true,
    description: 'The magnet, called off; null when refused.',
  })
  magnet!: Magnet | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class VoidMagnetMutation {
  @Allow({ brand: 'mu:rules' })
  @Mutation(() => VoidMagnetPayload, {
    description:
      'Calls a prediction off, once: every stake goes back whole. What answers were paid, they keep.',
  })
  voidMagnet(
    @Arg('input', () => VoidMagnetInput, { description: 'Which one.' })
    input: VoidMagnetInput,
    @Ctx() context: Context,
  ): Promise<MagnetPayload> {
    return submitMagnetCommand(context, callerCommand(voidMagnet.kind, input, context.caller));
  }
}
