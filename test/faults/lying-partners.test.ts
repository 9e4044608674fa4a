import { computingMs } from '../support/computing-time';
import type { Data } from '../support/test-service';
import type { Sent } from '../support/raw-partners';
import { customer, entitiesOf, partnerWords } from './shop-graph';
import {
  everything,
  expectSilent,
  namesIn,
  ours,
  startShopScene,
  type ShopScene,
} from './shop-scene';

let scene: ShopScene;

beforeAll(async () => {
  const limits = { subgraphTimeoutMs: 1000, subgraphFailures: 1000 };
  scene = await startShopScene({ limits });
});
afterAll(() => scene.close());
beforeEach(() => scene.recover());

const words = partnerWords.join(' ');
const order: Data = { __typename: 'Order', id: 'o1', total: 7, note: 'ours' };

/** Answers of the shop made of the customers it is asked for and of the order it has. */
type Lie = (
  people: Data[],
  order: Data,
) => { entities?: unknown; order?: unknown; errors?: unknown };

const lies: [string, Lie][] = [
  ['leaves a customer out', (all) => ({ entities: all.slice(1) })],
  ['adds a customer', (all) => ({ entities: [...all, all[0]] })],
  ['answers customers as an object', (all) => ({ entities: Object.fromEntries(all.entries()) })],
  ['answers customers as null', () => ({ entities: null })],
  ['answers each customer as a text', (all) => ({ entities: all.map(() => words) })],
  ['answers each customer as a list', (all) => ({ entities: all.map((one) => [one]) })],
  [
    'calls customers orders',
    (all) => ({ entities: all.map((one) => ({ ...one, __typename: 'Order', tier: 7 })) }),
  ],
  [
    'gives tiers that are objects',
    (all) => ({ entities: all.map((one) => ({ ...one, tier: { words } })) }),
  ],
  [
    'gives numbers that are none',
    (all) => ({ entities: all.map((one) => ({ ...one, spent: 1.5, tier: 8 })) }),
  ],
  [
    'gives an order a foreign type',
    () => ({ order: { ...order, __typename: 'Customer', total: words } }),
  ],
  [
    'gives an order a type nobody knows',
    () => ({ order: { ...order, __typename: words, total: null } }),
  ],
  ['gives totals as texts', () => ({ order: { ...order, total: '7' } })],
  ['answers an order as a list', () => ({ order: [order] })],
];

const errorsBeside: [string, unknown[]][] = [
  ['that lead nowhere', [{ message: words, path: ['order', 'nothing', 7, 'here'] }]],
  [
    'out of range',
    [
      { message: words, path: ['_entities', 99999, 'tier'] },
      { message: words, path: ['_entities', -1] },
    ],
  ],
  [
    'with paths of texts',
    [
      { message: words, path: [words, 'order'] },
      { message: words, path: words },
    ],
  ],
  [
    'at the root of objects',
    [
      { message: words, path: ['__proto__', 'polluted'] },
      { message: words, path: ['constructor', 'prototype', 'polluted'] },
    ],
  ],
  ['that are no objects', [words, 7, null, [words]]],
  [
    'that say who they are',
    [
      {
        message: words,
        extensions: {
          code: words,
          subgraph: words,
          retryable: words,
          errorId: words,
          stacktrace: [words],
          exception: { url: 'http://db.internal' },
        },
      },
    ],
  ],
  [
    'with codes of ours',
    ['INTERNAL', 'UNAUTHENTICATED', 'PERSISTED_QUERY_NOT_FOUND', 'constructor', '__proto__'].map(
      (code) => ({ message: words, extensions: { code, subgraph: 'rewards' } }),
    ),
  ],
  [
    'by the ten thousand',
    Array.from({ length: 10_000 }, (_, at) => ({
      message: words,
      path: ['_entities', at % 20, 'tier'],
    })),
  ],
];

