import type { RequestListener } from 'node:http';
import type { Partner } from '../../../src/gateway';
import { fetchOf, partnerAt, toyServer, until, type ToyServer } from '../../support/toy-partner';

const query = 'query { orders }';
let ask = 0;
let listener: RequestListener = () => undefined;
let server: ToyServer;
let partner: Partner;

beforeEach(async () => {
  ask = 0;
  server = await toyServer((request, response) => {
    ask += 1;
    response.setHeader('content-type', 'application/json');
    listener(request, response);
  });
});

afterEach(async () => {
  await partner.close();
  await server.close();
});

const answers: RequestListener = (_, response) => response.end('{"data": {"orders": 1}}');
const breaks: RequestListener = (request) => request.socket.destroy();
const fails: RequestListener = (_, response) => {
  response.statusCode = 500;
  response.end('{}');
};

/** The first request meets one fate, the others another. */
const first =
  (one: RequestListener, others: RequestListener): RequestListener =>
  (request, response) =>
    (ask === 1 ? one : others)(request, response);

const reasonOf = (text = query) =>
  partner.ask(fetchOf(text)).then(
    () => 'answered',
    (error: unknown) => (error as { reason: string }).reason,
  );

it('A query whose connection broke is sent once more', async () => {
  listener = first(breaks, answers);
  const made = partnerAt(server.url);
  ({ partner } = made);
  await expect(partner.ask(fetchOf(query))).resolves.toMatchObject({ data: { orders: 1 } });
  expect(ask).toBe(2);
  expect(made.report.retries).toBe(1);
  expect(made.report.requests.map(({ outcome }) => outcome)).toEqual(['connection', 'answered']);
});

it.each([502, 503, 504])('A query that a proxy answered %i is sent once more', async (status) => {
  listener = first((_, response) => response.writeHead(status).end(), answers);
  ({ partner } = partnerAt(server.url));
  expect(await reasonOf()).toBe('answered');
  expect(ask).toBe(2);
});

it.each([0, 1, 2])('A query is sent again %i times at the most', async (subgraphRetries) => {
  listener = breaks;
  ({ partner } = partnerAt(server.url, { subgraphRetries }));
  expect(await reasonOf()).toBe('connection');
  expect(ask).toBe(1 + subgraphRetries);
});

it('A query that the partner itself failed is not sent again', async () => {
  listener = fails;
  ({ partner } = partnerAt(server.url));
  expect(await reasonOf()).toBe('status');
  expect(ask).toBe(1);
});

it('A mutation is never sent twice', async () => {
  listener = breaks;
  ({ partner } = partnerAt(server.url, { subgraphRetries: 3 }));
  expect(await reasonOf('mutation { order }')).toBe('connection');
  expect(ask).toBe(1);
});

it('All tries together have the time of one fetch', async () => {
  listener = breaks;
  ({ partner } = partnerAt(server.url, { subgraphRetries: 1000 }, { timeoutMs: 300 }));
  expect(await reasonOf()).toMatch(/connection|timeout/);
  expect(ask).toBeLessThan(20);
});

it('A partner is left alone after failures in a row, not one earlier', async () => {
  listener = fails;
  const made = partnerAt(server.url, { subgraphFailures: 3, subgraphPauseMs: 60_000 });
  ({ partner } = made);
  for (let at = 0; at < 2; at += 1) await reasonOf();
  expect(partner.health().breaker).toBe('closed');
  await reasonOf();
  expect(partner.health().breaker).toBe('open');
  expect(await reasonOf()).toBe('open');
  expect(ask).toBe(3);
  expect(made.report).toMatchObject({ refusals: 1, states: ['closed', 'open'] });
});

it('One usable answer forgives the failures before it', async () => {
  listener = (request, response) => (ask === 3 ? answers : fails)(request, response);
  ({ partner } = partnerAt(server.url, { subgraphFailures: 3, subgraphPauseMs: 60_000 }));
  for (let at = 0; at < 5; at += 1) await reasonOf();
  expect(partner.health().breaker).toBe('closed');
  await reasonOf();
  expect(partner.health().breaker).toBe('open');
});

it('A partner that answers with GraphQL errors is alive', async () => {
  listener = (_, response) => response.end('{"data": null, "errors": [{"message": "no"}]}');
  ({ partner } = partnerAt(server.url, { subgraphFailures: 1 }));
  expect(await reasonOf()).toBe('answered');
  expect(partner.health().breaker).toBe('closed');
});

it('A query and its second try are one failure', async () => {
  listener = breaks;
  ({ partner } = partnerAt(server.url, { subgraphFailures: 2, subgraphPauseMs: 60_000 }));
  await reasonOf();
  expect(ask).toBe(2);
  expect(partner.health().breaker).toBe('closed');
});

it('After the pause one request tries, and the others do not wait for it', async () => {
  listener = fails;
  const made = partnerAt(server.url, { subgraphFailures: 1, subgraphPauseMs: 50 });
  ({ partner } = made);
  await reasonOf();
  await new Promise((resolve) => setTimeout(resolve, 60));
  const held: (() => void)[] = [];
  listener = (request, response) => held.push(() => answers(request, response));
  const trial = reasonOf('query { trial }');
  await until(() => held.length === 1);
  expect(partner.health().breaker).toBe('half-open');
  expect(await reasonOf('query { other }')).toBe('open');
  held[0]!();
  expect(await trial).toBe('answered');
  expect(partner.health().breaker).toBe('closed');
  expect(made.report.states).toEqual(['closed', 'open', 'half-open', 'closed']);
});

it('A trial that fails leaves the partner alone again', async () => {
  listener = fails;
  ({ partner } = partnerAt(server.url, { subgraphFailures: 1, subgraphPauseMs: 50 }));
  await reasonOf();
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(await reasonOf()).toBe('status');
  expect(partner.health().breaker).toBe('open');
  expect(ask).toBe(2);
});

it('What HTTP cannot carry is no failure of the partner', async () => {
  ({ partner } = partnerAt(server.url, { subgraphFailures: 1 }, { headers: { key: 'a\nb' } }));
  expect(await reasonOf()).toBe('unsendable');
  expect(partner.health().breaker).toBe('closed');
  expect(ask).toBe(0);
});

it('Answers that are too large do not have a partner left alone', async () => {
  listener = (_, response) => response.end(`{"data": {"orders": "${'x'.repeat(200)}"}}`);
  ({ partner } = partnerAt(server.url, { subgraphBytes: 100, subgraphFailures: 2 }));
  for (let time = 0; time < 4; time += 1) expect(await reasonOf()).toBe('too-large');
  expect(partner.health().breaker).toBe('closed');
});
