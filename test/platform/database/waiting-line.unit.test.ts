import { WaitingLine } from '../../../src/platform/database/waiting-line';

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('A waiting line', () => {
  it('tells how long the first has waited, and nothing once nobody waits', async () => {
    const line = new WaitingLine();
    expect(line.age).toBe(0);
    const first = line.enter();
    await pause(30);
    const second = line.enter();
    expect(line.age).toBeGreaterThan(20);
    const before = line.age;
    first(true);
    expect(line.age).toBeLessThan(before);
    second(false);
    expect(line.age).toBe(0);
  });

  it('knows whether somebody was served of late, and does not count who went away', () => {
    const line = new WaitingLine();
    line.enter()(false);
    expect(line.movedWithin(60_000)).toBe(false);
    line.enter()(true);
    expect(line.movedWithin(60_000)).toBe(true);
  });
});
