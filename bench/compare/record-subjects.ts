import { recreate } from '../load/place';
import { makeBrands, type PayingBrands } from './brands';
import { startLoader, type Load, type Loader } from './load';
import { startNaive } from './naive-server';
import type { BenchSettings } from './part';
import { batchSize } from './requests';
import { untilAtRest } from './rest';
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
  naive: Subject<Turn>;
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
    const servers = await startServers(database, processes);
    closing.push(() => servers.stop());
    const tpcb = await openTpcb(place);
    closing.push(() => tpcb.stop());
    const naive = await startNaive(place, hotCustomers);
    closing.push(() => naive.stop());
    const loader = startLoader();
    closing.push(() => loader.stop());
    const ground: Ground = { seconds, meter: await openMeter(place), loader };
    settings.tell('record: waiting until the jobs have reckoned the new brands');
    await untilAtRest(ground.meter, servers.pids);
    const title = `TPC-B: ${tpcb.title}`;
    const ask = (mode: 'prepared' | 'simple') => () => tpcb.run(seconds, mode);
    return {
      tpcb: tpcbSubject(`${title}, prepared`, ground, ask('prepared')),
      simple: tpcb.simple ? tpcbSubject(`${title}, simple`, ground, ask('simple')) : null,
      ...oursSubjects(ground, servers, { hot, spread }),
      naive: overHttp(
        `Apollo Server and TypeORM repositories, ${connections} connections, one brand`,
        ground,
        { urls: [naive.url], pids: [naive.pid] },
        { what: 'event', connections, keys: [naive.key], customers: hotCustomers },
      ),
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
  servers: Servers,
  { hot, spread }: { hot: PayingBrands; spread: PayingBrands },
): Pick<RecordSubjects, 'hot' | 'spread' | 'batch'> {
  const single = { what: 'event', connections } as const;
  const batches = { what: 'batch', connections: batchConnections } as const;
  const of = (title: string, load: Omit<Load, 'urls' | 'requests'>) =>
    overHttp(title, ground, servers, load);
  return {
    hot: of(`recordAttention, ${connections} connections, one brand`, { ...single, ...hot }),
    spread: of(`recordAttention, ${connections} connections, ${spreadBrands} brands`, {
      ...single,
      ...spread,
    }),
    batch: of(`recordAttentionBatch of ${batchSize}, ${batchConnections} connections, one brand`, {
      ...batches,
      ...hot,
    }),
  };
}

/** Somebody who answers the mutation over HTTP. */
function overHttp(
  title: string,
  { seconds, meter, loader }: Ground,
  { urls, pids }: Pick<Servers, 'urls' | 'pids'>,
  load: Omit<Load, 'urls' | 'requests'>,
): Subject<Turn> {
  const each = load.what === 'batch' ? batchSize : 1;
  let expected = load.connections * 2;
  const take = async () => {
    // So many that it takes about its time, and all are answered before the next one's turn.
    const requests = Math.max(load.connections * 2, Math.round(expected));
    const { perSecond, p99 } = await loader.send({ ...load, urls, requests });
    expected = perSecond * seconds;
    return { perSecond: perSecond * each, done: requests * each, p99 };
  };
  return { title, run: () => measuredTurn(meter, pids, take) };
}
