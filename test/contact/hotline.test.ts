import { customerId } from '../../src/customers';
import { watchHotlines } from '../../src/contact/watch-hotlines.job';
import { must, person } from '../referrals/friends';
import {
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { Writing } from './writing';

const dayMs = 86_400_000;

let t: TestService;
let brand: TestBrand;
let pageturn: Writing;

beforeAll(async () => {
  t = await startTestService();
  brand = await t.createBrand('pageturn');
  pageturn = new Writing(t, brand);
});

afterEach(() => {
  t.clock.offsetMs = 0;
});

afterAll(() => t.close());

type Someone = { id: string };

/** Runs the job until it has nothing left to do. */
async function watch(): Promise<void> {
  const { service, clock } = t;
  const { config, database, log } = service;
  const context = { config, database, clock, log, limits: config.limits };
  while ((await watchHotlines.run(context)) > 0);
}

const by = ({ id }: Someone) => ({ customer: { id } });

/** Somebody the brand hears from now, or so many days from now. */
async function heard(inDays = 0): Promise<Someone> {
  const who = await pageturn.reader();
  t.clock.offsetMs = inDays * dayMs;
  await must(t, brand.apiKey, 'record-attention', { ...by(who), action: 'SCAN' });
  t.clock.offsetMs = 0;
  return who;
}

async function hotline({ id }: Someone): Promise<Data> {
  const { data } = await t.run(
    `query ($id: ID!) { customer(by: { id: $id }) { relationship {
      hotline { state lastHeard channels modelVersion window { from } } } } }`,
    { id },
    brand.apiKey,
  );
  return data['customer'].relationship.hotline as Data;
}

/** What was announced of lost lines to somebody. */
async function losses({ id }: Someone): Promise<string[]> {
  const rows = await t.database.query<{ cause: string }>(
    `SELECT o.payload->>'cause' AS cause FROM outbox o
     WHERE o.topic = 'hotline.lost' AND o.customer_id = $1 ORDER BY o.id`,
    [customerId.decode(id)],
  );
  return rows.map(({ cause }) => cause);
}

const say = (who: Someone, granted: boolean) =>
  must(t, brand.apiKey, granted ? 'grant-consent' : 'withdraw-consent', {
    ...by(who),
    purpose: 'MESSAGES',
  });

const prefer = (who: Someone, channel: string, preference: string) =>
  must(t, brand.apiKey, 'set-channel-preference', { ...by(who), channel, preference });

describe('a line', () => {
  test('is open to whom the brand reaches and has just heard from, and says by which channels', async () => {
    expect(await hotline(await heard())).toMatchObject({
      state: 'OPEN',
      channels: ['EMAIL', 'SMS', 'WHATSAPP', 'RCS'],
      modelVersion: 'hotline-1',
      window: { from: null },
    });
  });

  test('fades, falls silent and is lost with time', async () => {
    const who = await heard();
    const after = async (days: number) => {
      t.clock.offsetMs = days * dayMs;
      return (await hotline(who))['state'] as string;
    };
    expect(await after(31)).toBe('FADING');
    expect(await after(91)).toBe('SILENT');
    expect(await after(366)).toBe('LOST');
  });

  test('is silent to whom nothing was ever heard of, and lost to whom nothing reaches', async () => {
    expect(await hotline(await pageturn.reader())).toMatchObject({
      state: 'SILENT',
      lastHeard: null,
    });
    const stranger = await person(t, brand, { email: 'stranger@example.in' });
    expect(await hotline(stranger)).toMatchObject({ state: 'LOST', channels: [] });
  });
});

describe('the loss of a line', () => {
  test('to a withdrawn consent is told once, and once more when it is lost again', async () => {
    const who = await heard();
    await say(who, false);
    await watch();
    await watch();
    expect(await losses(who)).toEqual(['CONSENT']);
    await say(who, true);
    await watch();
    await say(who, false);
    await watch();
    expect(await losses(who)).toEqual(['CONSENT', 'CONSENT']);
  });

  test('is told when the last channel is gone and not before', async () => {
    const who = await heard();
    for (const channel of ['SMS', 'WHATSAPP', 'RCS']) {
      await prefer(who, channel, 'DENIED');
      await watch();
    }
    expect(await losses(who)).toEqual([]);
    await pageturn.deliver(who, { state: 'BOUNCED' });
    await watch();
    expect(await losses(who)).toEqual(['CHANNELS']);
    await prefer(who, 'EMAIL', 'DENIED');
    await watch();
    expect(await losses(who)).toEqual(['CHANNELS']);
  });

  test('of everything at once is told once', async () => {
    const who = await heard();
    for (const channel of ['SMS', 'WHATSAPP', 'RCS', 'EMAIL']) await prefer(who, channel, 'DENIED');
    await say(who, false);
    await watch();
    expect(await losses(who)).toHaveLength(1);
  });

  test('is no news of somebody the brand has never heard from', async () => {
    const who = await pageturn.reader();
    await say(who, false);
    await watch();
    expect(await losses(who)).toEqual([]);
  });

  test('to silence is found within a day, told once, and told of no one who was heard meanwhile', async () => {
    await watch();
    const silent = await heard();
    const faithful = await heard();
    const gone = await heard();
    await say(gone, false);
    await watch();
    t.clock.offsetMs = 364 * dayMs;
    await watch();
    await must(t, brand.apiKey, 'record-attention', { ...by(faithful), action: 'SCAN' });
    expect(await losses(silent)).toEqual([]);
    for (const days of [366, 367.5, 369]) {
      t.clock.offsetMs = days * dayMs;
      await watch();
    }
    expect(await losses(silent)).toEqual(['SILENCE']);
    expect(await losses(faithful)).toEqual([]);
    expect(await losses(gone)).toEqual(['CONSENT']);
  });
});
