import type { Position } from './position';

/** Positions of the primary that are kept: more seconds of them than any standby may be behind. */
const mostMarks = 240;

/** The primary was at this position when it was looked at, from the first such look to the last. */
interface Mark {
  position: Position;
  last: number;
}

/**
 * Tells how old the state is that a standby shows, by where the primary was when: no clock of another
 * machine is asked, and a database without writes does not seem to fall behind.
 */
export class LagGauge {
  private marks: Mark[] = [];

  /** The primary is at this position at this moment, in milliseconds of a monotonic clock. */
  mark(position: Position, at: number): void {
    const newest = this.marks[this.marks.length - 1];
    if (newest?.position === position) {
      newest.last = at;
      return;
    }
    // After a failover the log may begin anew a little earlier.
    if (newest !== undefined && position < newest.position) this.marks = [];
    this.marks.push({ position, last: at });
    if (this.marks.length > mostMarks) this.marks.shift();
  }

  /** Where the primary was when it was last looked at. */
  get newest(): Position {
    return this.marks[this.marks.length - 1]?.position ?? 0;
  }

  /**
   * The age in milliseconds of what a standby shows that has replayed this far, at most one look too
   * large; 0 when it has everything, infinite when it is older than all that is remembered.
   */
  of(replayed: Position, now: number): number {
    if (replayed >= this.newest) return 0;
    const had = this.marks.findLast(({ position }) => position <= replayed);
    return had === undefined ? Number.POSITIVE_INFINITY : now - had.last;
  }
}
