import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { onConnection, recreate, type Place } from '../load/place';
import { fillTpcb, tpcbScale } from './tpcb-tables';
import { startProcess } from './started-process';

const tpcbClients = 8;

/** What the stand-in for pgbench is asked to do. */
export interface TpcbJob {
  url: string;
  clients: number;
  seconds: number;
}

/** TPC-B-like transactions on the same server: what a database does by itself. */
export interface Tpcb {
  /** `pgbench`, or what stands in for it. */
  title: string;
  /** Transactions a second of 8 clients. */
  run(seconds: number, mode?: 'prepared' | 'simple'): Promise<number>;
  /** Whether it can send its statements unprepared. */
  simple: boolean;
  stop(): Promise<void>;
}

/** Fills the tables, and finds pgbench or takes our own sender of the same statements. */
export async function openTpcb(place: Place): Promise<Tpcb> {
  const database = 'load_tpcb';
  await recreate(place, database);
  const url = place.urlOf(database);
  await onConnection(url, fillTpcb);
  const program = pgbenchPath();
  return program === null ? standIn(url) : pgbench(program, url);
}

/** Where pgbench is: on the path, or where Debian keeps it, the newest; null when it is nowhere. */
function pgbenchPath(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian) : [];
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    ...versions.sort((a, b) => Number(b) - Number(a)).map((name) => join(debian, name, 'bin')),
  ];
  const programs = folders.filter(Boolean).map((folder) => join(folder, 'pgbench'));
  return programs.find((path) => existsSync(path)) ?? null;
}

function pgbench(program: string, url: string): Tpcb {
  return {
    simple: true,
    title: `pgbench, scale ${tpcbScale}, ${tpcbClients} clients`,
    async run(seconds, mode = 'prepared') {
      const clients = String(tpcbClients);
      const { stdout } = await promisify(execFile)(program, [
        ...['-M', mode, '-c', clients, '-j', '2', '-T', String(seconds)],
        url,
      ]);
      const found = /tps = ([\d.]+)/.exec(stdout);
      if (found === null || /number of failed transactions: [1-9]/.test(stdout)) {
        throw new Error(`pgbench said: ${stdout}`);
      }
      return Number(found[1]);
    },
    stop: () => Promise.resolve(),
  };
}

/** For machines without pgbench; see docs/performance.md for how near it comes. */
function standIn(url: string): Tpcb {
  const process = startProcess<number>(join(__dirname, 'tpcb-process.js'));
  return {
    simple: false,
    title: `no pgbench here; its statements by pg, scale ${tpcbScale}, ${tpcbClients} clients`,
    run: (seconds) => process.run({ url, clients: tpcbClients, seconds }),
    stop: () => process.stop(),
  };
}
