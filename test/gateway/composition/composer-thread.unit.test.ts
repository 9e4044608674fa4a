import { isInterfaceType, isObjectType, printSchema, type GraphQLSchema } from 'graphql';
import type { Supergraph } from '../../../src/gateway';
import { header } from './graphs';
import { adding, Desk, next, personFields, type SdlServer, until } from './keeper';

let desk: Desk;

beforeEach(() => (desk = new Desk()));
afterEach(() => desk.close());

/** A partner with many types, which takes a while to compose. */
function large(prefix: string, extra = ''): string {
  const types = Array.from(
    { length: 50 },
    (_, index) => `type ${prefix}${index} @key(fields: "id") @cost(weight: ${index}) {
      id: ID!
      next: ${prefix}${(index + 1) % 50}!
      ${Array.from({ length: 8 }, (_none, at) => `f${at}(a: Int = ${at}): [String!]! @tag(name: "t${at}")`).join('\n')}
    }`,
  );
  return `${header}
    type Query { ${prefix}: ${prefix}0! @cost(weight: 7) ${extra} }
    ${types.join('\n')}`;
}

async function largeShop(): Promise<SdlServer> {
  const { server, url } = await desk.serve(large('Shop'));
  desk.write('crm.graphql', large('Crm'));
  desk.write('desk.graphql', large('Desk'));
  desk.configure(
    { shop: url, crm: 'crm.graphql', desk: 'desk.graphql' },
    'contracts: { some: { exclude: [t1] } }',
  );
  return server;
}

/** All that a schema says, with what its SDL cannot. */
function told(schema: GraphQLSchema): unknown[] {
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) || isInterfaceType(type),
  );
  const extensions = types.map((type) => [
    type.name,
    type.extensions,
    Object.values(type.getFields()).map(({ name, extensions: said }) => [name, said]),
  ]);
  return [printSchema(schema), extensions];
}

describe('A supergraph that is made while another is served', () => {
  it('lets timers run while it is composed', async () => {
    const shop = await largeShop();
    const keeper = desk.keeper();
    await keeper.start();
    const changed = next(keeper);
    const asked = shop.asked.length;
    shop.sdl = large('Shop', 'more: Int');
    await until(() => shop.asked.length > asked);
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 5);
    await changed;
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(10);
  });

  it('is the one that would be made at start', async () => {
    const shop = await largeShop();
    const keeper = desk.keeper();
    await keeper.start();
    const changed = next(keeper);
    shop.sdl = large('Shop', 'more: Int');
    const made = await changed;
    const atStart = (await desk.keeper().start())!;
    expect(made.sdl).toBe(atStart.sdl);
    expect(made.partners).toEqual(atStart.partners);
    expect(told(made.schema)).toEqual(told(atStart.schema));
    expect(made.schema.getQueryType()!.getFields()['more']!.extensions).toEqual({
      subgraph: 'shop',
    });
    expect(told(made.contracts.get('some')!)).toEqual(told(atStart.contracts.get('some')!));
  });

  it('is followed by what changed meanwhile', async () => {
    const file = (field: string) => desk.write('shop.graphql', adding(field));
    file('first');
    desk.configure({ shop: 'shop.graphql' });
    const keeper = desk.keeper();
    const seen: Supergraph[] = [];
    keeper.onChange((supergraph) => seen.push(supergraph));
    await keeper.start();
    file('second');
    await new Promise((resolve) => setTimeout(resolve, 60));
    file('third');
    await until(() => personFields(seen.at(-1) ?? null).includes('third'));
    expect(seen.length).toBeLessThanOrEqual(2);
  });

  it('is given up when the service stops, and nobody hears of it', async () => {
    const shop = await largeShop();
    const keeper = desk.keeper();
    const seen: Supergraph[] = [];
    keeper.onChange((supergraph) => seen.push(supergraph));
    await keeper.start();
    const asked = shop.asked.length;
    shop.sdl = large('Shop', 'more: Int');
    await until(() => shop.asked.length > asked + 1);
    keeper.stop();
    const logged = desk.log.length;
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(seen).toEqual([]);
    expect(desk.log).toHaveLength(logged);
  });
});
