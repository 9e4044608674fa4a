import { recreate } from '../load/place';
import { makeBrands, type PayingBrands } from './brands';
import { startLoader, type Load, type Loader } from './load';
import type { BenchSettings } from './part';
import { batchSize } from './requests';
import type { Subject } from './rounds';
import { startServers, type Servers } from './servers';
import { openTpcb } from './tpcb';
import { measuredTurn, type Turn } from './turn';
import { openMeter, type WorkMeter } from './work';

const hotCustomers = 10_000;
const spreadBrands = 1000;
const customersOfEach = 10;
const connections = 128;
const batchConnections = 8;

/** Everybody whose writes are compared. */
export interface RecordSubjects {
  tpcb: Subject<Turn>;
  hot: Subject<Turn>;
  spread: Subject<Turn>;
  batch: Subject<Turn>;
  /** Once, for the record: the same transactions without prepared statements. */
  simple: Subject<Turn> | null;
  close: () => Promise<void>;
}

/** What they need for a turn. */
interface Ground {
  seconds: number;
  meter: WorkMeter | null;
  loader: Loader;
  servers: Servers;
}

/** Makes the databases, starts the servers and warms them up. */
export async function openSubjects(settings: BenchSettings): Promise<RecordSubjects> {
  const { place, processes, seconds } = settings;
  const closing: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const one of closing.reverse()) await one();
  };
  try {
    settings.tell(`record: making ${spreadBrands + 1} brands and a TPC-B of scale 20`);
    await recreate(place, 'load_record');
    const database = place.urlOf('load_record');
    const { hot, spread } = await makeBrands(database, {
      hot: { brands: 1, customers: hotCustomers },
      spread: { brands: spreadBrands, customers: customersOfEach },
    });
    const tpcb = await openTpcb(place);
    closing.push(() => tpcb.stop());
    const servers = await startServers(database, processes);
    closing.push(() => servers.stop());
    const loader = startLoader();
    closing.push(() => loader.stop());
    const ground: Ground = { seconds, meter: await openMeter(place), loader, servers };
    const title = `TPC-B: ${tpcb.title}`;
    const ask = (mode: 'prepared' | 'simple') => () => tpcb.run(seconds, mode);
    return {
      tpcb: tpcbSubject(`${title}, prepared`, ground, ask('prepared')),
      simple: tpcb.simple ? tpcbSubject(`${title}, simple`, ground, ask('simple')) : null,
      ...oursSubjects(ground, hot, spread),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function tpcbSubject(
  title: string,
  { seconds, meter }: Ground,
  ask: () => Promise<number>,
): Subject<Turn> {
  const take = async () => {
    const perSecond = await ask();
    return { perSecond, done: perSecond * seconds, p99: null };
  };
  return { title, run: () => measuredTurn(meter, [], take) };
}

function oursSubjects(
  ground: Ground,
  hot: PayingBrands,
  spread: PayingBrands,
): Pick<RecordSubjects, 'hot' | 'spread' | 'batch'> {
  return {
    hot: oursSubject(`recordAttention, ${connections} connections, one brand`, ground, {
      what: 'event',
      connections,
      ...hot,
    }),
    spread: oursSubject(
      `recordAttention, ${connections} connections, ${spreadBrands} brands`,
      ground,
      { what: 'event', connections, ...spread },
    ),
    batch: oursSubject(
      `recordAttentionBatch of ${batchSize}, ${batchConnections} connections, one brand`,
      ground,
      { what: 'batch', connections: batchConnections, ...hot },
    ),
  };
}

function oursSubject(
  title: string,
  { seconds, meter, loader, servers: { urls, pids } }: Ground,
  load: Omit<Load, 'urls' | 'seconds'>,
): Subject<Turn> {
  const each = load.what === 'batch' ? batchSize : 1;
  const take = async () => {
    const { perSecond, p99 } = await loader.send({ ...load, urls, seconds });
    return { perSecond: perSecond * each, done: perSecond * each * seconds, p99 };
  };
  return { title, run: () => measuredTurn(meter, pids, take) };
}
