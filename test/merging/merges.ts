import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newKey, type Data, type TestService } from '../support/test-service';

const operation = (name: string): string =>
  readFileSync(join(__dirname, `../../schema/operations/${name}.graphql`), 'utf8');
const document = operation('merge-customers');
const undoing = operation('unmerge-customers');

/** Merges two customers as the bearer of a key. */
export async function mergeAs(
  t: TestService,
  bearer: string,
  from: object,
  into: object,
): Promise<Data> {
  const input = { from, into, reason: 'the same card', idempotencyKey: newKey() };
  const { data, errors } = await t.run(document, { input }, bearer);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data['mergeCustomers'] as Data;
}

/** Undoes a merge as the bearer of a key. */
export async function unmergeAs(t: TestService, bearer: string, merge: string): Promise<Data> {
  const input = { merge, reason: 'another card', idempotencyKey: newKey() };
  const { data, errors } = await t.run(undoing, { input }, bearer);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data['unmergeCustomers'] as Data;
}

export interface Money {
  balance: number;
  held: number;
  owed?: number;
}

/** A customer and their wallet as a bearer sees them. */
export async function walletOf(
  t: TestService,
  id: string,
  bearer: string,
): Promise<{ id: string; wallet: Money }> {
  const text = 'query ($by: CustomerBy!) { customer(by: $by) { id wallet { balance held owed } } }';
  const { data } = await t.run(text, { by: { id } }, bearer);
  return data['customer'] as { id: string; wallet: Money };
}

/** Runs the jobs that a merge leaves work for, until nothing is due. */
export async function settle(t: TestService): Promise<void> {
  const { database, clock, log, config, features } = t.service;
  for (const job of features.flatMap((feature) => feature.jobs)) {
    if (!/^(follow-merges|expire-holds)$/.test(job.name)) continue;
    while ((await job.run({ database, clock, log, config, limits: config.limits })) > 0);
  }
}
