import { LagGauge } from '../../../src/platform/database/standby/lag';
import { PositionTokens, readLsn } from '../../../src/platform/database/standby/position';
import { SeenPositions } from '../../../src/platform/database/standby/seen-positions';

const tokens = new PositionTokens('a-token-secret-of-some-length');

describe('the position a client carries', () => {
  it('comes back as it was given out, up to the largest number that is exact', () => {
    for (const position of [0, 1, 2 ** 32, readLsn('16/B374D848'), Number.MAX_SAFE_INTEGER]) {
      expect(tokens.read(tokens.write(position))).toBe(position);
    }
    expect(readLsn('1/0')).toBe(2 ** 32);
  });

  it('counts for everything there is when one bit of it is another, or another secret sealed it', () => {
    const token = Buffer.from(tokens.write(77), 'base64url');
    for (let bit = 0; bit < 8 * token.length; bit += 1) {
      const bent = Buffer.from(token);
      bent[bit >> 3] = (bent[bit >> 3] as number) ^ (1 << (bit & 7));
      expect(tokens.read(bent.toString('base64url'))).toBe(Infinity);
    }
    const stranger = new PositionTokens('another-secret-of-some-length');
    expect(tokens.read(stranger.write(77))).toBe(Infinity);
    expect(tokens.read('')).toBe(Infinity);
    expect(tokens.read(undefined)).toBe(0);
  });
});

describe('what callers have seen', () => {
  it('never goes back, and is of each caller alone', () => {
    const seen = new SeenPositions(10);
    seen.note('a', 5);
    seen.note('a', 3);
    seen.note('b', 9);
    expect([seen.of('a'), seen.of('b'), seen.of('c')]).toEqual([5, 9, 0]);
  });

  it('counts for everybody when more callers came than are remembered', () => {
    const seen = new SeenPositions(2);
    seen.note('a', 50);
    seen.note('b', 7);
    expect(seen.of('c')).toBe(0);
    seen.note('c', 8);
    expect([seen.of('a'), seen.of('c'), seen.of('d')]).toEqual([50, 50, 50]);
  });
});

describe('the age of what a standby shows', () => {
  const gauge = new LagGauge();

  it('is told by where the primary was when, and does not grow while nobody writes', () => {
    gauge.mark(100, 0);
    gauge.mark(100, 250);
    expect(gauge.of(100, 9000)).toBe(0);
    gauge.mark(200, 500);
    gauge.mark(300, 750);
    expect(gauge.of(200, 1000)).toBe(500);
    expect(gauge.of(199, 1000)).toBe(750);
    expect(gauge.of(99, 1000)).toBe(Infinity);
    expect(gauge.of(300, 1000)).toBe(0);
  });

  it('begins anew when the log of another primary is shorter', () => {
    gauge.mark(150, 2000);
    expect([gauge.newest, gauge.of(150, 2000), gauge.of(140, 2000)]).toEqual([150, 0, Infinity]);
  });
});
