import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { afterwards, cleanUp } from '../support/afterwards';
import { assertBooks } from '../support/invariants';
import { PrivatePostgres } from '../support/private-postgres';
import { crowd } from './crowd-of';
import { machine, tableOf, writeFigures } from './figures';
import { MemoryProbe, slopeOf, type Sample } from './memory-probe';
import { durable, setScene, type Scene } from './scene';
import type { WaveTold } from './wave';

/** Minutes of the load; MINUTES=3 tries it, and writes no figures. */
const full = 20;
const minutes = Number(process.env['MINUTES'] ?? full);
const heapGrowthMost = 1;
/** Beside the load: starting, finding the peak, letting what was sent be answered. */
const longest = (minutes + 10) * 60_000;

/** Subscribes again and again, each time for a second or two, until it is told to stop. */
function comeAndGo({ target }: Scene): { stop(): Promise<number> } {
  let [opened, going] = [0, true];
  const url = `${target.url.replace('http', 'ws')}/graphql`;
  const query = `subscription { walletChanged { amount } }`;
  const visit = async (nth: number): Promise<void> => {
    const bearer = target.apiKeys[nth % target.apiKeys.length];
    const client = createClient({
      url,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: { authorization: `Bearer ${bearer}` },
    });
    const stop = client.subscribe(
      { query },
      { next: () => undefined, error: () => undefined, complete: () => undefined },
    );
    await new Promise((resolve) => setTimeout(resolve, 1000 + (nth % 10) * 100));
    stop();
    await client.dispose();
    opened += 1;
  };
  const person = async (nth: number): Promise<void> => {
    for (let turn = nth; going; turn += 4) await visit(turn);
  };
  const people = Promise.all([0, 1, 2, 3].map(person));
  return {
    async stop() {
      going = false;
      await people;
      return opened;
    },
  };
}

describe('a server at half of what it can do, for long', () => {
  let cluster: PrivatePostgres;
  let scene: Scene;
  let samples: Sample[];
  let told: WaveTold;
  let half: number;
  let subscriptions: number;

  beforeAll(async () => {
    cluster = await PrivatePostgres.start({ settings: durable });
    const env = {
      DATABASE_URL: cluster.url(),
      LOG_LEVEL: 'error',
      NODE_OPTIONS: '--inspect=127.0.0.1:0',
    };
    scene = await setScene(env, { brands: 8, people: 40, visits: 3 });
    const probe = await MemoryProbe.open(scene.server, cluster);
    afterwards(() => probe.close());
    const { target } = scene;
    const peaks: number[] = [];
    for (const callers of [16, 32, 64]) {
      const peak = await crowd({ ...target, motley: true, seconds: 8, callers });
      peaks.push(peak.servedPerSecond);
    }
    half = Math.max(...peaks) / 2;
    const sampling = probe.every(10_000);
    const comingAndGoing = comeAndGo(scene);
    told = await crowd({ ...target, motley: true, seconds: 60 * minutes, perSecond: half });
    subscriptions = await comingAndGoing.stop();
    samples = await sampling.stop();
  }, longest);

  afterAll(cleanUp);

  it('keeps its memory: what is left after collecting garbage grows by less than a megabyte a minute', () => {
    expect(samples.length).toBeGreaterThan(3 * minutes);
    const growth = slopeOf(samples.map(({ minute, heapMb }) => [minute, heapMb]));
    expect(growth).toBeLessThan(heapGrowthMost);
  });

  it('keeps its connections and its queues', () => {
    const first = samples[0] as Sample;
    const later = samples.slice(Math.floor(samples.length / 4));
    expect(Math.max(...later.map(({ connections }) => connections))).toBeLessThanOrEqual(
      first.connections + 16,
    );
    expect(later.at(-1)?.subscriptions).toBeLessThanOrEqual(4);
    // One list of a hundred more or less tells nothing; a queue that grows ends at twice what it is on average.
    const grown = minutes * slopeOf(samples.map(({ minute, lanes }) => [minute, lanes]));
    const average = samples.reduce((sum, { lanes }) => sum + lanes, 0) / samples.length;
    expect(grown).toBeLessThan(average + 100);
  });

  it('answers as it should, and has books that balance', async () => {
    expect(told.flaws).toEqual({});
    expect(told.served / told.sent).toBeGreaterThan(0.99);
    expect(subscriptions).toBeGreaterThan(0);
    expect(scene.server.output).not.toContain('"level":50');
    await assertBooks(cluster);
  });

  it('tells its figures', () => {
    const shown = samples.filter(
      (_, at) => at % Math.ceil(samples.length / 10) === 0 || at === samples.length - 1,
    );
    const table = tableOf([
      ['minute', 'heap after collection, MB', 'resident, MB', 'connections', 'commands in lanes'],
      ...shown.map(({ minute, heapMb, residentMb, connections, lanes }) => [
        minute.toFixed(1),
        heapMb.toFixed(1),
        residentMb.toFixed(0),
        String(connections),
        String(lanes),
      ]),
    ]);
    const growth = (key: 'heapMb' | 'residentMb') =>
      slopeOf(samples.map((sample) => [sample.minute, sample[key]])).toFixed(2);
    const { p50, p99 } = told.servedTimes;
    const text = [
      machine(),
      table,
      `${half.toFixed(0)} requests a second for ${minutes} minutes: ${told.served} served, ${told.shed} turned away, ${subscriptions} subscriptions ` +
        `came and went; p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms. Over the last three quarters the heap grew by ${growth('heapMb')} MB a ` +
        `minute, the resident memory by ${growth('residentMb')}.`,
    ].join('\n\n');
    process.stdout.write(`${text}\n`);
    if (minutes >= full) writeFigures('twenty minutes', text);
    expect(text).toContain('served');
  });
});
