import type { RequestListener, ServerResponse } from 'node:http';
import { rawPartner, startBefore } from '../support/raw-partners';
import { until } from '../support/toy-partner';
import { partnerWords, shopSdl } from './shop-graph';
import {
  everything,
  expectPartLost,
  namesIn,
  ours,
  startShopScene,
  type ShopScene,
} from './shop-scene';

const words = `${partnerWords.join(' ')} at /srv/shop/index.js:3`;
const page = `<html><body>${words}</body></html>`;
const good = JSON.stringify({ data: { order: { __typename: 'Order', total: 7, note: words } } });

const typed =
  (type: string, write: (response: ServerResponse) => void): RequestListener =>
  (request, response) => {
    request.resume();
    response.setHeader('content-type', type);
    write(response);
  };
const json = (write: (response: ServerResponse) => void) => typed('application/json', write);
const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** Partners that give no answer that could be used. */
const broken: [string, RequestListener][] = [
  ['answers nothing within its time', (request) => void request.resume()],
  ['hangs after its headers', json((response) => response.flushHeaders())],
  [
    'drips its body',
    json((response) => {
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    }),
  ],
  ['answers a page', typed('text/html', (response) => response.end(page))],
  [
    'answers 500 and a text',
    typed('text/plain', (response) => {
      response.statusCode = 500;
      response.end(words);
    }),
  ],
  ['answers a page that says it is JSON', json((response) => response.end(page))],
  ['cuts its JSON short', json((response) => response.end(good.slice(0, -9)))],
  [
    'is cut off in its body',
    json((response) => {
      response.write(good.slice(0, 20), () => response.destroy());
    }),
  ],
  ['resets the connection', (request) => request.socket.resetAndDestroy()],
  ['answers an empty object', json((response) => response.end('{}'))],
  ['answers no data and no errors', json((response) => response.end('{"data":null}'))],
  ['answers null', json((response) => response.end('null'))],
  ['answers a list', json((response) => response.end('[{"data":{}}]'))],
  ['answers a number for data', json((response) => response.end('{"data":7}'))],
  ['answers errors that are no list', json((response) => response.end(`{"errors":"${words}"}`))],
  ['answers data without a field', json((response) => response.end('{"data":{}}'))],
  ['answers with a thousand levels', json((response) => response.end(`{"data":${deep(1000)}}`))],
  [
    'answers with two hundred thousand levels in every field',
    json((response) => {
      const junk = deep(200_000);
      response.end(`{"data":{"order":${junk},"_entities":${junk},"_e0":${junk}}}`);
    }),
  ],
  [
    'sends a redirect',
    (_request, response) => {
      response.writeHead(302, { location: 'http://db.internal/' }).end();
    },
  ],
  [
    'says that it is compressed',
    (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(Buffer.from([31, 139, 8, 0, 1, 2, 3]));
    },
  ],
];

let scene: ShopScene;

beforeAll(async () => {
  const limits = { subgraphTimeoutMs: 300, subgraphFailures: 3, subgraphPauseMs: 400 };
  scene = await startShopScene({ limits });
});
afterAll(() => scene.close());
beforeEach(() => scene.recover());

it('A partner in good health costs nothing, and twenty customers are asked for at once', async () => {
  const { shop, ask } = scene;
  const { data, codes } = await ask(everything);
  expect(codes).toEqual([]);
  expect(namesIn(data)).toEqual(ours);
  const [last] = data['customers'].nodes.slice(-1);
  expect(last).toMatchObject({ tier: 'gold', spent: 12, orders: [{ total: 3 }] });
  expect(data['order']).toEqual({ total: 7, note: 'ours' });
  expect(shop.heard).toHaveLength(2);
});

it.each(broken)(
  'A partner that %s costs its own fields (G6, P19, F8, F9, F10)',
  async (_what, listener) => {
    scene.shop.answers(listener);
    expectPartLost(await scene.ask(everything), scene.shop);
  },
);

it('A partner that nobody listens at costs its own fields, and no time once it is known (P19, F8)', async () => {
  const { t, brand } = scene;
  const nowhere = await rawPartner();
  await nowhere.close();
  const limits = { subgraphFailures: 2, subgraphPauseMs: 60_000 };
  const entries = { shop: { sdl: shopSdl, url: nowhere.url } };
  const other = await startBefore(entries, { database: t.database, limits });
  const ask = () => other.ask(everything, {}, brand.apiKey);
  for (let time = 0; time < 3; time += 1) expectPartLost(await ask(), nowhere);
  const unasked = async (): Promise<number> => {
    const { text } = await other.fetch('/metrics');
    return Number(/rewards_subgraph_refused_total\{subgraph="shop"\} (\d+)/.exec(text)?.[1] ?? 0);
  };
  const before = await unasked();
  expectPartLost(await ask(), nowhere);
  expect(await unasked()).toBeGreaterThan(before);
  await other.close();
});

it('A partner that fails is left alone, told of in figures and health, and asked again when it is back', async () => {
  const { t, shop, ask } = scene;
  let asked = 0;
  shop.answers((request) => {
    asked += 1;
    request.socket.destroy();
  });
  for (let time = 0; time < 4; time += 1) await ask('{ order(id: "o1") { total } }');
  const before = asked;
  expectPartLost(await ask(everything), shop);
  expect(asked).toBe(before);
  const { status, json } = await t.fetch('/health/ready?verbose');
  expect(status).toBe(200);
  expect(json).toMatchObject({ status: 'ready', subgraphs: [{ name: 'shop', breaker: 'open' }] });
  const { text } = await t.fetch('/metrics');
  expect(text).toContain('rewards_subgraph_breaker{subgraph="shop",state="open"} 1');
  expect(text).toMatch(/rewards_subgraph_refused_total\{subgraph="shop"\} [1-9]/);
  await scene.recover();
  const after = await t.fetch('/health/ready?verbose');
  expect(after.json['subgraphs']).toMatchObject([{ name: 'shop', breaker: 'closed' }]);
  expect((await ask(everything)).codes).toEqual([]);
});

it('A mutation is sent to a partner once, whatever becomes of its answer', async () => {
  const { shop, ask } = scene;
  for (const [, listener] of broken.slice(6, 9)) {
    await scene.recover();
    let asked = 0;
    shop.answers((request, response) => {
      asked += 1;
      listener(request, response);
    });
    const { codes } = await ask('mutation { placeOrder(key: "k") { total } }');
    expect(codes).toEqual(['UNAVAILABLE']);
    expect(asked).toBe(1);
  }
});

it('An answer of 300 MB is left at the limit, and nobody else waits for it (F11)', async () => {
  const { shop, ask } = scene;
  let sent = 0;
  const chunk = Buffer.alloc(64 * 1024, 'x');
  shop.answers((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/json');
    const pour = (): void => {
      while (sent < 300 * 1024 * 1024 && !response.destroyed) {
        sent += chunk.length;
        if (!response.write(chunk)) return void response.once('drain', pour);
      }
    };
    pour();
  });
  const before = process.memoryUsage().rss;
  const latencies: number[] = [];
  const race = { over: false };
  const lost = ask(everything).finally(() => (race.over = true));
  while (!race.over) {
    const started = performance.now();
    await ask('{ brand { slug } }');
    latencies.push(performance.now() - started);
  }
  expectPartLost(await lost, shop);
  latencies.sort((one, next) => one - next);
  expect(latencies[latencies.length >> 1]).toBeLessThan(500);
  expect(sent).toBeLessThan(64 * 1024 * 1024);
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  await until(() => shop.open.size <= 1);
});
