/** Numbers that only look like chance: the same seed tells the same base again. */
export class Chance {
  constructor(private state: number) {}

  /** From 0 up to and without 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number from 0 up to and without `count`. */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)] as T;
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.next());
  }

  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
  }

  /** Of shape k and scale 1; after Marsaglia and Tsang (2000). */
  gamma(shape: number): number {
    if (shape < 1) return this.gamma(shape + 1) * Math.pow(1 - this.next(), 1 / shape);
    const d = shape - 1 / 3;
    for (;;) {
      const x = this.normal();
      const v = (1 + x / Math.sqrt(9 * d)) ** 3;
      if (v > 0 && Math.log(1 - this.next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
        return d * v;
      }
    }
  }

  beta(a: number, b: number): number {
    const x = this.gamma(a);
    return x / (x + this.gamma(b));
  }

  /** An id as the service makes them: of version 7, in the order of time. */
  uuid(milliseconds: number): string {
    const time = Math.floor(milliseconds).toString(16).padStart(12, '0');
    const high = Math.floor(this.next() * 0x100000000);
    const low = Math.floor(this.next() * 0x100000000)
      .toString(16)
      .padStart(8, '0');
    const a = (high & 0xfff).toString(16).padStart(3, '0');
    const b = (0x8000 | ((high >>> 12) & 0x3fff)).toString(16);
    const c = (high >>> 28).toString(16).padStart(4, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${a}-${b}-${c}${low}`;
  }
}
