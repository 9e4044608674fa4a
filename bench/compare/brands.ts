import { mutate } from '../load/brand';
import { createService } from '../../src/server/create-service';
import { loadConfig } from '../../src/platform/config';
import { createLog } from '../../src/platform/log';
import { onConnection, type LoadService } from '../load/place';
import { environmentOf, platformKey } from './servers';

/** Brands that pay for visits out of a budget that does not end. */
export interface PayingBrands {
  keys: string[];
  /** Of each, called c-0 and so on; each has been paid once. */
  customers: number;
}

const atOnce = 256;
const visitsAtOnce = 500;

/** How many brands to make, and how many customers each has. */
interface BrandCount {
  brands: number;
  customers: number;
}

/** Migrates a database and makes brands in it, by what they are called. */
export async function makeBrands<Name extends string>(
  database: string,
  counts: Record<Name, BrandCount>,
): Promise<Record<Name, PayingBrands>> {
  const config = loadConfig(environmentOf(database));
  const service = await createService(config, { jobs: false, log: createLog('error') });
  try {
    const made: [string, PayingBrands][] = [];
    for (const [name, count] of Object.entries<BrandCount>(counts)) {
      made.push([name, await makeAlike(service, name, count)]);
    }
    // As autovacuum leaves tables that were not filled a minute ago.
    await onConnection(database, (client) => client.query('VACUUM (ANALYZE)'));
    return Object.fromEntries(made) as Record<Name, PayingBrands>;
  } finally {
    await service.close();
  }
}

async function makeAlike(
  service: LoadService,
  name: string,
  { brands, customers }: BrandCount,
): Promise<PayingBrands> {
  const keys = await inParts(brands, (n) => makeBrand(service, `${name}-${n}`));
  await inParts(brands * customers, (n) =>
    mutate(service, keys[n % brands] as string, {
      name: 'identifyCustomer',
      answer: '',
      input: { externalId: `c-${Math.floor(n / brands)}`, idempotencyKey: `identify-${n}` },
    }),
  );
  for (let from = 0; from < customers; from += visitsAtOnce) {
    await inParts(brands, (n) =>
      payFirstVisits(service, keys[n] as string, from, Math.min(from + visitsAtOnce, customers)),
    );
  }
  return { keys, customers };
}

/** So that no table is empty when it is analysed: plans made for empty tables are no plans for full ones. */
async function payFirstVisits(
  service: LoadService,
  key: string,
  from: number,
  to: number,
): Promise<void> {
  const events = Array.from({ length: to - from }, (_, n) => ({
    customer: { externalId: `c-${from + n}` },
    action: 'VISIT',
    channel: 'WEB',
    idempotencyKey: `first-visit-${from + n}`,
  }));
  const { results } = await mutate(service, key, {
    name: 'recordAttentionBatch',
    answer: 'results { grants { amount } }',
    input: { events },
  });
  const paid = (results as { grants: unknown[] }[]).filter(({ grants }) => grants.length === 1);
  if (paid.length < events.length) throw new Error('a first visit was not paid');
}

async function makeBrand(service: LoadService, slug: string): Promise<string> {
  const { brand, apiKey } = await mutate(service, platformKey, {
    name: 'createBrand',
    answer: 'brand { id } apiKey',
    input: { name: slug, slug, timezone: 'Asia/Kolkata', idempotencyKey: `create-${slug}` },
  });
  const brandId = (brand as { id: string }).id;
  await mutate(service, platformKey, {
    name: 'issueMu',
    answer: '',
    input: { brandId, amount: 10 ** 12, reason: 'bench', idempotencyKey: `fund-${slug}` },
  });
  await mutate(service, apiKey as string, {
    name: 'upsertEarnRule',
    answer: '',
    input: {
      name: 'visit',
      action: 'VISIT',
      amount: 1,
      perCustomerPerDay: 10_000,
      idempotencyKey: `rule-${slug}`,
    },
  });
  return apiKey as string;
}

/** Some at a time: all at once would wait longer than a caller may. */
async function inParts<T>(count: number, work: (n: number) => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  while (done.length < count) {
    const from = done.length;
    const length = Math.min(atOnce, count - from);
    done.push(...(await Promise.all(Array.from({ length }, (_, n) => work(from + n)))));
  }
  return done;
}
