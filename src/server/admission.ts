import { getHeapStatistics } from 'node:v8';
import { UnavailableError } from '../platform/errors';
import type { Limits } from '../platform/limits';
import type { Log } from '../platform/log';

/** How a process fares at a moment. */
export interface Strain {
  /** Milliseconds by which a timer came too late: how long the last turn of the event loop held others up. */
  loopDelayMs: number;
  /** Used heap in percent of what Node may use. */
  heapPercent: number;
}

/** How often strain is looked at; a turn of the loop that is shorter holds nobody up. */
const tickMs = 100;

/** Even under strain this share of the limit is let in, or nothing would tell when it is over. */
const leastShare = 1 / 8;

/** How fast room comes back, tick by tick: the whole of it within two seconds. */
const growth = 1.25;

/**
 * Decides at the door how many operations a process has under way. While the process keeps up it is the
 * limit; the later its event loop turns, and while its heap is nearly full, the fewer they are, so that a
 * slow machine takes in less and what it does take in is answered in time.
 */
export class Admission {
  /** Operations under way. */
  open = 0;
  /** How many may be. */
  room: number;
  private due = performance.now() + tickMs;
  private readonly timer: NodeJS.Timeout;

  private told = false;

  constructor(
    private readonly limits: Limits,
    private readonly log: Log,
  ) {
    this.room = limits.inFlight;
    this.timer = setInterval(() => this.look(), tickMs).unref();
  }

  /** Throws UnavailableError when there is no room; nothing is taken. */
  check(): void {
    if (this.open >= Math.floor(this.room)) throw new UnavailableError('load');
  }

  /** Adjusts the room to how the process fares. */
  adjust({ loopDelayMs, heapPercent }: Strain): void {
    const { limits } = this;
    const delayed = limits.loopDelayMs / Math.max(loopDelayMs, 1);
    const crowded = heapPercent > limits.heapPercent ? 1 / 2 : 1;
    const factor = Math.min(delayed, crowded);
    const least = Math.max(1, limits.inFlight * leastShare);
    const room = this.room * (factor < 1 ? factor : growth);
    this.room = Math.min(limits.inFlight, Math.max(least, room));
    this.tell({ loopDelayMs, heapPercent });
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Once for each time of strain; a short stall, as when a schema is composed, is none. */
  private tell(strain: Strain): void {
    const half = this.room <= this.limits.inFlight / 2;
    if (half && !this.told) {
      const [loopDelayMs, heapPercent] = [strain.loopDelayMs, strain.heapPercent].map(Math.round);
      this.log.warn({ loopDelayMs, heapPercent, room: Math.floor(this.room) }, 'taking in less');
    }
    this.told = half || (this.told && this.room < this.limits.inFlight);
  }

  private look(): void {
    const now = performance.now();
    const { used_heap_size: used, heap_size_limit: most } = getHeapStatistics();
    this.adjust({ loopDelayMs: now - this.due, heapPercent: (100 * used) / most });
    this.due = performance.now() + tickMs;
  }
}
