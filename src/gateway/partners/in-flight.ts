/** Work under way that others who want the very same may wait for, instead of doing it again. */
export class InFlight<T> {
  private readonly underWay = new Map<string, Promise<T>>();

  /** The work of this key: begun, or joined if somebody has begun it and it is not over. */
  share(key: string, work: () => Promise<T>): { result: Promise<T>; joined: boolean } {
    const begun = this.underWay.get(key);
    if (begun !== undefined) return { result: begun, joined: true };
    const result = this.run(key, work);
    this.underWay.set(key, result);
    return { result, joined: false };
  }

  private async run(key: string, work: () => Promise<T>): Promise<T> {
    // Work that ends at once must not end before it is known to be under way.
    await Promise.resolve();
    try {
      return await work();
    } finally {
      this.underWay.delete(key);
    }
  }
}
