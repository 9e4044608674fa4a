import { Client } from 'undici';

/** What somebody saw who kept asking how a server fares. */
export interface HealthSeen {
  asked: number;
  /** Answers that were not 200, by path and status. */
  unwell: Record<string, number>;
  /** The longest wait for an answer, in milliseconds. */
  slowest: number;
}

const paths = ['/health/live', '/health/ready'];

/** Asks both health routes in turn, four times a second, until it is told to stop. */
export function watchHealth(url: string): { stop(): Promise<HealthSeen> } {
  const seen: HealthSeen = { asked: 0, unwell: {}, slowest: 0 };
  const client = new Client(url);
  let watching = true;
  const look = async (path: string): Promise<void> => {
    const began = performance.now();
    const { statusCode, body } = await client.request({ path, method: 'GET' });
    await body.dump();
    seen.slowest = Math.max(seen.slowest, performance.now() - began);
    seen.asked += 1;
    if (statusCode === 200) return;
    const name = `${path} ${statusCode}`;
    seen.unwell[name] = (seen.unwell[name] ?? 0) + 1;
  };
  const watch = async (): Promise<void> => {
    while (watching) {
      for (const path of paths) await look(path);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  };
  const watched = watch();
  return {
    async stop() {
      watching = false;
      await watched;
      await client.close();
      return seen;
    },
  };
}
