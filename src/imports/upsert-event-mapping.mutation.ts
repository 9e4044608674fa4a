import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { UserError } from '../platform/graphql/user-error';
import { eventMappingLoader } from './import.loader';
import { EventMapping } from './import.type';
import { EventMappingInput } from './mapping.input';
import { upsertEventMapping, type EventMappingAnswer } from './upsert-event-mapping.command';

@InputType({ description: 'A mapping as it shall be; the one of that name is changed.' })
export class UpsertEventMappingInput {
  @Field(() => String, { description: 'Its name, in at most 200 bytes.' })
  key!: string;

  @Field(() => EventMappingInput, { description: 'What the events of the source mean here.' })
  mapping!: EventMappingInput;

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `upsertEventMapping` did.' })
export class UpsertEventMappingPayload {
  @Field(() => EventMapping, { nullable: true, description: 'The mapping; null when refused.' })
  eventMapping!: EventMapping | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class UpsertEventMappingMutation {
  @Allow({ brand: 'mu:rules' })
  @Mutation(() => UpsertEventMappingPayload, {
    description:
      'Keeps what the events of a source mean under a name. Imports that have begun keep what they began ' +
      'with.',
  })
  async upsertEventMapping(
    @Arg('input', () => UpsertEventMappingInput, { description: 'The mapping.' })
    input: UpsertEventMappingInput,
    @Ctx() context: Context,
  ): Promise<UpsertEventMappingPayload> {
    const command = callerCommand(upsertEventMapping.kind, input, context.caller);
    const { answer, replayed } = await context.commands.submit<EventMappingAnswer>(command);
    await refreshReads(context);
    const { eventMapping, userErrors } = answer;
    return {
      eventMapping:
        eventMapping === undefined ? null : await eventMappingLoader(context).load(eventMapping),
      replayed,
      userErrors,
    };
  }
}
