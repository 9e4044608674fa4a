import type { Limits } from '../../limits';
import type { Position } from './position';

interface Waiter {
  least: Position;
  tell(reached: boolean): void;
}

const longestPauseMs = 5;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Reads that wait for one standby to catch up. All of them share one look at it every few milliseconds;
 * after one has waited in vain nobody waits for a while, since a standby that is far behind stays so.
 */
export class CatchUp {
  private readonly waiters = new Set<Waiter>();
  private looking = false;
  private doubtUntil = 0;

  constructor(
    private readonly limits: Pick<Limits, 'standbyWaitMs' | 'standbyLookMs'>,
    private readonly look: () => Promise<unknown>,
  ) {}

  /** Whether the standby gets there in time. */
  wait(least: Position): Promise<boolean> {
    if (!Number.isFinite(least) || performance.now() < this.doubtUntil) {
      return Promise.resolve(false);
    }
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.doubtUntil = performance.now() + this.limits.standbyLookMs;
        waiter.tell(false);
      }, this.limits.standbyWaitMs);
      const waiter: Waiter = {
        least,
        tell: (reached) => {
          clearTimeout(timer);
          this.waiters.delete(waiter);
          resolve(reached);
        },
      };
      this.waiters.add(waiter);
      if (!this.looking) void this.keepLooking();
    });
  }

  /** The standby is here now. */
  reached(position: Position): void {
    for (const waiter of this.waiters) if (waiter.least <= position) waiter.tell(true);
  }

  /** The standby is gone; nobody waits for it. */
  giveUp(): void {
    for (const waiter of this.waiters) waiter.tell(false);
  }

  private async keepLooking(): Promise<void> {
    this.looking = true;
    for (let ms = 1; this.waiters.size > 0; ms = Math.min(longestPauseMs, 2 * ms)) {
      await this.look();
      if (this.waiters.size > 0) await pause(ms);
    }
    this.looking = false;
  }
}
