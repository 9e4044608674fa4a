import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';
import type { FigureKey } from '../figures';
import { startLoader, type Loader } from '../load';
import type { BenchSettings } from '../part';
import type { Subject } from '../rounds';
import { startServers } from '../servers';
import { measuredTurn, type Turn } from '../turn';
import { openMeter, type WorkMeter } from '../work';
import { bases, openBase, type ViewBase } from './base';
import { askCard, cardQuery, plain, unifiedQuery, type Json } from './card';
import { startPeer, type Peer } from './peer';
import { cardOf, postgraphileQuery, startPostgraphile } from './postgraphile';

/** Everybody who answers the card. */
export interface Views {
  ours: ViewSubject;
  peers: (ViewSubject & { key: FigureKey })[];
  /** The unified customer view of ours, for the record. */
  unified: ViewSubject;
  close: () => Promise<void>;
}

export type ViewSubject = Subject<Turn>;

const connections = 16;
const compared = 25;

interface PeerKind {
  key: FigureKey;
  title: string;
  /** Null for one that cannot be had here. */
  start: (database: string, tell: (line: string) => void) => Promise<Peer | null>;
  /** What it is asked; ours where it is not said. */
  query?: string;
  /** Its answer in our shape, where that is another. */
  cardOf?: (answered: Json) => Json;
}

const inFile = (file: string) => (database: string) =>
  startPeer(join(__dirname, file), { DATABASE_URL: database });

const peerKinds: PeerKind[] = [
  {
    key: 'view.vsHandwrittenSql',
    title: 'hand-written: node:http and one named statement',
    start: inFile('by-hand.js'),
  },
  {
    key: 'view.vsPostgraphile',
    title: 'PostGraphile 5',
    start: startPostgraphile,
    query: postgraphileQuery,
    cardOf,
  },
  {
    key: 'view.vsNaiveTypeorm',
    title: 'naive: Apollo Server, TypeORM, DataLoader',
    start: inFile('naive.js'),
  },
];

interface Ground {
  seconds: number;
  meter: WorkMeter | null;
  loader: Loader;
  base: ViewBase;
}

/** Loads the base where it is not there yet, starts everybody, and throws when they do not say the same. */
export async function openViews(settings: BenchSettings): Promise<Views> {
  const { place, processes, seconds, tell } = settings;
  const closing: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const one of closing.reverse()) await one();
  };
  try {
    const base = await openBase(place, bases.compared, tell);
    const servers = await startServers(base.database, processes);
    closing.push(() => servers.stop());
    const loader = startLoader();
    closing.push(() => loader.stop());
    const ground: Ground = { seconds, meter: await openMeter(place), loader, base };
    const peers: Views['peers'] = [];
    for (const { key, title, start, query, cardOf: shaped } of peerKinds) {
      const peer = await start(base.database, tell);
      if (peer === null) continue;
      closing.push(() => peer.stop());
      await checkSame(servers.urls[0] as string, { url: peer.url, query, shaped }, base);
      peers.push({ key, ...subject(title, ground, { urls: [peer.url], pids: [peer.pid] }, query) });
    }
    return {
      ours: subject('ours: the customer card, 16 connections', ground, servers),
      unified: subject('ours: the unified customer view', ground, servers, unifiedQuery),
      peers,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function subject(
  title: string,
  { seconds, meter, loader, base }: Ground,
  { urls, pids }: { urls: string[]; pids: number[] },
  query = cardQuery,
): ViewSubject {
  const load = { what: 'view', urls, keys: [base.key], customers: base.customers, query } as const;
  let expected = 100;
  const take = async () => {
    // So many that it takes about its time, and all are answered before the next one's turn.
    const requests = Math.max(connections * 2, Math.round(expected));
    const { perSecond, p99 } = await loader.send({ ...load, connections, requests });
    expected = perSecond * seconds;
    return { perSecond, done: requests, p99 };
  };
  return { title, run: () => measuredTurn(meter, pids, take) };
}

/** Holds the answers for some customers beside each other. */
async function checkSame(
  ours: string,
  {
    shaped = (card) => card,
    ...other
  }: { url: string; query?: string; shaped?: PeerKind['cardOf'] },
  { key, customers }: ViewBase,
): Promise<void> {
  for (let n = 0; n < compared; n += 1) {
    const customer = Math.floor((n * customers) / compared);
    const own = plain(await askCard({ url: ours }, key, customer));
    const its = plain(shaped(await askCard(other, key, customer)));
    if (isDeepStrictEqual(own, its)) continue;
    throw new Error(
      `c-${customer} is not the same:\n${JSON.stringify(own)}\n${JSON.stringify(its)}`,
    );
  }
}
