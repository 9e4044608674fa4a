/** Where somebody may look on. */
export interface Screen {
  isTTY?: boolean;
  write(text: string): unknown;
}

/** What a load does, one after the other, each told with its time as soon as it is over. */
export class Steps {
  readonly seconds: Record<string, number> = {};

  constructor(private readonly screen: Screen = process.stderr) {}

  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    this.tell(name, '…');
    const result = await work();
    this.seconds[name] = (performance.now() - began) / 1000;
    this.tell(name, `${this.seconds[name].toFixed(1)} s\n`);
    return result;
  }

  /** How far the present step has come, where somebody looks on. */
  progress(name: string, share: number): void {
    this.tell(name, `${(share * 100).toFixed(0)} %`);
  }

  private tell(name: string, text: string): void {
    const live = this.screen.isTTY === true;
    if (!live && !text.endsWith('\n')) return;
    this.screen.write(`${live ? '\r' : ''}${name.padEnd(40)} ${text}`);
  }
}
