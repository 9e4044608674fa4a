/** Where the partners of the toy graph are, and what is composed of them and us. */
export interface ToyGraph {
  supergraphSdl: string;
  ordersUrl: string;
  crmUrl: string;
}

/** What a process has used so far. */
export interface Usage {
  /** Microseconds, user and system. */
  cpu: number;
  /** Bytes of heap in use; after a collection when the process was started with `--expose-gc`. */
  heap: number;
  /** Bytes of the process in memory. */
  resident: number;
}

/** The toy graph as the process that started this one handed it over; null if it did not. */
export function toyGraph(): ToyGraph | null {
  return JSON.parse(process.env['TOY_GRAPH'] ?? 'null') as ToyGraph | null;
}

/** Tells the process that started this one where it listens, and from then on what it has used. */
export function announce(ready: Record<string, string>): void {
  process.on('message', () => process.send?.(usage()));
  process.on('disconnect', () => process.exit());
  process.send?.(ready);
}

function usage(): Usage {
  (globalThis as { gc?: () => void }).gc?.();
  const { user, system } = process.cpuUsage();
  const { heapUsed, rss } = process.memoryUsage();
  return { cpu: user + system, heap: heapUsed, resident: rss };
}
