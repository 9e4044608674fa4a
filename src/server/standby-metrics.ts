import { Counter, Gauge, type Registry } from 'prom-client';
import type { Standbys } from '../platform/database/standby/standbys';

/** Adds the figures of the standbys, which are read at each scrape. */
export function watchStandbys(registry: Registry, standbys: Standbys): void {
  const registers = [registry];
  new Counter({
    name: 'rewards_read_sessions_total',
    help: 'Snapshots of requests by where they were opened, and why not at a standby.',
    labelNames: ['place', 'cause'],
    registers,
    collect() {
      this.reset();
      for (const [cause, count] of standbys.sessions) {
        const place = cause === 'standby' ? 'standby' : 'primary';
        this.inc({ place, cause }, count);
      }
    },
  });
  const labelNames = ['standby'];
  new Gauge({
    name: 'rewards_standby_in_use',
    help: '1 for a standby that is read from.',
    labelNames,
    registers,
    collect() {
      for (const { standby, inUse } of standbys.health()) this.set({ standby }, Number(inUse));
    },
  });
  new Gauge({
    name: 'rewards_standby_lag_seconds',
    help: 'The age of what a standby shows; NaN when it cannot be told.',
    labelNames,
    registers,
    collect() {
      for (const { standby, lagMs } of standbys.health()) {
        this.set({ standby }, lagMs === null ? Number.NaN : lagMs / 1000);
      }
    },
  });
  new Gauge({
    name: 'rewards_standby_behind_bytes',
    help: 'Bytes of the write-ahead log that a standby has not replayed.',
    labelNames,
    registers,
    collect() {
      for (const { standby, behindBytes } of standbys.health()) this.set({ standby }, behindBytes);
    },
  });
}
