import { Client } from 'pg';
import { customerId } from '../../src/customers';
import { momentOfStep } from '../../src/wallets/decay-months';
import { booksOf, customerWith, pending } from '../shop/shop';
import {
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { crowd, DecayScene, halfAYear, runJob } from './decay';
import { announced, walletOf } from './wallets';

const dayMs = 86_400_000;

let scene: DecayScene;
let t: TestService;
let kaapi: TestBrand;
let trip: TestBrand;

beforeAll(async () => {
  scene = await DecayScene.start();
  ({ t, kaapi, trip } = scene);
});

afterAll(() => t.close());

describe('decay that is off, as it is by default', () => {
  test('takes nothing from the longest silence', async () => {
    const off = await startTestService();
    expect(off.service.config.decay).toEqual({ ...halfAYear, silentDays: 0 });
    const brand = await off.createBrand('quiet', { budget: 1000 });
    const customer = await customerWith(off, brand, 1000);
    off.clock.offsetMs = 4000 * dayMs;
    await runJob(off);
    expect(await booksOf(off, customer)).toEqual({ wallet: 1000, hold: 0 });
    expect(await announced(off, 'decay.notice')).toEqual([]);
    await off.close();
    // Without a database it would fail if it asked anything.
    await expect(runJob(off)).resolves.toBeUndefined();
    off.service.config.decay.silentDays = 1;
    await expect(runJob(off)).rejects.toThrow();
  });
});

describe('a silent wallet', () => {
  test('is told of after 180 days and not after 179, once, to the brands with a share', async () => {
    const asha = await scene.sharedCustomer(600, 400);
    await scene.after(179);
    expect(await scene.noticesOf(asha)).toEqual([]);
    await scene.after(1);
    await runJob(t);
    await scene.after(1);
    const notices = await scene.noticesOf(asha);
    expect(notices).toHaveLength(1);
    expect(notices[0]!.brands.sort()).toEqual([kaapi.id, trip.id].sort());
    const [row] = (await announced(t, 'decay.notice')).slice(-1);
    expect(row!['payload']).toEqual({ decaysAt: notices[0]!.decaysAt.toISOString(), percent: 5 });
    expect(await scene.balanceOf(asha)).toBe(1000);
  });

  test('decays 30 days after the notice and not before, each share in proportion', async () => {
    const asha = await scene.sharedCustomer(701, 300);
    await scene.after(180);
    const [notice] = await scene.noticesOf(asha);
    await scene.at(new Date(notice!.decaysAt.getTime() - 60_000));
    expect(await scene.decayed(asha)).toEqual([]);
    await scene.at(notice!.decaysAt);
    expect(await scene.decayed(asha)).toEqual([
      { slug: 'kaapico', amount: 36, kind: 'BURN' },
      { slug: 'tripkart', amount: 14, kind: 'BURN' },
    ]);
    expect(await scene.balanceOf(asha)).toBe(951);
    const { balance, statement } = await walletOf(t, kaapi.apiKey, asha);
    expect([balance, statement.nodes[0]]).toEqual([
      665,
      { amount: -36, balanceAfter: 665, kind: 'DECAY', reason: 'Decay after a long silence' },
    ]);
  });

  test('decays once a calendar month, however often the job runs', async () => {
    const { customer, decaysAt } = await scene.told();
    const balances: number[] = [];
    for (const step of [1, 2, 3, 4]) {
      await scene.at(new Date(momentOfStep(decaysAt, step).getTime() - 60_000));
      balances.push(await scene.balanceOf(customer));
      scene.moveTo(momentOfStep(decaysAt, step));
      for (let again = 0; again < 3; again += 1) await runJob(t);
      await scene.after(5);
      balances.push(await scene.balanceOf(customer));
    }
    expect(balances).toEqual([1000, 950, 950, 903, 903, 858, 858, 816]);
    expect(await scene.noticesOf(customer)).toHaveLength(1);
  });

  test('decays once when many processes find it due at the same moment', async () => {
    const { customer, decaysAt } = await scene.told();
    const twin = await startTestService({ database: t.database });
    twin.service.config.decay = { ...halfAYear };
    for (const [step, balance] of [
      [1, 950],
      [2, 903],
    ] as const) {
      scene.moveTo(momentOfStep(decaysAt, step));
      twin.clock.offsetMs = t.clock.offsetMs;
      await Promise.all([t, twin, t, twin, t, twin].map(runJob));
      await runJob(t);
      expect(await scene.balanceOf(customer)).toBe(balance);
    }
    await twin.close();
  });

  test('takes a month once even when its notice is due again, as after a restored queue', async () => {
    const { customer, decaysAt } = await scene.told();
    await scene.at(decaysAt);
    await t.database.query(`UPDATE decay_notices SET next_at = decays_at WHERE customer_id = $1`, [
      customerId.decode(customer),
    ]);
    await runJob(t);
    expect(await scene.balanceOf(customer)).toBe(950);
    await scene.at(momentOfStep(decaysAt, 2));
    expect(await scene.balanceOf(customer)).toBe(903);
  });

  test('decays once after an attempt that failed half-way', async () => {
    const { customer, decaysAt } = await scene.told();
    scene.moveTo(decaysAt);
    const other = new Client({ connectionString: t.database.url });
    await other.connect();
    await other.query('BEGIN');
    await other.query(`SELECT FROM decay_notices WHERE customer_id = $1 FOR UPDATE`, [
      customerId.decode(customer),
    ]);
    await expect(runJob(t)).rejects.toThrow();
    expect([await scene.balanceOf(customer), await scene.decayed(customer)]).toEqual([1000, []]);
    await other.end();
    await runJob(t);
    expect(await scene.balanceOf(customer)).toBe(950);
  });

  test('is not made to pay for months in which nothing ran', async () => {
    const { customer, decaysAt } = await scene.told();
    await scene.at(momentOfStep(decaysAt, 7));
    expect(await scene.balanceOf(customer)).toBe(950);
    await scene.at(new Date(momentOfStep(decaysAt, 8).getTime() - 60_000));
    expect(await scene.balanceOf(customer)).toBe(950);
    await scene.at(momentOfStep(decaysAt, 8));
    expect(await scene.balanceOf(customer)).toBe(903);
  });

  test('decays by the percent that was told, whatever the setting became', async () => {
    const { customer, decaysAt } = await scene.told();
    t.service.config.decay.percentPerMonth = 50;
    await scene.at(decaysAt);
    t.service.config.decay.percentPerMonth = 5;
    expect(await scene.balanceOf(customer)).toBe(950);
  });

  test('keeps what is on hold, and decays by what is not', async () => {
    const customer = await customerWith(t, kaapi, 1000);
    await pending(t, kaapi, customer, 400);
    await scene.after(180);
    await scene.after(30);
    expect(await booksOf(t, customer)).toEqual({ wallet: 570, hold: 400 });
  });

  test('is left alone where a month would take less than 1 Mu, and is told of no more', async () => {
    const [poor, rich] = [await customerWith(t, kaapi, 19), await customerWith(t, kaapi, 20)];
    await scene.after(180);
    expect([await scene.noticesOf(poor), await scene.noticesOf(rich)]).toMatchObject([[], [{}]]);
    await scene.after(30);
    await scene.after(31);
    await scene.after(200);
    expect([await scene.balanceOf(poor), await scene.balanceOf(rich)]).toEqual([19, 19]);
    expect(await scene.noticesOf(rich)).toHaveLength(1);
  });
});

describe('more wallets than are looked at in one go', () => {
  test('are all told of and all decay, each once, and the books balance', async () => {
    const many = await startTestService();
    many.service.config.decay = { ...halfAYear };
    const brand = await many.createBrand('crowd', { budget: 1_000_000 });
    await crowd(many, brand, { people: 620, amount: 100 });
    many.clock.offsetMs = 180 * dayMs;
    await runJob(many);
    expect(await announced(many, 'decay.notice')).toHaveLength(620);
    many.clock.offsetMs += 30 * dayMs;
    await runJob(many);
    const [sums] = await many.database.query<Data>(
      `SELECT count(*)::integer AS steps, sum(amount)::integer AS taken,
        (SELECT sum(balance)::integer FROM accounts WHERE kind = 'WALLET') AS wallets,
        (SELECT sum(balance)::integer FROM accounts WHERE kind = 'BURN') AS burnt FROM decay_steps`,
    );
    expect(sums).toEqual({ steps: 620, taken: 3100, wallets: 58_900, burnt: 3100 });
    await many.close();
  });
});
