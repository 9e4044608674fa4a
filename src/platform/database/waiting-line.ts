/**
 * Who waits for something scarce, first come first served. How long the first has waited is what whoever
 * comes next must expect, whatever the machine and its database are able to do.
 */
export class WaitingLine {
  private readonly since = new Map<symbol, number>();
  private moved = -Infinity;

  /** Stands in line; the answer leaves it, served or not. */
  enter(): (served: boolean) => void {
    const place = Symbol();
    this.since.set(place, performance.now());
    return (served) => {
      this.since.delete(place);
      if (served) this.moved = performance.now();
    };
  }

  /** Milliseconds the first in line has waited; 0 when nobody waits. */
  get age(): number {
    const [first] = this.since.values();
    return first === undefined ? 0 : performance.now() - first;
  }

  /** Whether somebody was served within so many milliseconds. */
  movedWithin(milliseconds: number): boolean {
    return performance.now() - this.moved < milliseconds;
  }
}
