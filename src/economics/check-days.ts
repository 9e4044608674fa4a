import { userError } from '../platform/errors';
import type { Limits } from '../platform/limits';
import { daysIn, isDay, type Days } from '../platform/local-day';
import type { Checked } from '../platform/text';

/** Days as a client names them; one day where no last one is named. */
export interface DaysInput {
  firstDay: string;
  lastDay?: string | null;
}

/** Days whose neighbours the calendar and the database have too; ours begin with the epoch. */
const [firstOfAll, lastOfAll] = ['1970-01-01', '9998-12-31'];

/** Reads local days, both included. Refuses with INVALID_VALUE, with LIMIT_EXCEEDED for too many. */
export function checkDays(input: DaysInput, limits: Limits): Checked<Days> {
  const days = { firstDay: input.firstDay, lastDay: input.lastDay ?? input.firstDay };
  const message = 'Not a day of the calendar, such as 2026-11-21.';
  for (const name of ['firstDay', 'lastDay'] as const) {
    if (!isDay(days[name]) || days[name] < firstOfAll || days[name] > lastOfAll)
      return { refusal: userError('INVALID_VALUE', [name], message) };
  }
  const count = daysIn(days);
  if (count < 1) {
    const backwards = 'The last day comes before the first.';
    return { refusal: userError('INVALID_VALUE', ['lastDay'], backwards) };
  }
  if (count > limits.spendDays) return { refusal: userError('LIMIT_EXCEEDED', ['lastDay']) };
  return { value: days };
}
