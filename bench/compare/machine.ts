import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { onConnection, type Place } from '../load/place';

/** What the figures were taken on. */
export interface Machine {
  date: string;
  cores: number;
  cpu: string;
  gigabytes: number;
  node: string;
  postgresql: string;
  /** Settings of PostgreSQL that matter to writes. */
  settings: Record<string, string>;
  packages: Record<string, string>;
  /** Of one, five and fifteen minutes, when it began. */
  loadAverage: number[];
}

const packages = ['@apollo/server', 'fastify', 'graphql', 'graphql-jit', 'pg', 'typeorm'];
const settings = ['fsync', 'synchronous_commit', 'shared_buffers', 'max_wal_size'];

/** Describes the machine; throws when its PostgreSQL does not keep what it says it keeps. */
export async function describeMachine(place: Place): Promise<Machine> {
  const [version, ...values] = await onConnection(place.urlOf('postgres'), async (client) => {
    const shown: string[] = [];
    for (const name of ['server_version', ...settings]) {
      const { rows } = await client.query<Record<string, string>>(`SHOW ${name}`);
      shown.push(rows[0]?.[name] as string);
    }
    return shown;
  });
  const inForce = Object.fromEntries(settings.map((name, at) => [name, values[at] as string]));
  if (inForce['fsync'] !== 'on') throw new Error('The comparison needs a PostgreSQL with fsync.');
  return {
    date: new Date().toISOString(),
    cores: cpus().length,
    cpu: cpus()[0]?.model ?? 'unknown',
    gigabytes: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    postgresql: version as string,
    settings: inForce,
    packages: Object.fromEntries(packages.map((name) => [name, versionOf(name)])),
    loadAverage: loadavg().map((load) => Math.round(load * 10) / 10),
  };
}

/** The version of an installed package; of another folder's where one is named. */
export function versionOf(name: string, folder = '.'): string {
  const text = readFileSync(`${folder}/node_modules/${name}/package.json`, 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** The machine in a line or two. */
export function machineText(machine: Machine): string {
  const list = (names: Record<string, string>): string =>
    Object.entries(names)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ');
  return (
    `${machine.date}, ${machine.cores} cores (${machine.cpu}), ${machine.gigabytes} GB, ` +
    `load average ${machine.loadAverage.join(' ')}\n` +
    `Node ${machine.node}, PostgreSQL ${machine.postgresql} (${list(machine.settings)}), ` +
    list(machine.packages)
  );
}
