import type { Partner } from '../../../src/gateway';
import { brandId, customerId } from '../../../src/platform/auth/principal-ids';
import type { Caller } from '../../../src/platform/auth/caller';
import {
  answering,
  fetchOf,
  partnerAt,
  toyServer,
  until,
  type Heard,
  type ToyServer,
} from '../../support/toy-partner';

let heard: Heard[] = [];
let gate: Promise<void> = Promise.resolve();
let server: ToyServer;
let partner: Partner;

beforeEach(async () => {
  heard = [];
  gate = Promise.resolve();
  const answer = answering(heard, ({ body }) => ({ data: { echo: JSON.parse(body) } }));
  server = await toyServer((request, response) => {
    void gate.then(() => answer(request, response));
  });
});

afterEach(async () => {
  await partner.close();
  await server.close();
});

const brand: Caller = { kind: 'brand', brandId: brandId.create(), keyId: 'k', scopes: ['mu:read'] };
const person = {
  kind: 'customer',
  customerId: customerId.create(),
  brandId: brand.brandId,
} as const;

function closedGate(): () => void {
  let open: () => void = () => undefined;
  gate = new Promise((resolve) => (open = resolve));
  return open;
}

it('A partner gets the operation and its variables, and its answer comes back', async () => {
  const made = partnerAt(server.url);
  ({ partner } = made);
  const answer = await partner.ask(fetchOf('query ($n: Int) { echo(n: $n) }', { n: 3 }));
  const sent = { query: 'query ($n: Int) { echo(n: $n) }', variables: { n: 3 } };
  expect(answer).toEqual({ data: { echo: sent }, errors: [] });
  expect(heard[0]!.path).toBe('/graphql?shop=1');
  expect(heard[0]!.headers).toMatchObject({
    accept: 'application/graphql-response+json, application/json',
    'accept-encoding': 'identity',
    'content-type': 'application/json',
  });
  const [over] = made.report.requests;
  expect(over).toMatchObject({ subgraph: 'shop', kind: 'query', outcome: 'answered' });
  expect(over!.bytes).toBe(JSON.stringify({ data: { echo: sent } }).length);
  expect(over!.seconds).toBeGreaterThan(0);
  expect(partner.health()).toMatchObject({ breaker: 'closed', underWay: 0, lastFault: null });
  expect(partner.health().lastAnswerAt).toBeInstanceOf(Date);
});

it('Requests one after the other share a connection', async () => {
  ({ partner } = partnerAt(server.url));
  for (let at = 0; at < 20; at += 1) await partner.ask(fetchOf('query { a }', { at }));
  expect(heard).toHaveLength(20);
  // A connection is free a moment after its answer has been read; a second one may step in.
  expect(server.connections).toBeLessThanOrEqual(2);
});

it('Ten equal queries under way are one request, and each has an answer of its own', async () => {
  const made = partnerAt(server.url);
  ({ partner } = made);
  const open = closedGate();
  const asked = Array.from({ length: 10 }, () =>
    made.partner.ask(fetchOf('query { a }', { n: 1 })),
  );
  await until(() => made.report.shares === 9 || heard.length > 1);
  open();
  const answers = await Promise.all(asked);
  expect(heard).toHaveLength(1);
  expect(new Set(answers.map(({ data }) => data)).size).toBe(10);
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  await partner.ask(fetchOf('query { a }', { n: 1 }));
  expect(heard).toHaveLength(2);
});

it('Ten equal queries that fail fail together, and the next one is sent', async () => {
  const made = partnerAt(server.url, { subgraphTimeoutMs: 100 });
  ({ partner } = made);
  const open = closedGate();
  const asked = Array.from({ length: 10 }, () => made.partner.ask(fetchOf('query { a }')));
  for (const { status } of await Promise.allSettled(asked)) expect(status).toBe('rejected');
  expect(made.report.requests).toHaveLength(1);
  open();
  gate = Promise.resolve();
  await expect(partner.ask(fetchOf('query { a }'))).resolves.toMatchObject({ errors: [] });
});

