import { brandId } from '../../src/brands';
import { createSigner } from '../rewards/webhooks/sendgrid-signer';
import { afterwards, cleanUp } from '../support/afterwards';
import { assertBooks } from '../support/invariants';
import { SpawnedService } from '../support/spawned-service';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { newKey, type Data } from '../support/test-service';
import { fundBrand, tell, visit, visitOf, type FundedBrand } from './brands';

const people = 15;

const record = `mutation ($input: RecordAttentionBatchInput!) {
  recordAttentionBatch(input: $input) { results { event { id } grants { amount } userErrors { code } }
    userErrors { code } } }`;

let database: TestDatabase;
let servers: SpawnedService[];
let brand: FundedBrand;

beforeAll(async () => {
  database = await createTestDatabase();
  afterwards(() => database.drop());
  servers = [1, 2].map(() => new SpawnedService({ DATABASE_URL: database.url }));
});

beforeEach(async () => {
  brand = await fundBrand(servers[0]!, people);
});

afterAll(cleanUp);

function shuffled<T>(list: readonly T[]): T[] {
  const keyed = list.map((item) => ({ item, at: Math.random() }));
  return keyed.sort((a, b) => a.at - b.at).map(({ item }) => item);
}

function parts<T>(list: readonly T[], size: number): T[][] {
  return list.length === 0 ? [] : [list.slice(0, size), ...parts(list.slice(size), size)];
}

/** Delivers a file three times at once, each time in another order and cut otherwise, to both servers. */
async function deliver<T>(
  file: readonly T[],
  send: (server: SpawnedService, part: T[]) => Promise<void>,
): Promise<void> {
  const deliveries = [7, 11, 20].flatMap((size) => parts(shuffled(file), size));
  const sent = shuffled(deliveries).map((part, at) =>
    send(servers[at % 2] as SpawnedService, part),
  );
  await Promise.all(sent);
}

/** What a brand's database rows amount to; `balances` are the different ones of its customers. */
async function totals(): Promise<Data> {
  const [row] = await database.query<Data>(
    `SELECT (SELECT count(*)::int FROM attention_events WHERE brand_id = $1) AS events,
       (SELECT count(*)::int FROM deliveries WHERE brand_id = $1) AS deliveries,
       (SELECT count(*)::int FROM transfers WHERE brand_id = $1 AND kind = 'GRANT') AS grants,
       (SELECT array_agg(DISTINCT balance::int) FROM wallet_shares WHERE brand_id = $1) AS balances`,
    [brandId.decode(brand.id)],
  );
  return row!;
}

describe('a file of events that is delivered three times, shuffled and at once', () => {
  it('by the batch mutation is stored and paid once an event (P14, F14, F15)', async () => {
    const file = brand.customers.flatMap((customer) =>
      Array.from({ length: 4 }, () => visitOf(customer, newKey())),
    );
    const answers = new Map<string, Set<string>>();
    await deliver(file, async (server, events) => {
      const answer = await server.ask(record, { input: { events } }, brand.apiKey);
      const { results } = answer.data['recordAttentionBatch'] as { results: Data[] };
      results.forEach((result, at) => {
        const { idempotencyKey } = events[at] as { idempotencyKey: string };
        const known = answers.get(idempotencyKey) ?? new Set();
        answers.set(idempotencyKey, known.add(JSON.stringify(result)));
      });
    });
    expect([...answers.values()].every((told) => told.size === 1)).toBe(true);
    expect(await totals()).toEqual({
      events: people * 4,
      deliveries: 0,
      grants: people * 4,
      balances: [40],
    });
    // The same event under another key is another event; otherwise the look above would be blind.
    const [first] = file;
    const customer = (first?.['customer'] as { externalId: string }).externalId;
    await tell(servers[0]!, brand.apiKey, visit, visitOf(customer, newKey()));
    expect((await totals())['events']).toBe(people * 4 + 1);
    await assertBooks(database);
  });

  it('by a mail provider’s webhook is stored and paid once a report (P14, F14)', async () => {
    const signer = createSigner();
    await tell(
      servers[0]!,
      brand.apiKey,
      'mutation ($input: UpdateBrandInput!) { updateBrand(input: $input) { userErrors { code } } }',
      { sendgridPublicKey: signer.publicKey, idempotencyKey: newKey() },
    );
    await tell(
      servers[0]!,
      brand.apiKey,
      'mutation ($input: UpsertEarnRuleInput!) { upsertEarnRule(input: $input) { userErrors { code } } }',
      { name: 'click', action: 'CLICK', amount: 5, idempotencyKey: newKey() },
    );
    await tell(
      servers[0]!,
      brand.apiKey,
      'mutation ($input: RecordMessageInput!) { recordMessage(input: $input) { userErrors { code } } }',
      {
        externalId: 'letter',
        channel: 'EMAIL',
        openMu: 3,
        actionMuMax: 5,
        audience: people,
        idempotencyKey: newKey(),
      },
    );
    const timestamp = Math.floor(Date.now() / 1000);
    const file = brand.customers.flatMap((customer) =>
      ['delivered', 'open', 'click', 'click'].map((event) => ({
        event,
        email: `${customer}@example.com`,
        timestamp,
        sg_event_id: newKey(),
        message_external_id: 'letter',
      })),
    );
    await deliver(file, async (server, events) => {
      const body = Buffer.from(JSON.stringify(events));
      const response = await fetch(`${await server.ready()}/webhooks/${brand.id}/sendgrid`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(signer.headersFor(body, new Date()) as Record<string, string>),
        },
        body: new Uint8Array(body),
      });
      expect(await response.json()).toEqual({ accepted: events.length, ignored: 0, refused: 0 });
    });
    // Each has opened and clicked; the second click of a letter pays nothing.
    expect(await totals()).toEqual({
      events: people * 3,
      deliveries: people,
      grants: people * 2,
      balances: [8],
    });
    await assertBooks(database);
  });
});
