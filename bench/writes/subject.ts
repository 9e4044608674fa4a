import { randomUUID } from 'node:crypto';
import { startServer } from '../started-server';
import { ask } from './ask';

export const customers = 1000;
const messages = 400;
const plenty = '1000000000000';
const platformKey = 'bench-platform-key-0123456789';

/** A server whose writes are measured, with customers and messages to write about. */
export interface Subject {
  title: string;
  url: string;
  key: string;
  pid: number;
  /** Ids of messages nobody has been sent. */
  messages: string[];
  stop(): Promise<void>;
}

/** Starts the server that a checkout has built, on an empty database. */
export async function startSubject(
  title: string,
  { folder, database }: { folder: string; database: string },
): Promise<Subject> {
  const { url, pid, stop } = await startServer(
    {
      ...process.env,
      NODE_ENV: 'production',
      PORT: '0',
      LOG_LEVEL: 'info',
      DATABASE_URL: database,
      PLATFORM_KEY: platformKey,
      ROUTER_SECRET: 'bench-router-secret-0123456789',
      TOKEN_SECRET: 'bench-token-secret-0123456789',
      // Once at the start: what they do at every pause is no part of a request.
      LIMIT_JOB_INTERVAL_MS: '3600000',
      LIMIT_BRAND_BUCKET: plenty,
      LIMIT_BRAND_BUCKET_PER_SECOND: plenty,
      LIMIT_PLATFORM_BUCKET: plenty,
      LIMIT_PLATFORM_BUCKET_PER_SECOND: plenty,
    },
    folder,
  );
  const { key, ids } = await prepare(url);
  return {
    title,
    url,
    key,
    pid,
    messages: ids,
    stop,
  };
}

function mutation(name: string, answer: string): string {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return `mutation Bench($input: ${type}!) { ${name}(input: $input) { ${answer} userErrors { code } } }`;
}

async function prepare(url: string): Promise<{ key: string; ids: string[] }> {
  const platform = { url, key: platformKey };
  const made = await ask(platform, mutation('createBrand', 'brand { id } apiKey'), {
    input: { name: 'Bench', slug: 'bench', timezone: 'Asia/Kolkata', idempotencyKey: randomUUID() },
  });
  const { brand, apiKey } = made['createBrand'] as { brand: { id: string }; apiKey: string };
  const one = { url, key: apiKey };
  await ask(platform, mutation('issueMu', ''), {
    input: { brandId: brand.id, amount: 10 ** 12, reason: 'bench', idempotencyKey: randomUUID() },
  });
  await ask(one, mutation('upsertEarnRule', ''), {
    input: {
      name: 'visit',
      action: 'VISIT',
      amount: 1,
      perCustomerPerDay: 10_000,
      idempotencyKey: randomUUID(),
    },
  });
  await inParts(customers, (n) =>
    ask(one, mutation('identifyCustomer', ''), {
      input: { externalId: `c-${n}`, idempotencyKey: randomUUID() },
    }),
  );
  const recorded = await inParts(messages, (n) =>
    ask(one, mutation('recordMessage', 'message { id }'), {
      input: { externalId: `m-${n}`, channel: 'EMAIL', idempotencyKey: randomUUID() },
    }),
  );
  const ids = recorded.map(
    (answer) => (answer['recordMessage'] as { message: { id: string } }).message.id,
  );
  return { key: apiKey, ids };
}

/** Some at a time, so that a busy machine does not let the last ones wait too long. */
async function inParts<T>(count: number, work: (n: number) => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  while (done.length < count) {
    const from = done.length;
    const part = Math.min(50, count - from);
    done.push(...(await Promise.all(Array.from({ length: part }, (_, n) => work(from + n)))));
  }
  return done;
}
