import { GraphQLError } from 'graphql';
import { RequestError } from '../../../src/platform/errors';
import { SubgraphError } from '../../../src/gateway/index';
import { town } from './shop-and-desk';
import { ask, plainOf } from './toy-graph';

const query = '{ customer(id: "1") { name orders { number } tier } }';

/** Errors as their path, and the subgraph they name. */
async function askIn(graph: ReturnType<typeof town>['graph'], source: string) {
  const { data, errors = [] } = await ask(graph, source);
  return {
    data: plainOf({ data }),
    errors: errors.map(({ path, originalError, message }) => {
      const { subgraph } = (originalError ?? {}) as Partial<SubgraphError>;
      return { path: path?.join('.'), says: subgraph ?? message };
    }),
  };
}

const failed = (message: string, path?: (string | number)[]) =>
  new GraphQLError(message, { path, originalError: new RequestError('FORBIDDEN', message) });

describe('A subgraph that fails', () => {
  it('costs its own fields, and is named at their places', async () => {
    const { graph, shop } = town();
    shop.instead = () => Promise.reject(new SubgraphError('shop', 'timeout'));
    expect(await askIn(graph, query)).toEqual({
      data: { data: { customer: { name: 'Name 1', orders: null, tier: 'gold' } } },
      errors: [{ path: 'customer.orders', says: 'shop' }],
    });
  });

  it('costs the root fields it has, whatever they are called', async () => {
    const { graph, shop } = town();
    shop.instead = () => Promise.reject(new SubgraphError('shop', 'refused'));
    expect(await askIn(graph, '{ o: orders { number } latest { total } ticket { id } }')).toEqual({
      data: { data: { o: null, latest: null, ticket: null } },
      errors: [
        { path: 'o', says: 'shop' },
        { path: 'latest', says: 'shop' },
      ],
    });
  });

  it('is named for what others could not look up without it, and they are not asked', async () => {
    const { graph, house, desk } = town();
    house.instead = ({ operation }) =>
      operation.text.includes('_entities')
        ? Promise.reject(new SubgraphError('house', 'timeout'))
        : undefined;
    const answer = await askIn(graph, '{ latest { buyer { tier name } } }');
    expect(answer).toEqual({
      data: { data: { latest: { buyer: { tier: null, name: null } } } },
      errors: [
        { path: 'latest.buyer.tier', says: 'house' },
        { path: 'latest.buyer.name', says: 'house' },
      ],
    });
    expect(desk.asked).toHaveLength(0);
  });

  it('takes the object with it when its field may not be null', async () => {
    const { graph, house } = town();
    house.instead = ({ operation }) =>
      operation.text.includes('_entities')
        ? Promise.reject(new SubgraphError('house', 'timeout'))
        : undefined;
    expect(await askIn(graph, '{ latest { buyer { wallet { balance } } total } }')).toEqual({
      data: { data: { latest: { buyer: null, total: 200 } } },
      errors: [{ path: 'latest.buyer.wallet', says: 'house' }],
    });
  });

  it('may throw anything', async () => {
    const { graph, shop } = town();
    shop.instead = () => {
      throw 'a string'; // eslint-disable-line @typescript-eslint/only-throw-error
    };
    const { errors } = await askIn(graph, query);
    expect(errors).toEqual([{ path: 'customer.orders', says: 'A subgraph threw no error' }]);
  });
});

