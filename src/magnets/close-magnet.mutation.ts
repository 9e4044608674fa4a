import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { UserError } from '../platform/graphql/user-error';
import { closeMagnet } from './conclude-magnet.command';
import { submitMagnetCommand, type MagnetPayload } from './magnet-payload';
import { Magnet } from './magnet.type';

@InputType({ description: 'The magnet to close.' })
export class CloseMagnetInput {
  @Field(() => ID, { description: 'Id of the magnet.' })
  id!: string;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `closeMagnet` did.' })
export class CloseMagnetPayload implements MagnetPayload {
  @Field(() => Magnet, { nullable: true, description: 'The magnet, closed; null when refused.' })
  magnet!: Magnet | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class CloseMagnetMutation {
  @Allow({ brand: 'mu:rules' })
  @Mutation(() => CloseMagnetPayload, {
    description: 'Lets a magnet take no more answers. A prediction is resolved all the same.',
  })
  closeMagnet(
    @Arg('input', () => CloseMagnetInput, { description: 'Which one.' })
    input: CloseMagnetInput,
    @Ctx() context: Context,
  ): Promise<MagnetPayload> {
    return submitMagnetCommand(context, callerCommand(closeMagnet.kind, input, context.caller));
  }
}
