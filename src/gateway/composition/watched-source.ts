import { SourceError } from './source';

/** How often a source is looked at: each failure doubles the wait, up to the longest. */
export interface WatchTiming {
  intervalMs: number;
  longestMs: number;
}

const shortestMs = 10;

/** A text that is read again and again, on its own, whatever becomes of others. */
export class WatchedSource {
  /** As it was read last; null before it was ever read. */
  text: string | null = null;
  /** Why the last reading failed. */
  problem: string | null = null;
  private timer: NodeJS.Timeout | null = null;
  private waitMs: number;
  private stopped = false;

  constructor(
    private readonly read: () => Promise<string>,
    private readonly timing: WatchTiming,
    private readonly changed: () => void,
  ) {
    this.waitMs = timing.intervalMs;
  }

  /** Reads it for the first time and goes on by itself. Never rejects. */
  async start(): Promise<void> {
    await this.look();
    this.schedule();
  }

  stop(): void {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
  }

  private schedule(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => void this.again(), Math.max(this.waitMs, shortestMs));
    this.timer.unref();
  }

  private async again(): Promise<void> {
    const { text, problem } = this;
    await this.look();
    if (this.stopped) return;
    if (text !== this.text || problem !== this.problem) this.changed();
    this.schedule();
  }

  private async look(): Promise<void> {
    try {
      this.text = await this.read();
      this.problem = null;
      this.waitMs = this.timing.intervalMs;
    } catch (error) {
      this.problem = error instanceof SourceError ? error.message : 'it cannot be read';
      this.waitMs = Math.min(this.waitMs * 2, this.timing.longestMs);
    }
  }
}
