import { weighEconomy } from '../../src/economics/weigh-economy.job';
import { brandId } from '../../src/brands';
import { takeTime } from '../../src/platform/database/turn';
import { startTestService, type TestService } from '../support/test-service';

let t: TestService;
let failing: string;
let sound: string;

const minuteMs = 60_000;

const uuidOf = ({ id }: { id: string }): string => brandId.decode(id) as string;

beforeAll(async () => {
  t = await startTestService();
  failing = uuidOf(await t.createBrand('too-large'));
  sound = uuidOf(await t.createBrand('usual'));
  // Whatever makes a statement fail for one brand alone: here its first, so that the job meets it first.
  await t.database.query(`
    CREATE FUNCTION fail_for_one() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'too large' USING ERRCODE = 'query_canceled'; END $$;
    CREATE TRIGGER too_large BEFORE INSERT ON economy_snapshots FOR EACH ROW
      WHEN (NEW.brand_id = '${failing}') EXECUTE FUNCTION fail_for_one();`);
});

afterAll(() => t.close());

function run(): Promise<number> {
  const { config, database, clock, log } = t.service;
  return weighEconomy.run({ config, database, clock, log, limits: config.limits });
}

async function runAll(): Promise<string[]> {
  const told: string[] = [];
  for (let left = 10; left > 0; left -= 1) {
    const done = await run().catch((error: unknown) => String((error as { code?: string }).code));
    if (done === 0) break;
    told.push(String(done));
  }
  return told;
}

async function weighed(): Promise<string[]> {
  const rows = await t.database.query<{ id: string }>(
    'SELECT brand_id AS id FROM economy_snapshots',
  );
  return rows.map(({ id }) => id);
}

interface Setback {
  failures: number;
  minutes: number;
}

const setbacks = (): Promise<Setback[]> =>
  t.database.query<Setback>(`SELECT s.failures,
    extract(epoch FROM s.retry_at - s.failed_at)::integer / 60 AS minutes FROM job_setbacks s`);

describe('a job that fails for one brand', () => {
  it('tells the fault once and goes on with the other brands', async () => {
    const told = await runAll();
    expect(told.filter((one) => one === '57014')).toHaveLength(1);
    expect(await weighed()).toContain(sound);
    expect(await weighed()).not.toContain(failing);
    expect(await setbacks()).toEqual([{ failures: 1, minutes: 1 }]);
  });

  it('leaves that brand in peace until its time has come, each time twice as long', async () => {
    t.clock.offsetMs = 0.9 * minuteMs;
    expect(await runAll()).toEqual([]);
    for (const [failures, minutes] of [
      [2, 2],
      [3, 4],
      [4, 8],
    ]) {
      t.clock.offsetMs += 60 * minuteMs;
      expect(await runAll()).toEqual(['57014']);
      expect(await setbacks()).toEqual([{ failures, minutes }]);
    }
  });

  it('never waits longer than a day', async () => {
    await t.database.query('UPDATE job_setbacks SET failures = 2000');
    t.clock.offsetMs += 60 * minuteMs;
    await runAll();
    expect(await setbacks()).toEqual([{ failures: 2001, minutes: 24 * 60 }]);
  });

  it('forgets that it failed once it succeeds', async () => {
    await t.database.query('DROP TRIGGER too_large ON economy_snapshots');
    t.clock.offsetMs += 25 * 60 * minuteMs;
    await runAll();
    expect(await weighed()).toContain(failing);
    expect(await setbacks()).toEqual([]);
  });
});

describe('a job that reads a whole base', () => {
  it('gets as long for a statement as the limit says, and no longer', async () => {
    const { database, clock } = t.service;
    const sleep = (seconds: number) =>
      database.transact(clock, async (tx) => {
        await takeTime({ ...tx, limits: { ...tx.limits, jobStatementMs: 500 } });
        await tx.query('SELECT pg_sleep($1)', [seconds]);
      });
    await expect(sleep(0.01)).resolves.toBeUndefined();
    await expect(sleep(60)).rejects.toMatchObject({ code: '57014' });
  });
});

describe('a job that has many brands to look at', () => {
  it('looks for them together, and leaves out whom another process has served meanwhile', async () => {
    t.clock.offsetMs += 48 * 60 * minuteMs;
    for (const name of ['first', 'second', 'third']) await t.createBrand(`look-${name}`);
    expect(await run()).toBe(1);
    const [served] = await t.database.query<{ at: Date }>(
      `UPDATE economy_snapshots SET computed_at = now() + interval '7 days' WHERE brand_id =
        (SELECT brand_id FROM economy_snapshots ORDER BY computed_at LIMIT 1) RETURNING computed_at AS at`,
    );
    expect((await runAll()).every((one) => one === '1')).toBe(true);
    const rows = await t.database.query<{ late: number; kept: number }>(
      `SELECT count(*) FILTER (WHERE b.id IS NOT NULL AND s.brand_id IS NULL)::integer AS late,
        count(*) FILTER (WHERE s.computed_at = $1)::integer AS kept
       FROM brands b LEFT JOIN economy_snapshots s ON s.brand_id = b.id`,
      [served?.at],
    );
    expect(rows).toEqual([{ late: 0, kept: 1 }]);
  });
});
