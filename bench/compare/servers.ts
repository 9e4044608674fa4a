import { startServer, type StartedServer } from '../started-server';

/** Server processes of ours on one database. */
export interface Servers {
  urls: string[];
  pids: number[];
  stop(): Promise<void>;
}

export const platformKey = 'bench-platform-key-0123456789';

const plenty = '1000000000000';
// As it ships, but for the buckets, since the bench asks more than one brand may, and for what is turned away
// on a machine that others keep busy: a refusal is fast, and would be measured as an answer.
const environment = {
  NODE_ENV: 'production',
  PORT: '0',
  PLATFORM_KEY: platformKey,
  ROUTER_SECRET: 'bench-router-secret-0123456789',
  TOKEN_SECRET: 'bench-token-secret-0123456789',
  LIMIT_LOOP_DELAY_MS: '10000',
  LIMIT_READ_WAIT_MS: '10000',
  LIMIT_LANE_WAIT_MS: '10000',
  LIMIT_BRAND_BUCKET: plenty,
  LIMIT_BRAND_BUCKET_PER_SECOND: plenty,
  LIMIT_PLATFORM_BUCKET: plenty,
  LIMIT_PLATFORM_BUCKET_PER_SECOND: plenty,
};

/** What the service of the bench is configured with, in a server or in this process. */
export function environmentOf(database: string): NodeJS.ProcessEnv {
  return { ...process.env, ...environment, DATABASE_URL: database };
}

/** Starts so many servers on a database. */
export async function startServers(database: string, count: number): Promise<Servers> {
  const started: StartedServer[] = [];
  const stop = async (): Promise<void> => {
    for (const server of started) await server.stop();
  };
  try {
    for (let n = 0; n < count; n += 1) started.push(await startServer(environmentOf(database)));
  } catch (error) {
    await stop();
    throw error;
  }
  return { urls: started.map(({ url }) => url), pids: started.map(({ pid }) => pid), stop };
}
