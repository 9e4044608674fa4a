import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { BrandEntity } from '../brands';
import { Measure } from '../platform/graphql/measure.type';
import { dayAfter } from '../platform/local-day';
import { measuredOf, partOf } from './of-standing';
import type { Standing } from './standing';
import { nextBucket, startOfQuarter } from './time-bucket';

const model = 'click-retention-1';
const shownQuarters = 8;

@ObjectType({
  simpleResolvers: true,
  description: 'Of those who clicked in one stretch of time, how many clicked in the next.',
})
export class ClickRetention {
  @Field(() => Int, { description: 'Who clicked in the stretch before.' })
  clickersBefore!: number;

  @Field(() => Int, { description: 'Who of them clicked again.' })
  returned!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'The click retention rate (CRR): 0.2 is 20 %. Null when nobody had clicked before.',
  })
  retention!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The attention churn rate (ACR), which is 1 less the retention.',
  })
  churn!: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'The click retention of a quarter of the year.' })
export class QuarterRetention extends ClickRetention {
  @Field(() => String, { description: 'The first day of the quarter, as 2026-10-01.' })
  firstDay!: string;

  @Field(() => Boolean, {
    description: 'Whether the quarter is over; the figures of a running one still grow.',
  })
  complete!: boolean;

  @Field(() => Int, { description: 'Who clicked in the quarter, whether before or not.' })
  clickers!: number;
}

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description: 'How many of those who clicked come back to click again.',
})
export class AttentionRetention extends Measure {
  @Field(() => [QuarterRetention], {
    description: 'The last quarters, eight at most, oldest first; the last is the running one.',
  })
  quarters!: QuarterRetention[];

  @Field(() => ClickRetention, {
    description: 'The same of the last 90 days, today included, and the 90 before.',
  })
  rolling!: ClickRetention;
}

/** Fields of `ClickRetention`. */
type Rates = Pick<ClickRetention, keyof ClickRetention>;

/** The rates; of 9,200 who clicked and 1,840 who did again, 0.2 and 0.8. */
export function retentionOf(before: number, returned: number): Rates {
  const churn = partOf(before - returned, before);
  return { clickersBefore: before, returned, retention: partOf(returned, before), churn };
}

/** Click retention of a standing; quarters in which nobody clicked are among them. */
export function attentionRetentionOf(standing: Standing, brand: BrandEntity): AttentionRetention {
  const known = new Map(standing.quarters.map((quarter) => [quarter.firstDay, quarter]));
  const running = startOfQuarter(standing.today);
  const first = standing.quarters[0]?.firstDay ?? running;
  const quarters: QuarterRetention[] = [];
  let before = 0;
  for (let day = first; day <= running; day = nextBucket(day, 'QUARTER')) {
    const { clickers, returned } = known.get(day) ?? { clickers: 0, returned: 0 };
    const told = retentionOf(before, returned);
    quarters.push({ ...told, firstDay: day, complete: day < running, clickers });
    before = clickers;
  }
  const shown = quarters.slice(-shownQuarters);
  const { before: clickedBefore, returned } = standing.rolling;
  const firstDay = shown[0]?.firstDay ?? dayAfter(standing.today, -179);
  return {
    ...measuredOf(standing, model, { brand, firstDay }),
    quarters: shown,
    rolling: retentionOf(clickedBefore, returned),
  };
}
