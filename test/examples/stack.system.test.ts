import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { developmentSecrets } from '../../src/platform/config';
import { blocks, readPage, root } from '../docs/markdown';
import { listen, type Carrier } from '../live/listener';
import { cleanUp } from '../support/afterwards';
import { askAt, eventually, type HttpAnswer } from '../support/spawned-service';
import { newKey, type Data } from '../support/test-service';
import { untilHeard } from './partner-client';
import { counting, operation, startStack, type Stack } from './stack';

describe('The example stack', () => {
  let stack: Stack;
  let otherKey: string;

  beforeAll(async () => {
    stack = await startStack();
    const created = await askAt(
      stack.url,
      `mutation ($input: CreateBrandInput!) { createBrand(input: $input) { apiKey } }`,
      { input: { name: 'B', slug: 'brand-b', timezone: 'UTC', idempotencyKey: newKey() } },
      developmentSecrets.platformKey,
    );
    otherKey = (created.data['createBrand'] as { apiKey: string }).apiKey;
  });
  afterAll(cleanUp);

  const ask = (document: string, variables: Data = {}, key = stack.brandKey): Promise<HttpAnswer> =>
    askAt(stack.url, document, variables, key);
  const identify = `mutation ($input: IdentifyCustomerInput!) {
    identifyCustomer(input: $input) { userErrors { code } } }`;
  const joined = operation('customer-in-one-query');
  const rosa = { externalId: 'cdnow-00111' };

  it('answers what the README shows', async () => {
    const { text } = readPage('README.md');
    const [, section = ''] = text.split('## One graph with your shop and your CRM\n');
    const page = { path: 'README.md', text: section.split('\n## ')[0] as string };
    const [[question = ''], [shown = '']] = [blocks(page, 'graphql'), blocks(page, 'json')];
    const { data } = await ask(question);
    expect({ data }).toEqual(JSON.parse(shown));
  });

  it('joins orders, tickets and Mu of a customer in one answer', async () => {
    const { data, errors } = await ask(joined, rosa);
    expect(errors).toEqual([]);
    expect(data['customer']).toMatchObject({
      name: 'Rosa',
      greeting: expect.stringContaining('Rosa') as string,
      tier: 'GOLD',
      discountPercent: 10,
      wallet: { balance: 25 },
    });
    const { orders, tickets } = data['customer'] as Data;
    expect((orders.edges as Data[]).map(({ node }) => (node as Data).number as string)).toContain(
      'cdnow-00111-1998-06-20-3-55.47-1',
    );
    expect(tickets).toContainEqual({
      id: 'T-1003',
      subject: 'Half of the order of last week is missing',
      status: 'OPEN',
      order: { number: 'cdnow-00111-1998-06-20-3-55.47-1', status: 'DELIVERED' },
    });
  });

  const wide = `query Wide($first: Int) {
    customers(first: $first) {
      nodes {
        externalId tier tickets(first: 3) { id } wallet { balance }
        orders(first: 10) { edges { node { number } } }
      }
    }
  }`;

  /** The CRM knows people by their address, so the first twenty get one. */
  async function giveAddresses(): Promise<void> {
    const { data } = await ask('{ customers(first: 20) { nodes { externalId email } } }');
    const nodes = (data['customers'] as Data).nodes as {
      externalId: string;
      email: string | null;
    }[];
    for (const { externalId } of nodes.filter(({ email }) => email === null)) {
      const input = { externalId, email: `${externalId}@example.com`, idempotencyKey: newKey() };
      await ask(identify, { input });
    }
  }

  it.each([1, 20])('asks each partner once for %i customers', async (first) => {
    await giveAddresses();
    const [{ data, errors }, asked] = await counting(stack, () => ask(wide, { first }));
    expect(errors).toEqual([]);
    expect(asked).toEqual({ orders: 1, crm: 1 });
    const nodes = (data['customers'] as Data).nodes as Data[];
    expect(nodes).toHaveLength(first);
    const purchases = readFileSync(join(root, 'examples/data/cdnow-sample.txt'), 'utf8');
    for (const { externalId, orders } of nodes) {
      const number = (externalId as string).replace('cdnow-', '');
      const bought = purchases.match(new RegExp(`^ *${number} `, 'gm')) ?? [];
      expect((orders as Data).edges).toHaveLength(Math.min(10, bought.length));
    }
  });

  const purchase = () => ({
    input: {
      customer: rosa.externalId,
      lines: [{ title: 'Kind of Blue', quantity: 2, unitPrice: '14.50' }],
      idempotencyKey: newKey(),
    },
  });
  const question = () => ({
    input: {
      email: 'rosa@example.com',
      subject: 'Where is it?',
      orderNumber: 'cdnow-00111-1998-06-20-3-55.47-1',
      idempotencyKey: newKey(),
    },
  });

  it('takes an order once, and says whose it is', async () => {
    const variables = purchase();
    const answers = [];
    for (const _time of ['first', 'again']) {
      const { data, errors } = await ask(operation('place-order'), variables);
      expect(errors).toEqual([]);
      answers.push(data['placeOrder'] as Data);
    }
    const [first, again] = answers as [Data, Data];
    expect(first).toEqual({
      replayed: false,
      order: {
        number: expect.any(String) as string,
        total: { amount: '29.00', currency: 'USD' },
        customer: { name: 'Rosa', tier: 'GOLD', wallet: { balance: 25 } },
      },
    });
    expect(again).toEqual({ ...first, replayed: true });
  });

  describe.each<Carrier>(['WebSocket', 'server-sent events'])('over %s', (carrier) => {
    it.each([
      [
        'orders of the shop, told by server-sent events',
        'order-placed',
        () => ask(operation('place-order'), purchase()),
        {
          orderPlaced: {
            number: expect.any(String) as string,
            total: { amount: '29.00' },
            customer: {
              name: 'Rosa',
              tier: 'GOLD',
              wallet: { balance: 25 },
              tickets: [{ subject: expect.any(String) as string }],
            },
          },
        },
      ],
      [
        'tickets of the CRM, told by WebSocket',
        'ticket-opened',
        () => ask(operation('open-ticket'), question()),
        {
          ticketOpened: {
            id: expect.any(String) as string,
            subject: 'Where is it?',
            order: { total: { amount: '55.47' } },
            customer: { name: 'Rosa', wallet: { balance: 25 } },
          },
        },
      ],
    ])('announces %s, with what the others know', async (_what, name, happen, told) => {
      const url = `${stack.url}/graphql`;
      const query = operation(name);
      const listener = listen(carrier, { url, bearer: stack.brandKey, query });
      const [event] = await untilHeard(listener.have(1), happen);
      expect(event).toEqual({ data: told });
      listener.stop();
    });
  });

  it('hides what is tagged for operators from the contract for frontends', async () => {
    const tagged = '{ brand { slug openTickets revenue { amount } } }';
    const plain = '{ brand { slug openTickets } }';
    const at = (path: string, query: string) =>
      fetch(`${stack.url}${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${stack.brandKey}`,
        },
        body: JSON.stringify({ query }),
      }).then(async (answer) => (await answer.json()) as Data);
    expect((await at('/graphql', tagged)).errors).toBeUndefined();
    expect(await at('/graphql/frontend', tagged)).toEqual({
      errors: [
        expect.objectContaining({
          extensions: expect.objectContaining({ code: 'GRAPHQL_VALIDATION_FAILED' }) as object,
        }),
      ],
    });
    expect((await at('/graphql/frontend', plain)).data).toEqual({
      brand: { slug: 'demo', openTickets: expect.any(Number) as number },
    });
  });

  it('shows another brand nothing, even of a customer by the same id', async () => {
    const who = { ...rosa, email: 'rosa@example.com', idempotencyKey: newKey() };
    await ask(identify, { input: who }, otherKey);
    const { data } = await ask(joined, rosa, otherKey);
    expect(data['customer']).toMatchObject({ orders: { edges: [] }, tickets: [], tier: null });
    const number = 'cdnow-00111-1998-06-20-3-55.47-1';
    const look =
      'query ($number: String!) { order(number: $number) { placedAt } ticket(id: "T-1003") { id } }';
    expect((await ask(look, { number })).data).toEqual({
      order: { placedAt: expect.any(String) as string },
      ticket: { id: 'T-1003' },
    });
    expect((await ask(look, { number }, otherKey)).data).toEqual({ order: null, ticket: null });
  });

  it('serves the last good supergraph while the new one is broken, and says what is wrong (F22)', async () => {
    const problems = async () => {
      const health = await fetch(`${stack.url}/health/ready?verbose`);
      return ((await health.json()) as { problems: string[] }).problems;
    };
    const counted = async () => {
      const text = await (await fetch(`${stack.url}/metrics`)).text();
      return /^rewards_supergraph_problems (\d+)$/m.exec(text)?.[1];
    };
    const good = readFileSync(stack.config, 'utf8');
    writeFileSync(stack.config, good.replaceAll('crm/schema', 'crm/lost'));
    await eventually(async () => (await problems()).length > 0);
    expect(await problems()).toEqual([expect.stringMatching(/^crm: .*lost\.graphql.*ENOENT/)]);
    expect(await counted()).toBe('1');
    expect((await ask(joined, rosa)).errors).toEqual([]);
    writeFileSync(stack.config, good);
    await eventually(async () => (await problems()).length === 0);
    expect(await counted()).toBe('0');
  });

  it('loses the CRM’s fields with the CRM and nothing else, and has them again with it', async () => {
    const follow = { url: `${stack.url}/graphql`, bearer: stack.brandKey };
    const query = operation('ticket-opened');
    const carriers: Carrier[] = ['WebSocket', 'server-sent events'];
    const listeners = carriers.map((carrier) => listen(carrier, { ...follow, query }));
    for (const listener of listeners) {
      await untilHeard(listener.have(1), () => ask(operation('open-ticket'), question()));
    }
    const whole = (await ask(joined, rosa)).data['customer'] as Data;
    await stack.crm.kill('SIGKILL');
    for (const listener of listeners) {
      expect(await listener.end()).toBeNull();
      expect(listener.results.at(-1)?.errors).toMatchObject([
        { extensions: { code: 'UNAVAILABLE', subgraph: 'crm' } },
      ]);
    }
    const { status, data, errors, text } = await ask(joined, rosa);
    expect(status).toBe(200);
    const customer = data['customer'] as Data;
    const edges = (whole.orders.edges as Data[]).map(({ node }) => ({
      node: { ...(node as Data), tickets: null },
    }));
    expect(customer).toEqual({
      ...whole,
      tier: null,
      discountPercent: null,
      tickets: null,
      orders: { ...(whole.orders as Data), edges },
    });
    expect(errors.map(({ extensions }) => extensions)).toEqual(
      errors.map(() => ({
        code: 'UNAVAILABLE',
        subgraph: 'crm',
        retryable: true,
        errorId: expect.any(String) as string,
      })),
    );
    expect(errors.length).toBeGreaterThan(0);
    expect(text).not.toMatch(/ECONN|127\.0\.0\.1|fetch/);
    expect(await stack.service.status('/health/ready')).toBe(200);
    await stack.startCrmAgain();
    await eventually(async () => {
      const again = await ask(joined, rosa);
      return again.errors.length === 0 && (again.data['customer'] as Data).tier === 'GOLD';
    });
  });
});
