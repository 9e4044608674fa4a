import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { sha256 } from '../platform/auth/secrets';
import { callerCommand } from '../platform/database/caller-command';
import { toEntity } from '../platform/database/rows';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { readCredential } from './credential';
import { recordVelvetArrival, type ArrivalAnswer } from './record-velvet-arrival.command';
import { VelvetArrivalEntity } from './velvet.entity';
import { VelvetArrival } from './velvet.type';

@InputType({ description: 'What was shown, and where.' })
export class RecordVelvetArrivalInput {
  @Field(() => String, { description: 'What `createVelvetCredential` made, as it was read.' })
  credential!: string;

  @Field(() => String, { description: 'The store, as you call it, in at most 200 bytes.' })
  storeId!: string;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `recordVelvetArrival` did.' })
export class RecordVelvetArrivalPayload {
  @Field(() => VelvetArrival, { nullable: true, description: 'The arrival; null when refused.' })
  velvetArrival!: VelvetArrival | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class RecordVelvetArrivalMutation {
  @Allow({ brand: 'mu:attention' })
  @Mutation(() => RecordVelvetArrivalPayload, {
    description:
      'Recognises a member at a store by the credential they show, and announces `velvet.arrived`. Refused ' +
      'with INVALID_CREDENTIAL unless it is whole, not over and made for the brand, with ' +
      'ALREADY_RESOLVED when it was shown before.',
  })
  async recordVelvetArrival(
    @Arg('input', () => RecordVelvetArrivalInput, { description: 'What was shown, and where.' })
    input: RecordVelvetArrivalInput,
    @Ctx() context: Context,
  ): Promise<RecordVelvetArrivalPayload> {
    const { credential: text, storeId, idempotencyKey } = input;
    const credential = readCredential(context.config.tokenSecret, text);
    const shown = sha256(text).toString('hex');
    const read = { credential, shown, storeId, idempotencyKey };
    const command = callerCommand(recordVelvetArrival.kind, read, context.caller);
    const { answer, replayed } = await context.commands.submit<ArrivalAnswer>(command);
    await refreshReads(context);
    return {
      velvetArrival: answer.arrival ? toEntity(VelvetArrivalEntity, { ...answer.arrival }) : null,
      replayed,
      userErrors: answer.userErrors,
    };
  }
}
