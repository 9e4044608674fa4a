import { Arg, Ctx, Field, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { CustomerBy, loadRelationship, BrandRelationship } from '../customers';
import { Channel, type ChannelName } from '../messages';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { callerCommand } from '../platform/database/caller-command';
import { ChannelPreferenceEnum, type ChannelPreferenceName } from './contact.type';
import {
  setChannelPreference,
  type ChannelPreferenceAnswer,
} from './set-channel-preference.command';

@InputType({ description: 'What a customer wants of a channel.' })
export class SetChannelPreferenceInput {
  @Field(() => CustomerBy, {
    nullable: true,
    description: 'Who: a brand must say; a customer speaks for themselves and leaves it out.',
  })
  customer?: CustomerBy | null;

  @Field(() => Channel, { description: 'The channel.' })
  channel!: ChannelName;

  @Field(() => ChannelPreferenceEnum, { description: 'Whether they want messages on it.' })
  preference!: ChannelPreferenceName;

  @Field(() => Int, {
    nullable: true,
    description: 'The hour of their day they like them best, 0 to 23; none when left out.',
  })
  preferredHour?: number | null;

  @Field(() => String, { description: '8–200 printable characters, unique within the caller.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `setChannelPreference` did.' })
export class SetChannelPreferencePayload {
  @Field(() => BrandRelationship, {
    nullable: true,
    description: 'The customer with the brand, as it now is; null when refused.',
  })
  relationship!: BrandRelationship | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class SetChannelPreferenceMutation {
  @Allow({ brand: 'mu:customers', customer: true })
  @Mutation(() => SetChannelPreferencePayload, {
    description:
      'Writes down whether a customer wants messages on a channel, and at which hour. The last word counts, from now on.',
  })
  async setChannelPreference(
    @Arg('input', () => SetChannelPreferenceInput, {
      description: 'What a customer wants of a channel.',
    })
    input: SetChannelPreferenceInput,
    @Ctx() context: Context,
  ): Promise<SetChannelPreferencePayload> {
    const command = callerCommand(setChannelPreference.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<ChannelPreferenceAnswer>(command);
    await refreshReads(context);
    const relationship = answer.of ? await loadRelationship(context, answer.of) : null;
    return { relationship, replayed, userErrors: answer.userErrors };
  }
}
