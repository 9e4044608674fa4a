import { buildSchema, type ExecutionResult, getIntrospectionQuery } from 'graphql';
import { ask, plainOf, requestOf, toyGraph, toySubgraph } from './toy-graph';
import { town } from './shop-and-desk';

describe('Running a plan', () => {
  it('asks a partner once for many customers', async () => {
    const { graph, shop } = town();
    await ask(graph, '{ customers { orders { number } } }');
    expect(shop.asked.map(({ variables }) => variables)).toEqual([
      {
        representations: [
          { __typename: 'Customer', id: '1' },
          { __typename: 'Customer', id: '2' },
        ],
      },
    ]);
  });

  it('sends an entity once, however often it occurs', async () => {
    const { graph, house } = town();
    const answer = await ask(graph, '{ orders { buyer { name } } }');
    expect(plainOf(answer)).toEqual({
      data: { orders: [{ buyer: { name: 'Name 1' } }, { buyer: { name: 'Name 1' } }] },
    });
    expect(house.asked[0]?.variables['representations']).toHaveLength(1);
  });

  it('does not ask for an entity whose key is null, and answers null for it', async () => {
    const { graph, desk } = town();
    const answer = await ask(graph, '{ customers { tier } }');
    expect(plainOf(answer)).toEqual({ data: { customers: [{ tier: 'gold' }, { tier: null }] } });
    expect(desk.asked[0]?.variables['representations']).toHaveLength(1);
  });

  it('sends along what a field needs of others, null as well', async () => {
    const { graph } = town();
    expect(plainOf(await ask(graph, '{ customers { greeting } }'))).toEqual({
      data: { customers: [{ greeting: 'Hello 1@example.test' }, { greeting: 'Hello null' }] },
    });
  });

  it('keeps the order of the query, its aliases and fragments', async () => {
    const { graph } = town();
    const source = `
      query ($no: Boolean = false) {
        z: customer(id: "1") { ...T o: orders(first: 1) { number } id @include(if: $no) }
        a: __typename
      }
      fragment T on Customer { tier t: __typename id: email }
    `;
    const { data } = await ask(graph, source);
    expect(JSON.stringify(data)).toBe(
      '{"z":{"tier":"gold","t":"Customer","id":"1@example.test","o":[{"number":"1"}]},"a":"Query"}',
    );
  });

  it('forwards variables as they were sent, and defaults', async () => {
    const { graph, shop } = town();
    const source =
      'query ($first: Int = 1) { customer(id: "1") { orders(first: $first) { number } } }';
    expect(plainOf(await ask(graph, source))).toHaveProperty('data.customer.orders.length', 1);
    expect(plainOf(await ask(graph, source, { first: 3 }))).toHaveProperty(
      'data.customer.orders.length',
      3,
    );
    expect(shop.asked[1]?.variables).toHaveProperty('first', 3);
  });

  it('refuses variables that do not fit before it asks anybody', async () => {
    const { graph, house } = town();
    const source = 'query ($id: ID!) { customer(id: $id) { id } }';
    const { data, errors } = await ask(graph, source, {});
    expect(data).toBeUndefined();
    expect(errors?.[0]?.message).toBe('Variable "$id" of required type "ID!" was not provided.');
    expect(house.asked).toHaveLength(0);
  });

  it('runs mutations in the order of the document', async () => {
    const { graph, house, shop, desk } = town();
    const order: string[] = [];
    for (const toy of [house, shop, desk]) {
      toy.instead = ({ operation }) => {
        order.push(`${toy.name} ${operation.kind}`);
        return undefined;
      };
    }
    const source = `mutation {
      place(number: "1") { number } give(id: "1") { name }
      b: place(number: "2") { tickets { id } }
    }`;
    const answer = await ask(graph, source);
    expect(order).toEqual(['shop mutation', 'house mutation', 'shop mutation', 'desk query']);
    expect(JSON.stringify(answer.data)).toBe(
      '{"place":{"number":"1"},"give":{"name":"Name 1"},"b":{"tickets":[{"id":"5"}]}}',
    );
  });

  it('answers introspection itself, beside what subgraphs answer', async () => {
    const { graph, house, shop, desk } = town();
    const source = '{ a: __typename __type(name: "Wallet") { name } customer(id: "1") { name } }';
    expect(plainOf(await ask(graph, source))).toEqual({
      data: { a: 'Query', __type: { name: 'Wallet' }, customer: { name: 'Name 1' } },
    });
    expect(house.asked[0]?.operation.text).not.toContain('__type');
    const asked = house.asked.length;
    const { errors } = await ask(graph, getIntrospectionQuery());
    expect(errors).toBeUndefined();
    expect([house.asked.length, shop.asked.length, desk.asked.length]).toEqual([asked, 0, 0]);
  });

  it.each(['{ customer(id: "1") @skip(if: true) { name } }', '{ __typename }'])(
    'asks nobody for %s',
    async (source) => {
      const { graph, house } = town();
      expect((await ask(graph, source)).errors).toBeUndefined();
      expect(house.asked).toHaveLength(0);
    },
  );

  it('shows its plan when it is asked to', async () => {
    const { graph } = town();
    const shown = await ask(graph, '{ latest { number } }', {}, { showsPlan: true });
    expect(shown.extensions).toEqual({
      queryPlan: {
        kind: 'QueryPlan',
        node: {
          kind: 'Fetch',
          serviceName: 'shop',
          operationKind: 'query',
          operation: '{latest{number}}',
        },
      },
    });
    expect((await ask(graph, '{ latest { number } }')).extensions).toBeUndefined();
  });
});

