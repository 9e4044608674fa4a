import { composeSubgraphs } from '../../../src/gateway';
import { adding, Desk, next, ownSdl, personFields, refusal } from './keeper';

let desk: Desk;

beforeEach(() => (desk = new Desk()));
afterEach(() => desk.close());

describe('A supergraph that was composed elsewhere', () => {
  const composed = (...fields: string[]) => {
    const partners = fields.map((field) => ({
      name: field,
      url: `http://${field}.test/graphql`,
      sdl: adding(field),
    }));
    return composeSubgraphs(ownSdl, partners).sdl!;
  };

  it('comes from a file, and says itself where partners are', async () => {
    const sdl = desk.write('ready.graphql', composed('orders'));
    const supergraph = await desk.keeper({ sdl }).start();
    expect(personFields(supergraph)).toContain('orders');
    expect(supergraph!.partners).toEqual([
      {
        name: 'orders',
        url: 'http://orders.test/graphql',
        headers: {},
        forward: [],
        subscriptions: { protocol: 'sse', url: 'http://orders.test/graphql' },
      },
    ]);
  });

  it('comes from an address, again and again, and stands in for itself at the next start', async () => {
    const { server, url } = await desk.serve(composed('orders'));
    const keeper = desk.keeper({ sdl: url });
    expect(personFields(await keeper.start())).toContain('orders');
    const changed = next(keeper);
    server.sdl = composed('tickets');
    expect(personFields(await changed)).toContain('tickets');
    server.sdl = null;
    expect(personFields(await desk.keeper({ sdl: url }).start())).toContain('tickets');
  });

  it('takes headers from a configuration beside it, which needs no SDL then', async () => {
    const sdl = desk.write('ready.graphql', composed('orders'));
    const config = desk.write(
      'supergraph.yaml',
      'subgraphs: { orders: { headers: { a: b }, subscription: { protocol: ws } } }',
    );
    const supergraph = await desk.keeper({ sdl, config }).start();
    expect(supergraph!.partners[0]).toMatchObject({
      url: 'http://orders.test/graphql',
      headers: { a: 'b' },
      subscriptions: { protocol: 'ws', url: 'ws://orders.test/graphql' },
    });
  });

  it.each<[string, (sdl: string) => string, string]>([
    ['is no SDL', () => 'type {', 'the supergraph is no SDL'],
    ['is of others', (sdl) => sdl.replaceAll('"rewards"', '"others"'), 'has no subgraph rewards'],
    [
      'promises what we do not have',
      (sdl) => sdl.replace('me: Person', 'me: Person you: Person @join__field(graph: REWARDS) #'),
      'has Query.you of rewards, which is not there',
    ],
    [
      'does not say where a partner is',
      (sdl) => sdl.replace('http://orders.test/graphql', ''),
      'orders: the supergraph says no address of it',
    ],
  ])('is refused when it %s', async (_what, change, line) => {
    const sdl = desk.write('ready.graphql', change(composed('orders')));
    const lines = await refusal(desk.keeper({ sdl }).start());
    expect(lines).toEqual([expect.stringContaining(line)]);
  });

  it('is refused beside a configuration of a subgraph it does not have', async () => {
    const sdl = desk.write('ready.graphql', composed('orders'));
    const config = desk.write('supergraph.yaml', 'subgraphs: { oders: { headers: { a: b } } }');
    expect(await refusal(desk.keeper({ sdl, config }).start())).toEqual([
      'supergraph: oders: is configured and not in the supergraph',
    ]);
  });
});
