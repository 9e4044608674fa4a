import type { BenchSettings, Measured } from '../part';
import { untilAtRest } from '../rest';
import { ratiosOf, spreadOf } from '../rounds';
import { startServers, type Servers } from '../servers';
import { openMeter } from '../work';
import { bases, openBase, type ViewBase } from './base';
import { askCard } from './card';

const warmUp = 400;
const pairsOfRound = 60;

/**
 * How much longer a card takes of a million events than of ten thousand: one request at a time, of both bases
 * in turn and each pair the other way round. Each round gives a ratio of medians.
 */
export async function measureGrowth({ place, rounds, tell }: BenchSettings): Promise<Measured> {
  const opened: Servers[] = [];
  try {
    const [small, large] = [
      await openBase(place, bases.small, tell),
      await openBase(place, bases.large, tell),
    ];
    const asker = async (base: ViewBase) => {
      const servers = await startServers(base.database, 1);
      opened.push(servers);
      return timed(servers.urls[0] as string, base);
    };
    const ask = { small: await asker(small), large: await asker(large) };
    // What is due of a base that nobody has served since yesterday is not what is measured.
    const pids = opened.flatMap((servers) => servers.pids);
    await untilAtRest(await openMeter(place), pids);
    for (let n = 0; n < warmUp; n += 1) await Promise.all([ask.small(), ask.large()]);
    const medians = { small: [] as number[], large: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      const times = { small: [] as number[], large: [] as number[] };
      for (let pair = 0; pair < pairsOfRound; pair += 1) {
        const order =
          pair % 2 === 0 ? (['small', 'large'] as const) : (['large', 'small'] as const);
        for (const which of order) times[which].push(await ask[which]());
      }
      medians.small.push(spreadOf(times.small).middle);
      medians.large.push(spreadOf(times.large).middle);
    }
    tell(
      `one card at a time: ${spreadOf(medians.small).middle.toFixed(2)} ms of 10,000 events, ` +
        `${spreadOf(medians.large).middle.toFixed(2)} ms of 1,000,000`,
    );
    return { key: 'view.latencyGrowth1e4to1e6', rounds: ratiosOf(medians.large, medians.small) };
  } finally {
    for (const servers of opened) await servers.stop();
  }
}

/** Milliseconds of one request for a customer drawn by chance. */
function timed(url: string, { key, customers }: ViewBase): () => Promise<number> {
  return async () => {
    const customer = Math.floor(Math.random() * customers);
    const began = performance.now();
    await askCard({ url }, key, customer);
    return performance.now() - began;
  };
}