describe('A subscription', () => {
  const request = requestOf('subscription { placed { number tickets { id } } }');

  it('is opened at its subgraph, and each event is completed by the others', async () => {
    const { graph } = town();
    const events = await graph.listen(request);
    const answers: ExecutionResult[] = [];
    for await (const event of events as AsyncIterable<unknown>) {
      answers.push(await graph.update(request, event));
    }
    expect(answers.map(plainOf)).toEqual([
      { data: { placed: { number: '7', tickets: [{ id: '5' }] } } },
      { data: { placed: null } },
    ]);
  });

  it('loses the fields of a subgraph that fails, not the event', async () => {
    const { graph, desk } = town();
    const events = (await graph.listen(request)) as AsyncIterable<unknown>;
    desk.instead = () => Promise.reject(new Error('down'));
    for await (const event of events) {
      const { data, errors } = await graph.update(request, event);
      expect(plainOf({ data })).toEqual({ data: { placed: { number: '7', tickets: null } } });
      expect(errors?.map(({ path }) => path)).toEqual([['placed', 'tickets']]);
      break;
    }
  });

  it('is refused with the error of a subgraph that cannot open it', async () => {
    const { graph, shop } = town();
    shop.listen = () => Promise.reject(new Error('down'));
    expect(await graph.listen(request)).toHaveProperty('errors.0.message', 'down');
  });
});

describe('Plans', () => {
  it('are made once for an operation, and at most as many are kept as the limit says', async () => {
    const outcomes: string[] = [];
    const report = { plan: (outcome: string) => outcomes.push(outcome) };
    const { graph } = town({ limits: { plans: 2, planText: 1000, errorsReturned: 10 }, report });
    const sources = ['a', 'b', 'b', 'a', 'c', 'a', 'b'].map(
      (name) => `{ ${name}: latest { total } }`,
    );
    for (const source of sources) await ask(graph, source);
    expect(outcomes).toEqual(['miss', 'miss', 'hit', 'hit', 'miss', 'hit', 'miss']);
  });

  it('are not remembered for a document longer than all that is', async () => {
    const source = '{ latest { total } }';
    for (const [planText, second] of [
      [source.length + 4, 'hit'],
      [source.length + 3, 'miss'],
    ] as const) {
      const outcomes: string[] = [];
      const report = { plan: (outcome: string) => outcomes.push(outcome) };
      const { graph } = town({ limits: { plans: 2, planText, errorsReturned: 10 }, report });
      await ask(graph, source);
      await ask(graph, source);
      expect(outcomes).toEqual(['miss', second]);
    }
  });

  it('are made for each combination of what conditions ask for', async () => {
    const { graph, desk } = town();
    const source = 'query ($w: Boolean!) { customer(id: "1") { name tier @include(if: $w) } }';
    const without = await ask(graph, source, { w: false });
    expect([without.data?.['customer'], desk.asked.length]).toEqual([{ name: 'Name 1' }, 0]);
    const withTier = await ask(graph, source, { w: true });
    expect(withTier.data?.['customer']).toEqual({ name: 'Name 1', tier: 'gold' });
  });

  it('follow the operation that is named', async () => {
    const { graph } = town();
    const source = 'query A { latest { number } } query B { b: latest { total } }';
    expect((await ask(graph, source, {}, { operationName: 'B' })).data).toEqual({
      b: { total: 200 },
    });
    expect(await ask(graph, source)).toHaveProperty('errors.length', 1);
  });

  it('that cannot be made are an error and not the end', async () => {
    const schema = buildSchema('type Query { nobodyHas: Int }');
    const toys = [toySubgraph('a', 'type Query { a: Int }')];
    const { errors, data } = await ask(toyGraph(toys, { schema }), '{ nobodyHas }');
    expect(data).toBeUndefined();
    expect(errors?.[0]?.message).toBe('The operation cannot be planned');
  });
});
