import { Field, Float, ObjectType } from 'type-graphql';
import { BoardFigureEnum, type BoardFigureName } from '../economics';
import { connectionTypes } from '../platform/graphql/connection';
import { Measure, type MeasureWindow } from '../platform/graphql/measure.type';
import { MonetaryAmount } from '../platform/graphql/money.type';
import { Node } from '../platform/graphql/node';
import { ReportKind, ReportPeriod, type ReportKindName, type ReportPeriodName } from './period';

@ObjectType({
  simpleResolvers: true,
  description: 'A figure of a report, as it was when the report was made.',
})
export class ReportFigure {
  @Field(() => BoardFigureEnum, { description: 'Which figure.' })
  name!: BoardFigureName;

  @Field(() => Float, {
    nullable: true,
    description: 'The figure; null of an amount of money, and where there was none.',
  })
  value!: number | null;

  @Field(() => MonetaryAmount, {
    nullable: true,
    description: 'The figure as money; null of all others, and where there was none.',
  })
  amount!: MonetaryAmount | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The same of the period before; null of what is told as it stood.',
  })
  previousValue!: number | null;

  @Field(() => MonetaryAmount, {
    nullable: true,
    description: 'The same of the period before, as money.',
  })
  previousAmount!: MonetaryAmount | null;

  @Field(() => String, { description: 'The definition the figure was made by.' })
  modelVersion!: string;
}

@ObjectType({
  implements: [Node, Measure],
  simpleResolvers: true,
  description:
    'A report of a week or month that is over. Its figures stay what they were, whatever is told later.',
})
export class Report extends Node implements Measure {
  asOf!: Date;
  window!: MeasureWindow;
  modelVersion!: string;

  @Field(() => ReportKind, { description: 'What it is about.' })
  kind!: ReportKindName;

  @Field(() => ReportPeriod, { description: 'Whether it is of a week or a month.' })
  every!: ReportPeriodName;

  @Field(() => String, { description: 'The first local day of the period, as 2026-11-01.' })
  firstDay!: string;

  @Field(() => String, { description: 'Its last local day.' })
  lastDay!: string;

  @Field(() => [ReportFigure], { description: 'All figures, in one order everywhere.' })
  figures!: ReportFigure[];
}

export const { Connection: ReportConnection } = connectionTypes(Report, 'Report');
