import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onConnection, type Place } from '../load/place';
import { cpuOf, cpuOfFamily } from '../writes/cpu';

/** Microseconds of CPU: of a server's processes, and of PostgreSQL with all its processes. */
export interface Work {
  server: number;
  database: number;
}

/** Reads how much processes have worked so far. */
export type WorkMeter = (pids: readonly number[]) => Work;

/** A meter of this machine; null where its processes, or those of PostgreSQL, cannot be looked at. */
export async function openMeter(place: Place): Promise<WorkMeter | null> {
  try {
    const folder = await onConnection(place.urlOf('postgres'), async (client) => {
      const { rows } = await client.query<{ folder: string }>(
        `SELECT current_setting('data_directory') AS folder`,
      );
      return (rows[0] as { folder: string }).folder;
    });
    const [postmaster] = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
    if (cpuOf(process.pid) === 0) return null;
    return (pids) => ({
      server: pids.reduce((sum, pid) => sum + cpuOf(pid), 0),
      database: cpuOfFamily(Number(postmaster)),
    });
  } catch {
    return null;
  }
}
