/** Events that somebody sends, for somebody who reads them one by one. */
export class Arrivals implements AsyncIterator<unknown> {
  private readonly waiting: unknown[] = [];
  private end: { error: Error | null } | null = null;
  private wake: () => void = () => undefined;

  /** `drained` is called when the last event that had come has been read. */
  constructor(private readonly drained: () => void) {}

  push(event: unknown): void {
    this.waiting.push(event);
    this.wake();
  }

  /** No more will come; with an error, whoever reads on gets it. Only the first end counts. */
  finish(error: Error | null): void {
    this.end ??= { error };
    this.wake();
  }

  async next(): Promise<IteratorResult<unknown>> {
    while (this.waiting.length === 0 && this.end === null) {
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    if (this.waiting.length === 0) {
      if (this.end?.error) throw this.end.error;
      return { done: true, value: undefined };
    }
    const value = this.waiting.shift();
    if (this.waiting.length === 0) this.drained();
    return { done: false, value };
  }
}
