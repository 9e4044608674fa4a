import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { UserError } from '../platform/graphql/user-error';
import { createMagnet } from './create-magnet.command';
import { CreateMagnetInput } from './create-magnet.input';
import { submitMagnetCommand, type MagnetPayload } from './magnet-payload';
import { Magnet } from './magnet.type';

@ObjectType({ simpleResolvers: true, description: 'What `createMagnet` did.' })
export class CreateMagnetPayload implements MagnetPayload {
  @Field(() => Magnet, { nullable: true, description: 'The magnet; null when refused.' })
  magnet!: Magnet | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class CreateMagnetMutation {
  @Allow({ brand: 'mu:rules' })
  @Mutation(() => CreateMagnetPayload, {
    description:
      'Publishes a magnet. What it asks and pays never changes; close it and publish another.',
  })
  createMagnet(
    @Arg('input', () => CreateMagnetInput, { description: 'The magnet.' })
    input: CreateMagnetInput,
    @Ctx() context: Context,
  ): Promise<MagnetPayload> {
    return submitMagnetCommand(context, callerCommand(createMagnet.kind, input, context.caller));
  }
}
