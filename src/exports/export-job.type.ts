import { Directive, Field, Float, ObjectType } from 'type-graphql';
import { connectionTypes } from '../platform/graphql/connection';
import { enumOf } from '../platform/graphql/described-enum';
import { Node } from '../platform/graphql/node';
import { DateTime } from '../platform/graphql/scalars';
import { ExportPart, type ExportPartName } from './export-part';

const statuses = {
  QUEUED: 'It waits for a process to write it.',
  RUNNING: 'It is being written.',
  DONE: 'Its files can be fetched until it expires.',
  FAILED: 'It could not be written; ask for another.',
  EXPIRED: 'Its files are gone: their time was over, or somebody in them was erased.',
} as const;

export type ExportStatusName = keyof typeof statuses;

const ExportStatus = enumOf<ExportStatusName>('ExportStatus', 'Where an export stands.', statuses);

@ObjectType({
  simpleResolvers: true,
  description:
    'A file of an export: the rows of one table, a JSON object a line, compressed by gzip.',
})
export class ExportFile {
  @Field(() => ExportPart, { description: 'The part it belongs to.' })
  part!: ExportPartName;

  @Field(() => String, { description: 'The table, and the name of the file before `.ndjson.gz`.' })
  name!: string;

  @Field(() => Float, { description: 'Lines in it; a whole number.' })
  rows!: number;

  @Field(() => Float, { description: 'Bytes of it, as it is fetched; a whole number.' })
  bytes!: number;

  @Field(() => String, { description: 'SHA-256 of those bytes, in hexadecimal digits.' })
  sha256!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Where it can be fetched for an hour without a key; without the part after `?` it takes an API key. ' +
      'Null when the files are gone, and to everybody but the brand.',
  })
  url!: string | null;
}

@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'A copy of all a brand has here, or of some parts of it, as of one moment.',
})
export class ExportJob extends Node {
  @Field(() => ExportStatus, { description: 'Where it stands.' })
  status!: ExportStatusName;

  @Field(() => [ExportPart], { description: 'What is in it.' })
  parts!: ExportPartName[];

  @Field(() => DateTime, {
    nullable: true,
    description: 'The moment all of its rows are of; null before it is written.',
  })
  asOf!: Date | null;

  @Field(() => DateTime, { description: 'When it was asked for.' })
  createdAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was done or failed; null before.',
  })
  finishedAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Until when its files are kept; null before it is done.',
  })
  expiresAt!: Date | null;

  @Field(() => Float, { description: 'Rows written so far, of all files; a whole number.' })
  rows!: number;

  @Field(() => Float, { description: 'Bytes written so far, of all files; a whole number.' })
  bytes!: number;
}

export const { Connection: ExportJobConnection } = connectionTypes(ExportJob, 'ExportJob');
