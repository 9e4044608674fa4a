import { fundBrand, visitOf, type FundedBrand } from '../faults/brands';
import { afterwards, cleanUp } from '../support/afterwards';
import { assertBooks } from '../support/invariants';
import { PrivatePostgres } from '../support/private-postgres';
import { eventually, SpawnedService } from '../support/spawned-service';
import { newKey, type Data } from '../support/test-service';
import { askFrom, sessionsOf, standbysOf, type Positioned } from './readers';

const balance = `query ($externalId: String!) {
  customer(by: { externalId: $externalId }) { wallet { balance } name } }`;
const visit = `mutation ($input: RecordAttentionInput!) {
  recordAttention(input: $input) { wallet { balance } userErrors { code } } }`;

const clients = 12;

/** A machine that runs tests may be starved of its cores; what is turned away is tested elsewhere. */
const patient = Object.fromEntries(
  ['LOOP_DELAY', 'READ_WAIT', 'LANE_WAIT', 'POOL_WAIT', 'STATEMENT'].map((name) => [
    `LIMIT_${name}_MS`,
    '15000',
  ]),
);

let primary: PrivatePostgres;
let standby: PrivatePostgres;
let brand: FundedBrand;
let urls: [string, string];

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

beforeAll(async () => {
  primary = await PrivatePostgres.start();
  standby = await primary.startStandby({ recovery_min_apply_delay: '3ms' });
  const urlsOf = { DATABASE_URL: primary.url(), DATABASE_REPLICA_URLS: standby.url() };
  const env = { ...urlsOf, ...patient };
  const first = new SpawnedService(env);
  await first.ready();
  const servers = [first, new SpawnedService(env)] as const;
  urls = [await servers[0].ready(), await servers[1].ready()];
  brand = await fundBrand(first, clients);
  await inUse();
});

afterAll(async () => {
  await assertBooks(primary);
  await cleanUp();
});

/** Both servers read from the standby. */
async function inUse(): Promise<void> {
  for (const url of urls) {
    await eventually(async () => (await standbysOf(url)).every((each) => each['inUse'] === true));
  }
}

const readAt = (url: string, customer: string, position: string | null): Promise<Positioned> =>
  askFrom(url, brand.apiKey, balance, { externalId: customer }, position);

const balanceIn = ({ data }: Positioned): number =>
  ((data['customer'] as Data)['wallet'] as Data)['balance'] as number;

/** A visit at one server; answers the balance after it, and how far the answer has seen. */
async function visitAt(
  url: string,
  customer: string,
): Promise<{ written: number; position: string | null }> {
  const input = visitOf(customer, newKey());
  const answer = await askFrom(url, brand.apiKey, visit, { input }, null);
  const { wallet } = answer.data['recordAttention'] as Data;
  return { written: (wallet as Data)['balance'] as number, position: answer.position };
}

/** Has every client write and then read, each its own customer; answers how many reads were stale. */
async function staleOf(
  turns: number,
  readBack: (turn: number, position: string | null) => [url: string, position: string | null],
): Promise<number> {
  let stale = 0;
  const client = async (customer: string): Promise<void> => {
    for (let turn = 0; turn < turns; turn += 1) {
      const { written, position } = await visitAt(urls[turn % 2] as string, customer);
      const [url, brought] = readBack(turn, position);
      if (balanceIn(await readAt(url, customer, brought)) < written) stale += 1;
    }
  };
  await Promise.all(brand.customers.map(client));
  return stale;
}

/** Does something while the standby stops replaying for moments. */
async function whileHeld<T>(work: () => Promise<T>): Promise<T> {
  let holding = true;
  const hold = async (): Promise<void> => {
    while (holding) {
      await standby.query('SELECT pg_wal_replay_pause()');
      await pause(60);
      await standby.query('SELECT pg_wal_replay_resume()');
      await pause(120);
    }
  };
  const held = hold();
  try {
    return await work();
  } finally {
    holding = false;
    await held;
  }
}

const other = (turn: number): string => urls[(turn + 1) % 2] as string;

describe('a standby that is late by moments', () => {
  it('shows 0 stale of 1,000 reads at another process to those who bring their position', async () => {
    const before = await Promise.all(urls.map(sessionsOf));
    const stale = await whileHeld(() => staleOf(84, (turn, position) => [other(turn), position]));
    const after = await Promise.all(urls.map(sessionsOf));
    const fromStandby = after.reduce((sum, { standby: count }) => sum + count, 0);
    const share = fromStandby - before.reduce((sum, { standby: count }) => sum + count, 0);
    process.stdout.write(`${84 * clients} reads, ${share} of them answered by the standby\n`);
    expect(stale).toBe(0);
    expect(share).toBeGreaterThan(0);
  }, 180_000);

  it('shows stale answers to those who do not, or this could not fail', async () => {
    const stale = await whileHeld(() => staleOf(10, (turn) => [other(turn), null]));
    expect(stale).toBeGreaterThan(0);
  });

  it('shows nobody less than the process has done for them, with no position brought', async () => {
    const own = (turn: number): [string, null] => [urls[turn % 2] as string, null];
    expect(await whileHeld(() => staleOf(10, own))).toBe(0);
  });
});

