import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import WebSocket from 'ws';
import type { PrivatePostgres } from '../support/private-postgres';
import type { SpawnedService } from '../support/spawned-service';

/** What a server occupies at a moment. */
export interface Sample {
  minute: number;
  /** Used heap after collecting garbage, and what it keeps outside of it. */
  heapMb: number;
  residentMb: number;
  /** Sessions of the service in the database. */
  connections: number;
  lanes: number;
  subscriptions: number;
}

interface HeapUsage {
  usedSize: number;
  backingStorageSize?: number;
}

/** Looks into a server that was started with `--inspect`. */
export class MemoryProbe {
  private asked = 0;
  private readonly began = performance.now();

  private constructor(
    private readonly socket: WebSocket,
    private readonly server: SpawnedService,
    private readonly cluster: PrivatePostgres,
  ) {}

  static async open(server: SpawnedService, cluster: PrivatePostgres): Promise<MemoryProbe> {
    const address = /ws:\/\/\S+/.exec(server.errors)?.[0];
    if (address === undefined) throw new Error('the server listens to no inspector');
    const socket = new WebSocket(address);
    await once(socket, 'open');
    return new MemoryProbe(socket, server, cluster);
  }

  close(): void {
    this.socket.terminate();
  }

  /** Takes a sample now and then, until it is told to stop. */
  every(milliseconds: number): { stop(): Promise<Sample[]> } {
    const samples: Sample[] = [];
    let going = true;
    const take = async (): Promise<void> => {
      while (going) {
        await new Promise((resolve) => setTimeout(resolve, milliseconds));
        samples.push(await this.sample());
      }
    };
    const taken = take();
    return {
      async stop() {
        going = false;
        await taken;
        return samples;
      },
    };
  }

  async sample(): Promise<Sample> {
    await this.ask('HeapProfiler.collectGarbage');
    const { usedSize, backingStorageSize = 0 } = await this.ask<HeapUsage>('Runtime.getHeapUsage');
    const resident = execFileSync('ps', ['-o', 'rss=', '-p', String(this.server.pid)]).toString();
    const [row] = await this.cluster.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM pg_stat_activity WHERE application_name = 'atomic-rewards'`,
    );
    const figures = await (await fetch(`${await this.server.ready()}/metrics`)).text();
    const figure = (name: string) => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(figures)?.[1]);
    return {
      minute: (performance.now() - this.began) / 60_000,
      heapMb: (usedSize + backingStorageSize) / 2 ** 20,
      residentMb: Number(resident) / 1024,
      connections: row?.count ?? 0,
      lanes: figure('rewards_command_lane_depth'),
      subscriptions: figure('rewards_subscriptions_open'),
    };
  }

  private async ask<Result>(method: string): Promise<Result> {
    const id = (this.asked += 1);
    this.socket.send(JSON.stringify({ id, method }));
    for (;;) {
      const [data] = (await once(this.socket, 'message')) as [Buffer];
      const answer = JSON.parse(data.toString()) as { id?: number; result: Result };
      if (answer.id === id) return answer.result;
    }
  }
}

/** How much a value grows by the minute, by least squares over the last three quarters of its points. */
export function slopeOf(points: readonly (readonly [number, number])[]): number {
  const later = points.slice(Math.floor(points.length / 4));
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const [x, y] = [mean(later.map(([at]) => at)), mean(later.map(([, value]) => value))];
  const above = later.reduce((sum, [at, value]) => sum + (at - x) * (value - y), 0);
  return above / later.reduce((sum, [at]) => sum + (at - x) ** 2, 0);
}
