import { listen, untilNobodyFollows, untilSomebodyFollows } from '../live/listener';
import {
  rawPartner,
  sendJson,
  startBefore,
  type RawEntry,
  type RawPartner,
  type ServiceBeforePartners,
} from '../support/raw-partners';
import { newKey, type TestBrand } from '../support/test-service';
import { until } from '../support/toy-partner';
import { entitiesOf, healthy, shopSdl } from './shop-graph';

const deskSdl = 'type Customer @key(fields: "id") { id: ID! tickets: Int }';

let t: ServiceBeforePartners;
let shop: RawPartner;
let desk: RawPartner;
let brand: TestBrand;
let customerId: string;

const keyed = (key: string): Record<string, RawEntry> => ({
  // It is held until the change has come, however long that takes.
  shop: { sdl: shopSdl, url: shop.url, settings: { timeout: 60_000 } },
  desk: { sdl: deskSdl, url: desk.url, settings: { headers: { 'x-desk-key': key } } },
});

beforeAll(async () => {
  [shop, desk] = [await rawPartner(), await rawPartner()];
  t = await startBefore(keyed('first'));
  brand = await t.createBrand('brand-a', { budget: 1000 });
  const { data } = await ask(
    `mutation ($input: IdentifyCustomerInput!) { identifyCustomer(input: $input) { customer { id } } }`,
    { input: { externalId: 'asha', idempotencyKey: newKey() } },
  );
  await ask(
    `mutation ($key: String!) { upsertEarnRule(input: {
      name: "scan", action: SCAN, amount: 3, perCustomerPerDay: 100, idempotencyKey: $key }) { replayed } }`,
    { key: newKey() },
  );
  customerId = data['identifyCustomer'].customer.id;
  desk.says(({ query, representations }) => ({
    data: entitiesOf(
      query,
      representations.map(({ id }) => ({ __typename: 'Customer', id, tickets: 2 })),
    ),
  }));
});
afterAll(async () => {
  await t.close();
  await shop.close();
  await desk.close();
});

const ask = (query: string, variables = {}) => t.ask(query, variables, brand.apiKey);

/** Pays the customer 3 Mu, which those who listen are told of. */
async function scan(): Promise<void> {
  const input = { customer: { externalId: 'asha' }, action: 'SCAN', idempotencyKey: newKey() };
  await ask(
    'mutation ($input: RecordAttentionInput!) { recordAttention(input: $input) { replayed } }',
    { input },
  );
}

const tickets = '{ customer(by: { externalId: "asha" }) { tickets } }';

/** Gives the desk another key, and waits until it is asked with that. */
async function changeKey(key: string): Promise<void> {
  t.configure(keyed(key));
  while (desk.heard.at(-1)?.headers['x-desk-key'] !== key) {
    await ask(tickets);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

it('An operation under way while a partner’s key changes is answered in full (P19, F22)', async () => {
  const held: (() => void)[] = [];
  shop.answers((request, response) => {
    request.resume();
    const by = { __typename: 'Customer', id: customerId };
    held.push(() => sendJson(response, { data: { order: { __typename: 'Order', total: 7, by } } }));
  });
  const answer = ask('{ order(id: "o1") { total by { externalId tickets } } }');
  await until(() => held.length === 1);
  await changeKey('second');
  held[0]?.();
  const { data, codes } = await answer;
  expect(codes).toEqual([]);
  expect(data['order']).toEqual({ total: 7, by: { externalId: 'asha', tickets: 2 } });
  shop.says(healthy);
});

it('A subscription that began before a partner’s key changed goes on being told of its fields', async () => {
  const follower = listen('WebSocket', {
    url: `${t.url}/graphql`,
    bearer: brand.apiKey,
    query: 'subscription { walletChanged { amount customer { externalId tickets } } }',
  });
  await untilSomebodyFollows(t.service.announcements);
  await changeKey('third');
  await scan();
  const [told] = await follower.have(1);
  follower.stop();
  expect(told?.errors).toBeUndefined();
  expect(told?.data).toMatchObject({
    walletChanged: { customer: { externalId: 'asha', tickets: 2 } },
  });
});

it('An event is told with null and an error where a partner is lost', async () => {
  await untilNobodyFollows(t.service.announcements);
  const follower = listen('WebSocket', {
    url: `${t.url}/graphql`,
    bearer: brand.apiKey,
    query: 'subscription { walletChanged { amount customer { externalId tier } } }',
  });
  await untilSomebodyFollows(t.service.announcements);
  shop.answers((request) => request.socket.destroy());
  await scan();
  const [told] = await follower.have(1);
  follower.stop();
  expect(told?.data).toMatchObject({
    walletChanged: { customer: { externalId: 'asha', tier: null } },
  });
  expect(told?.errors).toMatchObject([
    {
      path: ['walletChanged', 'customer', 'tier'],
      extensions: { code: 'UNAVAILABLE', subgraph: 'shop' },
    },
  ]);
});