/** Readers of both servers that ask again and again until they are told to stop. */
function startReading(): { stop(): Promise<Positioned[]>; readonly count: number } {
  const answers: Positioned[] = [];
  let reading = true;
  afterwards(() => (reading = false));
  const read = async (customer: string, at: number): Promise<void> => {
    let position: string | null = null;
    while (reading) {
      const answer = await readAt(urls[at % 2] as string, customer, position);
      answers.push(answer);
      ({ position } = answer);
      await pause(20);
    }
  };
  const readers = Promise.all(brand.customers.map(read));
  readers.catch(() => undefined);
  return {
    get count() {
      return answers.length;
    },
    async stop() {
      reading = false;
      await readers;
      return answers;
    },
  };
}

async function answeredByStandby(): Promise<number> {
  const all = await Promise.all(urls.map(sessionsOf));
  return all.reduce((sum, { standby: count }) => sum + count, 0);
}

/** More reads have been answered by the standby than now. */
async function usedAgain(): Promise<void> {
  const before = await answeredByStandby();
  await eventually(async () => (await answeredByStandby()) > before);
}

describe('a standby that goes away while it is read from', () => {
  let reading: ReturnType<typeof startReading>;
  beforeEach(async () => {
    await inUse();
    reading = startReading();
    await usedAgain();
  });

  const expectNoneFailed = async (): Promise<void> => {
    const answers = await reading.stop();
    expect(answers.length).toBeGreaterThan(0);
    const failed = answers.filter(({ status, codes }) => status !== 200 || codes.length > 0);
    expect(failed).toEqual([]);
  };

  const answersPass = (): Promise<void> => {
    const before = reading.count;
    return eventually(() => reading.count > before + 2 * clients);
  };

  it.each(['kill -9', 'immediate shutdown'] as const)(
    'by %s costs no read, and is used again when it is back',
    async (how) => {
      await standby.crash(how);
      await answersPass();
      const [seen] = await standbysOf(urls[0]);
      expect(seen).toMatchObject({
        inUse: false,
        lagMs: null,
        fault: expect.any(String) as string,
      });
      expect(await (await fetch(`${urls[0]}/health/ready`)).json()).toEqual({ status: 'ready' });
      await standby.restart();
      await usedAgain();
      await expectNoneFailed();
    },
  );

  it('by hanging costs no read, and is used again when it goes on', async () => {
    const goOn = await standby.freeze();
    await answersPass();
    goOn();
    await usedAgain();
    await expectNoneFailed();
  });

  it('under a snapshot costs no read: the operation runs again at the primary', async () => {
    const sessions = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'atomic-rewards' AND state <> 'idle'`;
    for (let times = 0; times < 40; times += 1) await standby.query(sessions);
    await usedAgain();
    await expectNoneFailed();
  });
});

describe('a standby that is too old', () => {
  afterEach(async () => {
    await standby.query('SELECT pg_wal_replay_resume()');
    await inUse();
  });

  it('is not read from until it has caught up', async () => {
    await standby.query('SELECT pg_wal_replay_pause()');
    const [customer = ''] = brand.customers;
    await visitAt(urls[0], customer);
    await eventually(async () => (await standbysOf(urls[1]))[0]?.['inUse'] === false);
    const { written } = await visitAt(urls[0], customer);
    expect(balanceIn(await readAt(urls[1], customer, null))).toBe(written);
    const [seen] = await standbysOf(urls[1]);
    expect(seen).toMatchObject({ fault: null, behindBytes: expect.any(Number) as number });
    expect((seen as Data)['lagMs']).toBeGreaterThan(1000);
  });
});

describe('a position that we did not give out', () => {
  it.each(['', 'x', 'A'.repeat(22), '_'.repeat(22), '99999999/FFFFFFFF'])(
    'such as %j is answered by the primary, at once and without a word',
    async (forged) => {
      await inUse();
      const [customer = ''] = brand.customers;
      const before = await answeredByStandby();
      const answer = await readAt(urls[0], customer, forged);
      expect(answer).toMatchObject({ status: 200, codes: [] });
      expect(await answeredByStandby()).toBe(before);
      await eventually(async () => {
        await readAt(urls[0], customer, answer.position);
        return (await answeredByStandby()) > before;
      });
    },
  );
});
