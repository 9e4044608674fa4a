import { randomUUID } from 'node:crypto';
import { ask, load, report, startServer, type Series } from './http-load';

const customers = 1000;
const seconds = 5;

const recordAttention = `mutation Load($input: RecordAttentionInput!) {
  recordAttention(input: $input) { grants { amount } wallet { balance } userErrors { code } } }`;
const recordBatch = `mutation LoadBatch($input: RecordAttentionBatchInput!) {
  recordAttentionBatch(input: $input) { results { userErrors { code } } } }`;

/**
 * How many rewarded events a second go through GraphQL, against the same server answering a query that
 * touches no database. Every event is new and is paid; one brand, so one lane and one hot budget.
 */
async function main(): Promise<void> {
  const server = await startServer();
  try {
    const brand = { url: server.url, key: server.brandKey };
    await prepare(brand, server.platformKey);
    let sent = 0;
    const event = () => ({
      customer: { externalId: `c-${(sent += 1) % customers}` },
      action: 'VISIT',
      channel: 'WEB',
      idempotencyKey: randomUUID(),
    });
    const single = () => JSON.stringify({ query: recordAttention, variables: { input: event() } });
    const batch = () =>
      JSON.stringify({
        query: recordBatch,
        variables: { input: { events: Array.from({ length: 100 }, event) } },
      });
    const series: Record<string, Series> = {};
    series['{ __typename }, 128'] = await load(
      brand,
      128,
      seconds,
      () => '{"query":"{ __typename }"}',
    );
    for (const connections of [1, 16, 128, 512]) {
      series[`recordAttention, ${connections}`] = await load(brand, connections, seconds, single);
    }
    const batches = await load(brand, 8, seconds, batch);
    series['recordAttentionBatch of 100, 8 (events)'] = {
      ...batches,
      perSecond: batches.perSecond * 100,
    };
    report('Rewarded events through GraphQL', series);
  } finally {
    await server.stop();
  }
}

async function prepare(brand: { url: string; key: string }, platformKey: string): Promise<void> {
  const data = await ask(brand, '{ brand { id } }');
  const { id } = data['brand'] as { id: string };
  await ask(
    { ...brand, key: platformKey },
    'mutation Fund($input: IssueMuInput!) { issueMu(input: $input) { userErrors { code } } }',
    { input: { brandId: id, amount: 10 ** 12, reason: 'load', idempotencyKey: randomUUID() } },
  );
  await ask(
    brand,
    'mutation Rule($input: UpsertEarnRuleInput!) { upsertEarnRule(input: $input) { userErrors { code } } }',
    {
      input: {
        name: 'visit',
        action: 'VISIT',
        amount: 1,
        perCustomerPerDay: 10_000,
        idempotencyKey: randomUUID(),
      },
    },
  );
  await Promise.all(
    Array.from({ length: customers }, (_, n) =>
      ask(
        brand,
        'mutation Who($input: IdentifyCustomerInput!) { identifyCustomer(input: $input) { userErrors { code } } }',
        { input: { externalId: `c-${n}`, idempotencyKey: randomUUID() } },
      ),
    ),
  );
}

void main();
