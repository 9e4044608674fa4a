import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import {
  Channel,
  Message,
  MessageKind,
  messageLoader,
  type ChannelName,
  type MessageKindName,
} from '../messages';
import { brandOf, scopeOf } from '../platform/auth/caller';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { DateTime, Mu } from '../platform/graphql/scalars';
import { UserError } from '../platform/graphql/user-error';
import { checkIdempotencyKey } from '../platform/text';
import type { RecordMessageAnswer } from './record-message.command';

@InputType({ description: 'A message, with the Mu it offers to each customer who gets it.' })
export class RecordMessageInput {
  @Field(() => String, { description: 'Its id in your system; once per brand.' })
  externalId!: string;

  @Field(() => Channel, { description: 'How it is sent.' })
  channel!: ChannelName;

  @Field(() => MessageKind, {
    nullable: true,
    description: 'What it is for; MICRON when left out.',
  })
  kind?: MessageKindName | null;

  @Field(() => String, { nullable: true, description: 'Its subject or first line.' })
  subject?: string | null;

  @Field(() => Mu, { nullable: true, description: 'What the first verified open pays.' })
  openMu?: number | null;

  @Field(() => Mu, {
    nullable: true,
    description: 'What all other actions of one customer pay together at most.',
  })
  actionMuMax?: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many customers get it. With it, audience × (openMu + actionMuMax) is set aside now and ' +
      'all pay comes out of that; without it, pay comes out of the budget while that lasts.',
  })
  audience?: number | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the offer ends and the unused rest goes back to the budget.',
  })
  expiresAt?: Date | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'The em of a series that it is, `emi_…`; its kind is then EM unless said otherwise.',
  })
  seriesItemId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'The experiment it is sent for, `exp_…`. It then pays out of the experiment’s reserve, and only ' +
      'customers whom the experiment treats; `audience` stays out.',
  })
  experimentId?: string | null;

  @Field(() => String, { nullable: true, description: 'The campaign it belongs to.' })
  campaign?: string | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `recordMessage` did.' })
export class RecordMessagePayload {
  @Field(() => Message, { nullable: true, description: 'The message; null when refused.' })
  message!: Message | null;

  @Field(() => Mu, { description: 'How much was set aside for it.' })
  reserved!: number;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class RecordMessageMutation {
  @Allow({ brand: 'mu:messages' })
  @Mutation(() => RecordMessagePayload, {
    description:
      'Records a message before it is sent and sets aside the Mu it offers. Refused with ' +
      'BUDGET_EXHAUSTED when the worst case does not fit the budget.',
  })
  async recordMessage(
    @Arg('input', () => RecordMessageInput, { description: 'The message.' })
    input: RecordMessageInput,
    @Ctx() context: Context,
  ): Promise<RecordMessagePayload> {
    const { idempotencyKey, ...rest } = input;
    checkIdempotencyKey(idempotencyKey);
    const { answer, replayed } = await context.commands.submit<RecordMessageAnswer>({
      kind: 'recordMessage',
      scope: scopeOf(context.caller),
      tenant: brandOf(context.caller),
      key: idempotencyKey,
      input: rest,
    });
    await refreshReads(context);
    return {
      message: answer.messageId ? await messageLoader(context).load(answer.messageId) : null,
      reserved: answer.reserve?.amount ?? 0,
      replayed,
      userErrors: answer.userErrors,
    };
  }
}
