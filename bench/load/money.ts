import { mutate, type LoadedBrand } from './brand';
import type { LoadService } from './place';
import { dayMs, instant, type Plot } from './people';

const atOnce = 100;
const purposes = ['ACQUISITION', 'RETENTION', 'REACQUISITION', 'ATTENTION'];
const routes = ['ADTECH', 'CRM'];

/** What the brand pays and paid for: prices, two years of spend, and a hundredth of its customers. */
export async function recordMoney(
  service: LoadService,
  { key }: LoadedBrand,
  plot: Plot,
): Promise<void> {
  await mutate(service, key, {
    name: 'setUnitCosts',
    answer: 'unitCosts { muPrice }',
    input: {
      muPrice: '0.10',
      messageCosts: [{ channel: 'EMAIL', cost: '0.02' }],
      serviceCostPerOrder: '20.00',
      survivalDays: 60,
      idempotencyKey: 'load-costs-1',
    },
  });
  for (const batch of batches(spendOf(plot))) {
    await mutate(service, key, {
      name: 'recordSpendBatch',
      answer: 'results { userErrors { code } }',
      input: { spend: batch },
    });
  }
  for (const batch of batches(acquisitionsOf(plot))) {
    await mutate(service, key, {
      name: 'recordAcquisitionBatch',
      answer: 'results { userErrors { code } }',
      input: { acquisitions: batch },
    });
  }
}

function* batches<T>(list: readonly T[]): Iterable<T[]> {
  for (let at = 0; at < list.length; at += atOnce) yield list.slice(at, at + atOnce);
}

function spendOf({ begins, days }: Plot): object[] {
  const months = Math.floor(days / 30);
  return Array.from({ length: months }, (_, month) =>
    purposes.flatMap((purpose) =>
      routes.map((route) => {
        const first = begins + month * 30 * dayMs;
        return {
          purpose,
          route,
          amount: '100000.00',
          campaign: `campaign-${month % 12}`,
          firstDay: instant(first).slice(0, 10),
          lastDay: instant(first + 29 * dayMs).slice(0, 10),
          idempotencyKey: `load-spend-${month}-${purpose}-${route}`,
        };
      }),
    ),
  ).flat();
}

function acquisitionsOf({ begins, days, customers }: Plot): object[] {
  return Array.from({ length: Math.ceil(customers / 100) }, (_, n) => ({
    identities: [{ externalId: `c-${n * 100}` }],
    route: routes[n % 2],
    campaign: `campaign-${n % 12}`,
    ...(n % 3 === 0 ? {} : { cost: '250.00' }),
    acquiredAt: instant(begins + ((n * 7919) % days) * dayMs),
    idempotencyKey: `load-acquisition-${n}`,
  }));
}
