import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { UserError } from '../platform/graphql/user-error';
import { resolveMagnet } from './conclude-magnet.command';
import { submitMagnetCommand, type MagnetPayload } from './magnet-payload';
import { Magnet } from './magnet.type';

@InputType({ description: 'What came true of a prediction.' })
export class ResolveMagnetInput {
  @Field(() => ID, { description: 'Id of the magnet.' })
  id!: string;

  @Field(() => Int, { description: 'Place of the option that came true, from 0.' })
  winningOption!: number;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `resolveMagnet` did.' })
export class ResolveMagnetPayload implements MagnetPayload {
  @Field(() => Magnet, { nullable: true, description: 'The magnet, resolved; null when refused.' })
  magnet!: Magnet | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class ResolveMagnetMutation {
  @Allow({ brand: 'mu:rules' })
  @Mutation(() => ResolveMagnetPayload, {
    description:
      'Says what came true of a prediction, once, and pays: right answers what was promised them, and ' +
      'all stakes to those who staked on it, by their shares. Of thousands, the last are paid moments later.',
  })
  resolveMagnet(
    @Arg('input', () => ResolveMagnetInput, { description: 'Which one, and what came true.' })
    input: ResolveMagnetInput,
    @Ctx() context: Context,
  ): Promise<MagnetPayload> {
    return submitMagnetCommand(context, callerCommand(resolveMagnet.kind, input, context.caller));
  }
}