describe('An answer that is no answer', () => {
  it.each([
    ['null data without errors', { data: null, errors: [] }],
    ['no entities', { data: {}, errors: [] }],
    ['entities that are no list', { data: { _entities: { 0: {} } }, errors: [] }],
    ['fewer entities than were asked for', { data: { _entities: [] }, errors: [] }],
    ['more entities than were asked for', { data: { _entities: [{}, {}] }, errors: [] }],
    ['an entity that is no object', { data: { _entities: ['x'] }, errors: [] }],
    ['an entity without the field', { data: { _entities: [{}] }, errors: [] }],
    ['a list that is none', { data: { _entities: [{ orders: 'x' }] }, errors: [] }],
    ['a list in a list', { data: { _entities: [[{ orders: [] }]] }, errors: [] }],
  ])('with %s is a failure of its subgraph', async (_, answer) => {
    const { graph, shop } = town();
    shop.instead = () => answer;
    expect(await askIn(graph, query)).toEqual({
      data: { data: { customer: { name: 'Name 1', orders: null, tier: 'gold' } } },
      errors: [{ path: 'customer.orders', says: 'shop' }],
    });
  });

  it('with null data is a failure of every root field', async () => {
    const { graph, shop } = town();
    shop.instead = () => ({ data: null, errors: [] });
    expect((await askIn(graph, '{ orders { number } latest { total } }')).errors).toEqual([
      { path: 'orders', says: 'shop' },
      { path: 'latest', says: 'shop' },
    ]);
  });

  it('says nothing of an entity that the subgraph does not know', async () => {
    const { graph, shop } = town();
    shop.instead = () => ({ data: { _entities: [null] }, errors: [] });
    expect(await askIn(graph, query)).toEqual({
      data: { data: { customer: { name: 'Name 1', orders: null, tier: 'gold' } } },
      errors: [],
    });
  });

  it('never brings what was not asked for', async () => {
    const { graph, shop } = town();
    const wallet = { balance: 1_000_000 };
    shop.instead = () => ({
      data: { _entities: [{ orders: [], name: 'Mallory', wallet }] },
      errors: [],
    });
    const source = '{ customer(id: "1") { name orders { number } wallet { balance } } }';
    expect(await askIn(graph, source)).toEqual({
      data: { data: { customer: { name: 'Name 1', orders: [], wallet: { balance: 10 } } } },
      errors: [],
    });
  });

  it('cannot reach the prototype of objects', async () => {
    const { graph, shop } = town();
    const data = JSON.parse('{"_entities":[{"orders":[],"__proto__":{"polluted":1}}]}') as never;
    shop.instead = () => ({ data, errors: [] });
    await askIn(graph, query);
    expect({}).not.toHaveProperty('polluted');
  });
});

describe('A value that the schema does not allow', () => {
  const good = { number: '1', total: 1, state: 'OPEN', lines: [{ sku: 's', count: 1 }] };

  it.each([
    ['an Int with a fraction', { total: 1.5 }, 'total'],
    ['an Int above 32 bits', { total: 2 ** 31 }, 'total'],
    ['an Int that is text', { total: '1' }, 'total'],
    ['an enum value that is unknown', { state: 'LOST' }, 'state'],
    ['an enum value that is none', { state: 1 }, 'state'],
    ['an object for a list', { lines: {} }, 'lines'],
    ['text for an object', { buyer: 'x' }, 'buyer'],
    ['a list for an object', { buyer: [] }, 'buyer'],
    ['an object for text', { lines: [{ sku: {}, count: 1 }] }, 'lines.0.sku'],
    ['nothing where null is not allowed', { lines: [null] }, 'lines.0'],
    ['another type', { buyer: { __typename: 'Order', id: '1' } }, 'buyer'],
  ])('such as %s is null, and its subgraph is named', async (_, wrong, path) => {
    const { graph, shop } = town();
    shop.instead = () => ({ data: { latest: { ...good, buyer: null, ...wrong } }, errors: [] });
    const source = '{ latest { total state lines { sku count } buyer { __typename id } } }';
    const { data, errors } = await askIn(graph, source);
    expect(errors).toEqual([{ path: `latest.${path}`, says: 'shop' }]);
    const [lost = ''] = path.split('.');
    expect(data).toHaveProperty(['data', 'latest', lost], null);
  });

  it('passes when it is right, and numbers become ids', async () => {
    const { graph, shop } = town();
    const latest = { ...good, total: 2 ** 31 - 1, buyer: { __typename: 'Customer', id: 7 } };
    shop.instead = () => ({ data: { latest }, errors: [] });
    expect(await askIn(graph, '{ latest { total state buyer { id } } }')).toEqual({
      data: { data: { latest: { total: 2 ** 31 - 1, state: 'OPEN', buyer: { id: '7' } } } },
      errors: [],
    });
  });

  it.each(['Customer', undefined, 5])('may be a member of a union: not %s', async (typeName) => {
    const { graph, shop } = town();
    shop.instead = () => ({ data: { hits: [{ __typename: typeName }, null] }, errors: [] });
    expect(await askIn(graph, '{ hits { __typename } }')).toEqual({
      data: { data: { hits: [null, null] } },
      errors: [{ path: 'hits.0', says: 'shop' }],
    });
  });

  it('is one of at most as many errors as clients are told', async () => {
    const { graph, shop } = town({ limits: { plans: 10, planText: 10_000, errorsReturned: 3 } });
    const lines = Array.from({ length: 50 }, () => ({ sku: 's', count: 'many' }));
    shop.instead = () => ({ data: { latest: { lines } }, errors: [] });
    const { errors } = await ask(graph, '{ latest { lines { count } } }');
    expect(errors).toHaveLength(3);
  });
});

