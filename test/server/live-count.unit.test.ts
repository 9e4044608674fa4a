import type { Caller } from '../../src/platform/auth/caller';
import { defaultLimits } from '../../src/platform/limits';
import { LiveCount } from '../../src/server/live/live-count';

const brand = (brandId: string): Caller => ({ kind: 'brand', brandId, keyId: 'k', scopes: [] });

/** The code a caller's next subscription is refused with, or null. */
function codeOf(count: LiveCount, caller: Caller): string | null {
  try {
    count.take(caller);
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('open subscriptions', () => {
  it('are a thousand of a caller, whichever of its keys it uses, and as many of the next (S7)', () => {
    const count = new LiveCount(defaultLimits);
    const leave = count.take(brand('a'));
    for (let at = 1; at < 1000; at += 1) count.take({ ...brand('a'), keyId: `k${at}` } as Caller);
    expect(codeOf(count, brand('a'))).toBe('THROTTLED');
    expect(codeOf(count, brand('b'))).toBeNull();
    leave();
    leave();
    expect(codeOf(count, brand('a'))).toBeNull();
    expect(codeOf(count, brand('a'))).toBe('THROTTLED');
  });

  it('are ten thousand of a process, and one more is to come later (S7)', () => {
    const count = new LiveCount(defaultLimits);
    for (let at = 0; at < 10_000; at += 1) count.take(brand(`brand ${at % 20}`));
    expect(codeOf(count, brand('another'))).toBe('UNAVAILABLE');
    expect(count.open).toBe(10_000);
  });
});
