/** When a step is due: the first at its moment, each next one a calendar month later, in UTC. */
export function momentOfStep(first: Date, step: number): Date {
  const moment = new Date(first);
  // Months that lack the day of the first step take theirs on their last day.
  moment.setUTCDate(1);
  moment.setUTCMonth(moment.getUTCMonth() + step - 1);
  moment.setUTCDate(Math.min(first.getUTCDate(), daysIn(moment)));
  return moment;
}

/** The number of the step whose month it is now, from 1; months that were missed are not made up for. */
export function stepAt(first: Date, now: Date): number {
  const years = now.getUTCFullYear() - first.getUTCFullYear();
  const step = years * 12 + now.getUTCMonth() - first.getUTCMonth() + 1;
  return momentOfStep(first, step) > now ? step - 1 : step;
}

/** What a month takes of a balance: whole Mu, rounded down. */
export function partOf(balance: number, percent: number): number {
  return Number((BigInt(balance) * BigInt(percent)) / 100n);
}

function daysIn(month: Date): number {
  return new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 0)).getUTCDate();
}
