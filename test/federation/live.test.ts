import { Topic } from '../../examples/partner/topic';
import {
  listen,
  until,
  untilNobodyFollows,
  untilSomebodyFollows,
  type Carrier,
} from '../live/listener';
import { Scene } from '../promises/scene';
import { startFederatedService, type FederatedService } from '../support/federated-service';
import type { PartnerGraph } from '../support/partner-server';
import type { Data } from '../support/test-service';

const placed = new Topic<Data>();
let opened = 0;
const customers = {
  Customer: ({ externalId }: Data) => ({ __typename: 'Customer', externalId, tier: 'GOLD' }),
};
const shop = (root: string): PartnerGraph => ({
  sdl: `
    type Query { ${root}Hello: String }
    type Subscription { ${root}: Order! guarded${root}: Order @requiresScopes(scopes: [["mu:platform"]]) }
    type Order @key(fields: "number") { number: Int! buyer: Customer @shareable }
    type Customer @key(fields: "externalId") { externalId: String tier: String @shareable }`,
  fields: {
    [root]: () => {
      opened += 1;
      return placed.listen(root);
    },
  },
  entities: {
    ...customers,
    Order: ({ number }) => ({ __typename: 'Order', number }),
  },
});

let t: FederatedService<'sse' | 'ws'>;
let scene: Scene;
let other: Scene;
let customer: { id: string; externalId: string };
const open: { stop(): void }[] = [];

beforeAll(async () => {
  t = await startFederatedService({
    partners: { sse: shop('placedBySse'), ws: shop('placedByWs') },
    settings: { ws: { subscription: { protocol: 'ws' } } },
  });
  scene = await Scene.create(t, 'live');
  other = await Scene.create(t, 'elsewhere');
  customer = await scene.customer(30);
});
afterAll(async () => {
  for (const listener of open) listener.stop();
  await t.close();
});

function follow(carrier: Carrier, query: string, bearer = scene.brand.apiKey) {
  const listener = listen(carrier, { url: `${t.url}/graphql`, bearer, query });
  open.push(listener);
  return listener;
}

const carriers: Carrier[] = ['WebSocket', 'server-sent events'];

test.each(carriers)('over %s, each of our events has what partners know', async (carrier) => {
  await untilNobodyFollows(t.service.announcements);
  const listener = follow(
    carrier,
    'subscription { walletChanged { amount customer { externalId tier wallet { balance } } } }',
  );
  await untilSomebodyFollows(t.service.announcements);
  t.forget();
  const person = await scene.customer(20);
  const results = await listener.have(2);
  expect(results).toEqual(
    [1, 2].map(() => ({
      data: {
        walletChanged: {
          amount: 10,
          customer: {
            externalId: person.externalId,
            tier: 'GOLD',
            wallet: { balance: expect.any(Number) as number },
          },
        },
      },
    })),
  );
  expect([...t.partners.sse.asked, ...t.partners.ws.asked].length).toBe(2);
  listener.stop();
  await listener.end();
});

const sources = carriers.flatMap((carrier) =>
  ['placedBySse', 'placedByWs'].map((root) => [carrier, root] as const),
);

test.each(sources)(
  'over %s, each event of a partner (%s) has what we know',
  async (carrier, root) => {
    const query = `subscription { ${root} { number buyer { tier wallet { balance } } } }`;
    const partner = root === 'placedBySse' ? t.partners.sse : t.partners.ws;
    t.forget();
    opened = 0;
    const listener = follow(carrier, query);
    const strangers = follow(carrier, query, other.brand.apiKey);
    await until(
      () => opened === 2,
      () => 'nobody listens',
    );
    expect(partner.asked).toHaveLength(2);
    const { externalId } = customer;
    for (const number of [1, 2]) {
      placed.tell({
        __typename: 'Order',
        number,
        buyer: { __typename: 'Customer', externalId, tier: 'NEW' },
      });
    }
    expect(await listener.have(2)).toEqual(
      [1, 2].map((number) => ({
        data: { [root]: { number, buyer: { tier: 'NEW', wallet: { balance: 30 } } } },
      })),
    );
    expect(await strangers.have(2)).toEqual(
      [1, 2].map((number) => ({ data: { [root]: { number, buyer: null } } })),
    );
  },
);

test.each(sources)(
  'over %s, a guarded subscription of a partner (%s) is not opened',
  async (carrier, root) => {
    t.forget();
    const listener = follow(carrier, `subscription { guarded${root} { number } }`);
    await listener.end();
    expect(listener.results.map(({ data }) => data ?? null)).toEqual(
      listener.results.map(() => null),
    );
    expect(t.partners.sse.asked.length + t.partners.ws.asked.length).toBe(0);
  },
);