describe('Errors of an answer', () => {
  it('are told at the client’s path of the entity they arose in, below all objects that wait for it', async () => {
    const { graph, shop } = town();
    shop.instead = () => ({
      data: { _entities: [{ orders: [{ number: '1', total: null }] }] },
      errors: [failed('No.', ['_entities', 0, 'orders', 0, 'total'])],
    });
    const source = `{
      a: customer(id: "1") { o: orders { n: number t: total } }
      b: customer(id: "1") { o: orders { n: number t: total } }
    }`;
    shop.instead = ({ variables }) => {
      expect(Object.values(variables)).toEqual([[{ __typename: 'Customer', id: '1' }]]);
      return {
        data: { _e0: [{ o: [{ n: '1', t: null }] }] },
        errors: [failed('No.', ['_e0', 0, 'o', 0, 't'])],
      };
    };
    expect(await askIn(graph, source)).toEqual({
      data: {
        data: { a: { o: [{ n: '1', t: null }] }, b: { o: [{ n: '1', t: null }] } },
      },
      errors: [
        { path: 'a.o.0.t', says: 'No.' },
        { path: 'b.o.0.t', says: 'No.' },
      ],
    });
  });

  it('keep the path inside of what was lost with them', async () => {
    const { graph, shop } = town();
    shop.instead = () => ({
      data: { latest: null },
      errors: [failed('No.', ['latest', 'lines', 0, 'sku'])],
    });
    expect(await askIn(graph, '{ latest { lines { sku } } }')).toEqual({
      data: { data: { latest: null } },
      errors: [{ path: 'latest.lines.0.sku', says: 'No.' }],
    });
  });

  it('are told once when a whole entity is lost', async () => {
    const { graph, house } = town();
    house.instead = ({ operation }) =>
      operation.text.includes('_entities')
        ? {
            data: { _entities: [null] },
            errors: [failed('No.', ['_entities', 0, 'wallet', 'balance'])],
          }
        : undefined;
    expect(await askIn(graph, '{ latest { buyer { name wallet { balance } } } }')).toEqual({
      data: { data: { latest: { buyer: null } } },
      errors: [{ path: 'latest.buyer.wallet.balance', says: 'No.' }],
    });
  });

  it('mark what came back as null when they have no path', async () => {
    const { graph, shop } = town();
    shop.instead = () => ({ data: { _entities: [{ orders: null }] }, errors: [failed('No.')] });
    expect((await askIn(graph, query)).errors).toEqual([{ path: 'customer.orders', says: 'No.' }]);
  });

  it('are told without a place when nothing is missing', async () => {
    const { graph, shop } = town();
    shop.instead = () => ({ data: { latest: { number: '1' } }, errors: [failed('Hm.')] });
    expect(await askIn(graph, '{ latest { number } }')).toEqual({
      data: { data: { latest: { number: '1' } } },
      errors: [{ path: undefined, says: 'Hm.' }],
    });
  });

  it.each([[['_entities', 9, 'orders']], [['_entities']], [['nowhere']], [[0, 1]]])(
    'with a path that leads nowhere, such as %j, are still told',
    async (path) => {
      const { graph, shop } = town();
      shop.instead = () => ({
        data: { _entities: [{ orders: null }] },
        errors: [failed('No.', path)],
      });
      expect((await askIn(graph, query)).errors).toEqual([
        { path: 'customer.orders', says: 'No.' },
      ]);
    },
  );

  it('keep the code they came with', async () => {
    const { graph, shop } = town();
    shop.instead = () => ({ data: null, errors: [failed('No.', ['latest'])] });
    const { errors } = await ask(graph, '{ latest { number } }');
    const original = errors?.[0]?.originalError as GraphQLError;
    expect(original.originalError).toBeInstanceOf(RequestError);
  });
});
