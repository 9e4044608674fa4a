import { ArgsType, Field, InputType } from 'type-graphql';
import type { BrandEntity } from '../brands';
import { RequestError } from '../platform/errors';
import type { Context } from '../platform/graphql/context';
import type { MeasureWindow } from '../platform/graphql/measure.type';
import { dayAfter, localDay, startOfDay, stretchBefore, type Days } from '../platform/local-day';
import { checkDays } from './check-days';

@InputType({ description: 'A stretch of the brand’s local days, both included.' })
export class PeriodInput {
  @Field(() => String, { description: 'The first day, as 2026-11-01.' })
  firstDay!: string;

  @Field(() => String, { description: 'The last day, as 2026-11-30; at most 365 days later.' })
  lastDay!: string;
}

@ArgsType()
export class PeriodArgs {
  @Field(() => PeriodInput, {
    nullable: true,
    description: 'The days it is about; the last 30, today included, if left out.',
  })
  period?: PeriodInput | null;
}

const usualDays = 30;

/** Which days of which brand a figure is about, and the moment it is told. */
export interface Asked {
  brand: BrandEntity;
  days: Days;
  now: Date;
}

/** Reads the days a figure is asked of. Throws RequestError BAD_USER_INPUT for days that are none. */
export function askedOf(
  brand: BrandEntity,
  period: PeriodInput | null | undefined,
  context: Context,
): Asked {
  const now = context.clock.now(new Date());
  if (period == null) {
    const lastDay = localDay(now, brand.timezone);
    return { brand, days: { firstDay: dayAfter(lastDay, 1 - usualDays), lastDay }, now };
  }
  const { value, refusal } = checkDays(period, context.config.limits);
  if (refusal) {
    throw new RequestError(
      'BAD_USER_INPUT',
      `period.${refusal.field?.join('.')}: ${refusal.message}`,
    );
  }
  return { brand, days: value, now };
}

/** The same of the days just before. */
export function askedBefore(asked: Asked): Asked {
  return { ...asked, days: stretchBefore(asked.days) };
}

/** From the beginning of the first day to the end of the last, in the brand's time zone. */
export function windowOf({ brand, days }: Asked): MeasureWindow {
  return {
    from: startOfDay(days.firstDay, brand.timezone),
    until: startOfDay(dayAfter(days.lastDay, 1), brand.timezone),
  };
}

/** What every figure says of itself. */
export function measured(asked: Asked, modelVersion: string) {
  return { asked, asOf: asked.now, window: windowOf(asked), modelVersion };
}
