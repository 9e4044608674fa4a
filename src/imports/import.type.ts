import { Directive, Field, Int, ObjectType } from 'type-graphql';
import type { UserErrorCode } from '../platform/errors';
import { connectionTypes } from '../platform/graphql/connection';
import { enumOf } from '../platform/graphql/described-enum';
import { Node } from '../platform/graphql/node';
import { DateTime, JSONObject } from '../platform/graphql/scalars';
import { UserErrorCodeEnum } from '../platform/graphql/user-error';

/** How an import stands, as a GraphQL enum; values equal names. */
export const ImportState = enumOf('ImportState', 'How an import stands.', {
  RUNNING: 'Events of it wait to be recorded.',
  DONE: 'All it was given so far has been recorded or refused.',
});

export type ImportStateName = keyof typeof ImportState;

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'What events of a source mean here, as a brand keeps it.',
})
export class EventMapping extends Node {
  @Field(() => String, { description: 'Its name with the brand, once.' })
  key!: string;

  @Field(() => JSONObject, { description: 'What it says, in the form of `EventMappingInput`.' })
  mapping!: Record<string, unknown>;

  @Field(() => DateTime, { description: 'When it was first kept.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When it was last set.' })
  updatedAt!: Date;
}

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'Events of another system on their way in. Those of customers who were erased meanwhile are ' +
    'received, and in none of the other counts.',
})
export class ImportJob extends Node {
  @Field(() => ImportState, { description: 'How it stands.' })
  status!: ImportStateName;

  @Field(() => Boolean, {
    description:
      'Whether it tells of the past: events of any age, back ten years, that pay nothing, neither Mu ' +
      'nor a place in a streak.',
  })
  backfill!: boolean;

  @Field(() => JSONObject, {
    description: 'The mapping it began with and keeps, in the form of `EventMappingInput`.',
  })
  mapping!: Record<string, unknown>;

  @Field(() => Int, { description: 'How many events it was given.' })
  received!: number;

  @Field(() => Int, { description: 'How many of them are recorded.' })
  recorded!: number;

  @Field(() => Int, {
    description:
      'How many had been taken in before, by this import or another; they changed nothing.',
  })
  duplicates!: number;

  @Field(() => Int, { description: 'How many were refused; see `refusals`.' })
  refused!: number;

  @Field(() => Int, { description: 'Of how many the mapping says that nothing becomes.' })
  ignored!: number;

  @Field(() => DateTime, { description: 'When it began.' })
  createdAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the last of what it was given so far was done; null while some wait.',
  })
  finishedAt!: Date | null;
}

@ObjectType({ simpleResolvers: true, description: 'An event of an import that is not recorded.' })
export class ImportRefusal {
  @Field(() => Int, {
    description: 'Its place in the import, from 0, over all calls in the order of their answers.',
  })
  index!: number;

  @Field(() => UserErrorCodeEnum, { description: 'Why.' })
  code!: UserErrorCode;

  @Field(() => [String], { nullable: true, description: 'The keys that lead to what is amiss.' })
  field!: string[] | null;

  @Field(() => String, { description: 'The same for people.' })
  message!: string;

  @Field(() => JSONObject, {
    nullable: true,
    description:
      'The event as it was sent; null after a week, when its customer was erased, and for one that ' +
      'cannot be stored.',
  })
  event!: Record<string, unknown> | null;

  @Field(() => DateTime, { description: 'When it was refused.' })
  refusedAt!: Date;
}

export const { Connection: EventMappingConnection } = connectionTypes(EventMapping, 'EventMapping');
export const { Connection: ImportJobConnection } = connectionTypes(ImportJob, 'ImportJob');
export const { Connection: ImportRefusalConnection } = connectionTypes(
  ImportRefusal,
  'ImportRefusal',
);