it.each([
  ['other variables', fetchOf('query { a }', { n: 2 })],
  ['another operation', fetchOf('query { b }', { n: 1 })],
  ['another caller', fetchOf('query { a }', { n: 1 }, { caller: brand })],
  ['another header', fetchOf('query { a }', { n: 1 }, { clientHeaders: { 'x-shop': 'b' } })],
])('Queries under way with %s are not shared', async (_, other) => {
  const made = partnerAt(server.url, {}, { forward: ['x-shop'] });
  ({ partner } = made);
  await Promise.all([partner.ask(fetchOf('query { a }', { n: 1 })), partner.ask(other)]);
  expect(heard).toHaveLength(2);
  expect(made.report.shares).toBe(0);
});

it('Ten equal mutations are ten requests', async () => {
  ({ partner } = partnerAt(server.url));
  const asked = Array.from({ length: 10 }, () => partner.ask(fetchOf('mutation { pay }')));
  await Promise.all(asked);
  expect(heard).toHaveLength(10);
});

const callers: [Caller, Record<string, string>][] = [
  [{ kind: 'anonymous' }, { 'x-caller': 'anonymous' }],
  [{ kind: 'platform' }, { 'x-caller': 'platform' }],
  [brand, { 'x-caller': 'brand', 'x-brand-id': brandId.encode(brand.brandId) }],
  [
    person,
    {
      'x-caller': 'customer',
      'x-brand-id': brandId.encode(brand.brandId),
      'x-customer-id': customerId.encode(person.customerId),
    },
  ],
];

it.each(callers)('A partner is told who asks: %j', async (caller, told) => {
  ({ partner } = partnerAt(
    server.url,
    {},
    { forward: ['x-caller', 'x-brand-id', 'x-customer-id'] },
  ));
  const lies = { 'x-caller': 'platform', 'x-brand-id': 'brd_lie', 'x-customer-id': 'cus_lie' };
  await partner.ask(fetchOf('query { a }', {}, { caller, clientHeaders: lies }));
  const sent = Object.entries(heard[0]!.headers).filter(([name]) => name in lies);
  expect(Object.fromEntries(sent)).toEqual(told);
});

it('Of the client’s headers a partner gets those the operator lists, and never what is of the connection', async () => {
  const clientHeaders = {
    authorization: 'Bearer client',
    cookie: 'session=1',
    'accept-language': 'fr',
    'x-shop': 'client',
    host: 'ours',
    connection: 'x-shop',
    'content-length': '3',
    'content-encoding': 'gzip',
    'transfer-encoding': 'chunked',
    te: 'trailers',
    upgrade: 'h2c',
    expect: '100-continue',
    'proxy-authorization': 'Basic x',
    'x-router-secret': 'ours',
    traceparent: '00-00000000000000000000000000000001-0000000000000001-01',
    'x-unlisted': 'no',
  };
  const forward = Object.keys(clientHeaders).filter((name) => !/unlisted|cookie/.test(name));
  const settings = { forward: [...forward, 'Accept-Language'], headers: { 'X-Shop': 'operator' } };
  ({ partner } = partnerAt(server.url, {}, settings));
  await partner.ask(fetchOf('query { a }', {}, { clientHeaders }));
  const { headers } = heard[0]!;
  expect(headers).toMatchObject({
    authorization: 'Bearer client',
    'accept-language': 'fr',
    'x-shop': 'operator',
    host: new URL(server.url).host,
  });
  const names = ['authorization', 'accept-language', 'x-shop', 'x-caller', 'host', 'connection'];
  const trace = ['traceparent'];
  const ours = ['accept', 'accept-encoding', 'content-type', 'content-length'];
  expect(Object.keys(headers).sort()).toEqual([...names, ...ours, ...trace].sort());
  expect(headers['connection']).toBe('keep-alive');
});

it('A partner without listed headers gets none of the client’s', async () => {
  ({ partner } = partnerAt(server.url));
  const clientHeaders = { authorization: 'Bearer client', cookie: 'a=1' };
  await partner.ask(fetchOf('query { a }', {}, { clientHeaders }));
  expect(heard[0]!.headers).not.toHaveProperty('authorization');
  expect(heard[0]!.headers).not.toHaveProperty('cookie');
});

it('A partner that was let go finishes what is under way and takes no more', async () => {
  ({ partner } = partnerAt(server.url));
  const open = closedGate();
  const asked = partner.ask(fetchOf('query { a }'));
  await until(() => server.connections === 1);
  const closed = partner.close();
  open();
  await expect(asked).resolves.toMatchObject({ errors: [] });
  await closed;
  await expect(partner.ask(fetchOf('query { b }'))).rejects.toMatchObject({ reason: 'stopped' });
});
