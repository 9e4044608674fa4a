import {
  Arg,
  Ctx,
  Extensions,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Resolver,
} from 'type-graphql';
import { callerCommand } from '../platform/database/caller-command';
import type { UserErrorShape } from '../platform/errors';
import { Allow } from '../platform/graphql/access';
import type { Context } from '../platform/graphql/context';
import { refreshReads } from '../platform/graphql/loaders';
import { JSONObject } from '../platform/graphql/scalars';
import { UserError } from '../platform/graphql/user-error';
import { importEvents, type ImportEventsAnswer } from './import-events.command';
import { importJobLoader } from './import.loader';
import { ImportJob } from './import.type';
import { EventMappingInput } from './mapping.input';

/** Points of an event: it is a row of a queue. */
const queueCost = 2;

@InputType({
  description:
    'Events of another system. Exactly one of mapping and mappingKey, which begin an import, and ' +
    'importJob, which goes on with one.',
})
export class ImportEventsInput {
  @Field(() => EventMappingInput, { nullable: true, description: 'What the events mean here.' })
  mapping?: EventMappingInput | null;

  @Field(() => String, { nullable: true, description: 'The name of a mapping you keep.' })
  mappingKey?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'An import that was given events within the last day, `imp_…`; it takes more.',
  })
  importJob?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether this tells of the past: events of any age, back ten years, that count as history and pay ' +
      'nothing. Said when an import begins.',
  })
  backfill?: boolean | null;

  @Field(() => [JSONObject], {
    description:
      'At most 1,000 calls as the platform sends them: `type`, `messageId`, `timestamp`, `userId` and ' +
      'the rest; each of at most 32 KiB.',
  })
  events!: Record<string, unknown>[];

  @Field(() => String, { description: '8–200 printable characters, unique within the brand.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What `importEvents` did.' })
export class ImportEventsPayload {
  @Field(() => ImportJob, {
    nullable: true,
    description: 'The import the events are in; null when refused.',
  })
  importJob!: ImportJob | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The place of the first event of the call in the import; null when refused.',
  })
  firstIndex!: number | null;

  @Field(() => Boolean, { description: 'Whether this is the stored answer of an earlier call.' })
  replayed!: boolean;

  @Field(() => [UserError], {
    description: 'Why the whole call was refused; empty when its events were taken in.',
  })
  userErrors!: UserErrorShape[];
}

@Resolver()
export class ImportEventsMutation {
  @Allow({ brand: ['mu:attention', 'mu:customers'] })
  @Extensions({ listLimit: 'importEvents' })
  @Mutation(() => ImportEventsPayload, {
    complexity: queueCost,
    description:
      'Takes up to 1,000 events of a customer data platform in, to be recorded as attention, orders and ' +
      'customers within seconds. An event counts once by its `messageId`, whichever import brings it.',
  })
  async importEvents(
    @Arg('input', () => ImportEventsInput, { description: 'The events, and what they mean.' })
    input: ImportEventsInput,
    @Ctx() context: Context,
  ): Promise<ImportEventsPayload> {
    const { caller } = context;
    const command = callerCommand(importEvents.kind, input, caller);
    const { answer, replayed } = await context.commands.submit<ImportEventsAnswer>(command);
    await refreshReads(context);
    const { importJob, firstIndex, userErrors } = answer;
    return {
      importJob: importJob === undefined ? null : await importJobLoader(context).load(importJob),
      firstIndex: firstIndex ?? null,
      replayed,
      userErrors,
    };
  }
}
