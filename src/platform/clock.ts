/**
 * The one source of "now". Windows and expiries are judged by the database's clock, so that many
 * processes agree; a test may shift it. `now` receives what the database said.
 */
export interface Clock {
  now(databaseNow: Date): Date;
}

export const databaseClock: Clock = { now: (databaseNow) => databaseNow };

/** A clock that runs ahead of (or behind) the database by a settable number of milliseconds. */
export class ShiftedClock implements Clock {
  offsetMs = 0;

  now(databaseNow: Date): Date {
    return new Date(databaseNow.getTime() + this.offsetMs);
  }
}
