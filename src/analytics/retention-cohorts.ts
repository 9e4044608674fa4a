import { Field, Float, Int, ObjectType } from 'type-graphql';
import { enumOf } from '../platform/graphql/described-enum';
import { Measure } from '../platform/graphql/measure.type';
import type { BrandEntity } from '../brands';
import { measuredOf, partOf } from './of-standing';
import { cohortBases, type CohortBasisName, type Standing } from './standing';
import { nextBucket, startOfMonth } from './time-bucket';

const model = 'cohorts-1';
const half = 0.5;

/** The bases as a GraphQL enum; values equal names. */
export const CohortBasis = enumOf(
  'CohortBasis',
  'What makes customers a cohort, and what counts as being there.',
  cohortBases,
);

@ObjectType({ simpleResolvers: true, description: 'How many of a cohort were there in a month.' })
export class CohortMonth {
  @Field(() => Int, { description: 'How many months after they began; 0 is the first month.' })
  month!: number;

  @Field(() => Int, { description: 'How many were there.' })
  customers!: number;

  @Field(() => Float, { description: 'Their part of the cohort, from 0 to 1.' })
  share!: number;
}

@ObjectType({ simpleResolvers: true, description: 'Customers who began in the same month.' })
export class RetentionCohort {
  @Field(() => String, { description: 'The first day of the month, as 2026-11-01.' })
  firstDay!: string;

  @Field(() => Int, { description: 'How many began.' })
  customers!: number;

  @Field(() => [CohortMonth], {
    description: 'Each month up to the running one, also those in which nobody was there.',
  })
  months!: CohortMonth[];

  @Field(() => Int, {
    nullable: true,
    description:
      'Its half-life: the first month that is over in which fewer than half were there; null while there is none.',
  })
  halfLifeMonths!: number | null;

  @Field(() => Float, {
    description:
      'Its tenure so far: in how many of the months that are over a customer was there, on average.',
  })
  activeMonths!: number;
}

@ObjectType({
  implements: Measure,
  simpleResolvers: true,
  description: 'Who stays: customers by the month they began in, and how many were there later.',
})
export class RetentionCohorts extends Measure {
  @Field(() => CohortBasis, { description: 'What makes them cohorts.' })
  basis!: CohortBasisName;

  @Field(() => [RetentionCohort], {
    description: 'Cohorts of the last 24 months in which somebody began, oldest first.',
  })
  cohorts!: RetentionCohort[];

  @Field(() => Int, {
    nullable: true,
    description:
      'After how many months, over all cohorts old enough, fewer than half were there for the first time; null ' +
      'when that has not happened.',
  })
  halfLifeMonths!: number | null;
}

/** The cohorts of a standing. */
export function cohortsOf(
  standing: Standing,
  basis: CohortBasisName,
  brand: BrandEntity,
): RetentionCohorts {
  const cells = standing.cohorts[basis];
  const known = new Map(
    cells.map(([cohort, month, customers]) => [`${cohort} ${month}`, customers]),
  );
  const running = startOfMonth(standing.today);
  const began = cells.filter(([, month]) => month === -1);
  const cohorts = began.map(([firstDay, , customers]): RetentionCohort => {
    const months: CohortMonth[] = [];
    for (let day = firstDay; day <= running; day = nextBucket(day, 'MONTH')) {
      const month = months.length;
      const there = known.get(`${firstDay} ${month}`) ?? 0;
      months.push({ month, customers: there, share: there / customers });
    }
    const halfLifeMonths = halfLifeOf([{ customers, months }]);
    return { firstDay, customers, months, halfLifeMonths, activeMonths: activeMonthsOf(months) };
  });
  const firstDay = nextBucket(running, 'MONTH', -23);
  const halfLifeMonths = halfLifeOf(cohorts);
  const measured = measuredOf(standing, model, { brand, firstDay });
  return { ...measured, basis, cohorts, halfLifeMonths };
}

/** The first month, over all cohorts that have come so far, in which fewer than half were there. */
export function halfLifeOf(
  cohorts: readonly Pick<RetentionCohort, 'customers' | 'months'>[],
): number | null {
  const longest = Math.max(0, ...cohorts.map(({ months }) => months.length));
  for (let month = 0; month < longest; month += 1) {
    // The running month of a cohort is not over, so that it would tell too few.
    const old = cohorts.filter(({ months }) => months.length > month + 1);
    const all = old.reduce((sum, { customers }) => sum + customers, 0);
    const there = old.reduce((sum, { months }) => sum + (months[month]?.customers ?? 0), 0);
    const share = partOf(there, all);
    if (share !== null && share < half) return month;
  }
  return null;
}

/** In how many months that are over a customer was there on average: the shares of these months together. */
export function activeMonthsOf(months: readonly CohortMonth[]): number {
  return months.slice(0, -1).reduce((sum, { share }) => sum + share, 0);
}
