import { Field, ObjectType } from 'type-graphql';
import { Node } from '../platform/graphql/node';
import { DateTime } from '../platform/graphql/scalars';
import { ReportKind, ReportPeriod, type ReportKindName, type ReportPeriodName } from './period';

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'A report that comes by itself at the end of each week or month.',
})
export class ReportSchedule extends Node {
  @Field(() => ReportKind, { description: 'What it is about.' })
  kind!: ReportKindName;

  @Field(() => ReportPeriod, { description: 'How often it comes.' })
  every!: ReportPeriodName;

  @Field(() => String, {
    description: 'The first local day of the period that is reported next, as 2026-11-01.',
  })
  nextFirstDay!: string;

  @Field(() => DateTime, {
    description: 'When that period is over, in the brand’s time zone, and its report is made.',
  })
  nextDueAt!: Date;

  @Field(() => DateTime, { description: 'When it was asked for.' })
  createdAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was deleted; null while it lasts.',
  })
  deletedAt!: Date | null;
}
