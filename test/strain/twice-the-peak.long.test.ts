import { cleanUp } from '../support/afterwards';
import { assertBooks } from '../support/invariants';
import { PrivatePostgres } from '../support/private-postgres';
import { crowd } from './crowd-of';
import { machine, tableOf, writeFigures } from './figures';
import { watchHealth, type HealthSeen } from './health-watch';
import { durable, setScene, type Scene } from './scene';
import type { WaveTold } from './wave';

/** Seconds of the load; SECONDS=8 tries the test itself, and writes no figures. */
const full = 60;
const seconds = Number(process.env['SECONDS'] ?? full);

const sum = (told: WaveTold) => told.served + told.shed + told.partly;
const times = ({ p50, p99, most }: WaveTold['servedTimes']) =>
  [p50, p99, most].map((each) => each.toFixed(0)).join(' / ');

describe('a server that is sent twice what it can do', () => {
  let cluster: PrivatePostgres;
  let scene: Scene;
  let peak: WaveTold;
  let callers = 0;
  let before: WaveTold;
  let flood: WaveTold;
  let health: HealthSeen;
  let after: WaveTold;

  beforeAll(async () => {
    cluster = await PrivatePostgres.start({ settings: durable });
    scene = await setScene(
      { DATABASE_URL: cluster.url(), LOG_LEVEL: 'error' },
      { brands: 8, people: 40, visits: 3 },
    );
    const { target } = scene;
    await crowd({ ...target, seconds: 5, callers: 16 });
    for (const more of [8, 16, 32, 64, 128, 256]) {
      const told = await crowd({ ...target, seconds: Math.min(8, seconds), callers: more });
      if (callers > 0 && told.servedPerSecond <= peak.servedPerSecond) continue;
      [peak, callers] = [told, more];
    }
    const calm = { ...target, seconds: 10, perSecond: peak.servedPerSecond / 5 };
    before = await crowd(calm);
    const watch = watchHealth(target.url);
    const perSecond = 2 * peak.servedPerSecond;
    flood = await crowd({ ...target, seconds, perSecond, sockets: 2048 });
    health = await watch.stop();
    after = await crowd(calm);
  });

  afterAll(cleanUp);

  it('serves at least 70 % of its peak', () => {
    expect(flood.servedPerSecond / peak.servedPerSecond).toBeGreaterThanOrEqual(0.7);
  });

  it('turns away the rest as something to be sent again, with Retry-After', () => {
    expect(flood.flaws).toEqual({});
    expect(sum(flood)).toBe(flood.sent);
    expect(flood.shed).toBeGreaterThan(0);
  });

  it('is alive and ready all the while, and says so within a second', () => {
    expect(health.unwell).toEqual({});
    expect(health.asked).toBeGreaterThan(seconds);
    expect(health.slowest).toBeLessThan(1000);
  });

  it('answers as before within five seconds after it', () => {
    expect(after.flaws).toEqual({});
    const later = after.p50BySecond.slice(5).toSorted((a, b) => a - b);
    expect(later[Math.floor(later.length / 2)]).toBeLessThanOrEqual(1.5 * before.servedTimes.p50);
  });

  it('has books that balance, and logged no fault', async () => {
    expect(scene.server.output).not.toContain('"level":50');
    await assertBooks(cluster);
  });

  it('tells its figures', () => {
    const perSecond = (told: WaveTold) => told.servedPerSecond.toFixed(0);
    const row = (name: string, told: WaveTold) => [
      name,
      String(told.sent),
      perSecond(told),
      String(told.shed),
      String(told.partly),
      times(told.servedTimes),
      told.shed > 0 ? times(told.shedTimes) : '',
    ];
    const table = tableOf([
      [
        '',
        'sent',
        'served a second',
        'turned away',
        'in part',
        'served: p50 / p99 / longest ms',
        'turned away: p50 / p99 / longest ms',
      ],
      row(`peak, ${callers} callers`, peak),
      row('a fifth of it, before', before),
      row(`twice the peak, ${seconds} s`, flood),
      row('a fifth of it, after', after),
    ]);
    const goodput = ((100 * flood.servedPerSecond) / peak.servedPerSecond).toFixed(0);
    const p50s = after.p50BySecond.map((each) => each.toFixed(0)).join(', ');
    const text = [
      machine(),
      table,
      `Under twice the peak it served ${goodput} % of the peak. Health was asked ${health.asked} times; the slowest answer took ` +
        `${health.slowest.toFixed(0)} ms. p50 of each second afterwards: ${p50s} ms (before: ${before.servedTimes.p50.toFixed(0)} ms).`,
    ].join('\n\n');
    process.stdout.write(`${text}\n`);
    if (seconds >= full) writeFigures('twice the peak', text);
    expect(text).toContain('served');
  });
});
