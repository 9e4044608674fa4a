import { findGenomes } from '../../src/next/find-genomes.job';
import { divideAll } from '../segments/desk';
import { send } from '../segments/population';
import type { TestBrand, TestService } from '../support/test-service';

/** Divides everybody into bands and finds the genomes that are due. */
export async function findAll(t: TestService): Promise<void> {
  await divideAll(t);
  await findDue(t);
}

/** Finds the genomes that are due, with the scores. */
export async function findDue(t: TestService): Promise<void> {
  while ((await findStep(t)) > 0);
}

/** One turn of the job. */
export function findStep(t: TestService): Promise<number> {
  const { config, database, clock, log } = t.service;
  return findGenomes.run({ config, database, clock, log, limits: config.limits });
}

/** Identifies somebody; answers their id. */
export async function person(
  t: TestService,
  { apiKey }: TestBrand,
  externalId: string,
  traits: Record<string, unknown> = {},
): Promise<string> {
  const input = { externalId, traits };
  const { customer } = await send(t, apiKey, 'identifyCustomer', input, 'customer { id }');
  return customer.id as string;
}

/** An order so many days ago. */
export async function order(
  t: TestService,
  { apiKey }: TestBrand,
  id: string,
  amount: number,
  daysAgo = 3,
): Promise<void> {
  await send(t, apiKey, 'recordPurchase', {
    customer: { id },
    externalId: `o-${Math.random()}`,
    purchasedAt: new Date(Date.now() - daysAgo * 86_400_000).toISOString(),
    items: 1,
    amount: `${amount}.00`,
    currency: 'INR',
  });
}

/** Sets what customers are worth, as a model of the brand's own would. */
export async function worth(
  t: TestService,
  { apiKey }: TestBrand,
  values: Record<string, number>,
): Promise<void> {
  const scores = Object.entries(values).map(([id, value]) => ({
    customer: { id },
    kind: 'CLV',
    value,
  }));
  await send(t, apiKey, 'ingestScores', { scores, scorer: 'desk', version: '1' });
}