function lying(lie: Lie): (sent: Sent) => unknown {
  return ({ query, representations }) => {
    const { entities, order: said, errors } = lie(representations.map(customer), order);
    const all = representations.map(customer);
    const asksEntities = representations.length > 0;
    const data = asksEntities
      ? entitiesOf(query, entities === undefined ? all : entities)
      : { order: said === undefined ? order : said, extra: words, [words]: words };
    return { data, ...(errors === undefined ? {} : { errors }), extensions: { words } };
  };
}

it.each(lies)('A partner that %s is believed nothing of it (G6, P19, F9)', async (_what, lie) => {
  scene.shop.says(lying(lie));
  const { data, json, text, status } = await scene.ask(everything);
  expect(status).toBe(200);
  expect(namesIn(data)).toEqual(ours);
  expect(json['errors'].length).toBeGreaterThan(0);
  expect(json['errors'].length).toBeLessThanOrEqual(10);
  for (const { extensions } of json['errors']) {
    expect(extensions).toMatchObject({ code: 'UNAVAILABLE', subgraph: 'shop' });
  }
  expectSilent(text, scene.shop);
});

it.each(errorsBeside)(
  'Errors %s beside good data say nothing of themselves',
  async (_what, errors) => {
    scene.shop.says(lying(() => ({ errors })));
    const { data, text, json } = await scene.ask(everything);
    expect(namesIn(data)).toEqual(ours);
    expect(data['customers'].nodes.map(({ tier }: Data) => tier)).toEqual(ours.map(() => 'gold'));
    expect(data['order']).toEqual({ total: 7, note: 'ours' });
    expect(json['errors'].length).toBeLessThanOrEqual(10);
    for (const { extensions } of json['errors']) expect(extensions['subgraph']).toBe('shop');
    expectSilent(text, scene.shop);
    expect({}).not.toHaveProperty('polluted');
  },
);

it('A partner that names keys after the inside of objects changes no object', async () => {
  scene.shop.answers((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/json');
    const bad = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"total":7}';
    response.end(`{"data":{"order":${bad},"__proto__":{"polluted":1},"_entities":[${bad}]}}`);
  });
  const { data } = await scene.ask('{ order(id: "o1") { total note } }');
  expect(data['order']).toEqual({ total: 7, note: null });
  expect({}).not.toHaveProperty('polluted');
});

it('A value without bounds in a field of free JSON costs that field', async () => {
  const junk = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
  scene.shop.answers((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/json');
    response.end(`{"data":{"order":{"__typename":"Order","detail":${junk}}}}`);
  });
  const { data, codes, status } = await scene.ask('{ brand { slug } order(id: "o1") { detail } }');
  expect({ status, data }).toEqual({
    status: 200,
    data: { brand: { slug: 'brand-a' }, order: null },
  });
  expect(codes).toEqual(['UNAVAILABLE']);
});

it('A hundred thousand items of a partner hold nobody up for long', async () => {
  const items = Array.from(
    { length: 100_000 },
    (_, at) => `{"__typename":"Order","total":${at % 2 ? at : '"x"'}}`,
  );
  const body = `{"data":{"orders":[${items.join(',')}]}}`;
  scene.shop.answers((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/json');
    response.end(body);
  });
  let codes: string[] = [];
  const ask = async () => ({ codes } = await scene.ask('{ orders { total } brand { slug } }'));
  expect(await computingMs(ask)).toBeLessThan(3000);
  expect(codes.length).toBeLessThanOrEqual(10);
});

it('More of our entities in a partner’s answer than a router may ask for are asked for in parts or lost alone', async () => {
  const by = `{"__typename":"Order","total":1,"by":{"__typename":"Customer","id":"ID"}}`;
  const items = Array.from({ length: 5000 }, (_, at) => by.replace('ID', `cus_${at}`));
  scene.shop.answers((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/json');
    response.end(`{"data":{"orders":[${items.join(',')}]}}`);
  });
  let [data, codes]: [Data, string[]] = [{}, []];
  const query = '{ orders { total by { externalId } } brand { slug } }';
  const ask = async () => ({ data, codes } = await scene.ask(query));
  expect(await computingMs(ask)).toBeLessThan(3000);
  expect(data['brand']).toEqual({ slug: 'brand-a' });
  expect(codes.length).toBeLessThanOrEqual(10);
});
