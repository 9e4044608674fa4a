/** Numbers that look random and are the same in every run with the same seed (mulberry32). */
export class Chance {
  constructor(private state: number) {}

  /** A whole number from 0 to below `end`. */
  below(end: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % end;
  }

  of<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item;
  }

  shuffled<Item>(items: readonly Item[]): Item[] {
    const rest = [...items];
    for (let at = rest.length - 1; at > 0; at -= 1) {
      const other = this.below(at + 1);
      [rest[at], rest[other]] = [rest[other] as Item, rest[at] as Item];
    }
    return rest;
  }
}
