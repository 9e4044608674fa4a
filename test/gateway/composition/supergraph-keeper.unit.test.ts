import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { Supergraph } from '../../../src/gateway';
import { adding, Desk, next, personFields, refusal, type SdlServer, until } from './keeper';

let desk: Desk;

beforeEach(() => (desk = new Desk()));
afterEach(() => desk.close());

describe('A supergraph at start', () => {
  it('is none when nothing is configured', async () => {
    expect(await desk.keeper({}).start()).toBeNull();
  });

  it('is made of files and of what subgraphs answer', async () => {
    const { server, url } = await desk.serve(adding('tickets'));
    desk.write('shop.graphql', adding('orders'));
    desk.configure({ shop: 'shop.graphql', crm: url }, 'policies: { p: [[a]] }');
    const keeper = desk.keeper();
    const supergraph = await keeper.start();
    expect(personFields(supergraph)).toEqual(['id', 'name', 'orders', 'tickets']);
    expect(supergraph!.partners.map(({ name }) => name)).toEqual(['shop', 'crm']);
    expect(supergraph!.policies.get('p')).toEqual([['a']]);
    expect(supergraph!.sdl).toContain('@join__type(graph: CRM');
    expect(keeper.problems()).toEqual([]);
    expect(server.headers['content-type']).toBe('application/json');
  });

  it('is ours alone where only contracts are configured', async () => {
    desk.write('supergraph.yaml', 'contracts: { small: { exclude: [x] } }');
    const supergraph = await desk.keeper().start();
    expect(supergraph!.partners).toEqual([]);
    expect([...supergraph!.contracts.keys()]).toEqual(['small']);
  });

  it.each<[string, string, string[]]>([
    [
      'a setting that is none',
      'subgraphs: { shop: { route: x } }',
      ['subgraphs.shop.route: is no setting'],
    ],
    [
      'a partner without SDL',
      'subgraphs: { shop: { routing_url: "http://a.test" } }',
      ['shop: schema is missing'],
    ],
    [
      'a partner without an address',
      'subgraphs: { shop: { schema: { sdl: "type Query { a: Int }" } } }',
      ['shop: routing_url is missing'],
    ],
    [
      'a file that is not there',
      'subgraphs: { shop: { routing_url: "http://a.test", schema: { file: none.graphql } } }',
      ['none.graphql cannot be read (ENOENT)'],
    ],
    [
      'SDL that is none',
      'subgraphs: { shop: { routing_url: "http://a.test", schema: { sdl: "type {" } } }',
      ['shop: INVALID_GRAPHQL: Syntax Error: Expected Name, found "{"'],
    ],
    [
      'types that do not fit',
      'subgraphs: { shop: { routing_url: "http://a.test", schema: { sdl: "type Query { me: Int }" } } }',
      ['rewards, shop: FIELD_TYPE_MISMATCH: Type of field', 'INVALID_FIELD_SHARING'],
    ],
    [
      'a contract of nothing that is left',
      'contracts: { none: { include: [x] } }',
      ['contract none: Query root type must be provided'],
    ],
  ])('is refused for %s', async (_what, text, lines) => {
    desk.write('supergraph.yaml', text);
    const found = await refusal(desk.keeper().start());
    expect(found).toHaveLength(lines.length);
    lines.forEach((line, index) => expect(found[index]).toContain(line));
  });

  it('is refused in words that repeat nothing of a partner’s answer', async () => {
    const { url } = await desk.serve(null);
    desk.configure({ shop: url });
    expect(await refusal(desk.keeper().start())).toEqual(['supergraph: shop: it answered 500']);
  });

  it.each<[string, (server: SdlServer) => void, string]>([
    ['is silent', (server) => (server.hangs = true), 'it did not answer in time'],
    ['answers nothing', (server) => (server.sdl = ''), 'it did not answer _service { sdl }'],
    ['sends us elsewhere', (server) => (server.status = 302), 'it answered 302'],
  ])('is refused for a partner that %s', async (_what, change, reason) => {
    const { server, url } = await desk.serve(adding('orders'));
    change(server);
    desk.configure({ shop: url });
    expect(await refusal(desk.keeper().start())).toEqual([`supergraph: shop: ${reason}`]);
  });

  it('is refused for a partner that says more than the limit, and not for one that says as much', async () => {
    const { server, url } = await desk.serve(adding('orders'));
    desk.configure({ shop: url });
    const size = JSON.stringify({ data: { _service: { sdl: server.sdl } } }).length;
    const tooMuch = desk.keeper(undefined, { subgraphBytes: size - 1 }).start();
    expect(await refusal(tooMuch)).toEqual([
      `supergraph: shop: it answered more than ${size - 1} bytes`,
    ]);
    expect(await desk.keeper(undefined, { subgraphBytes: size }).start()).not.toBeNull();
  });
});

describe('A supergraph while it is served', () => {
  it('changes with a partner’s SDL', async () => {
    const { server, url } = await desk.serve(adding('orders'));
    desk.configure({ shop: url });
    const keeper = desk.keeper();
    await keeper.start();
    const changed = next(keeper);
    server.sdl = adding('purchases');
    expect(personFields(await changed)).toEqual(['id', 'name', 'purchases']);
  });

  it('changes with the configuration, and forgets a partner that is gone', async () => {
    const { server, url } = await desk.serve(adding('tickets'));
    desk.write('shop.graphql', adding('orders'));
    desk.configure({ shop: 'shop.graphql' });
    const keeper = desk.keeper();
    const seen: Supergraph[] = [];
    keeper.onChange((supergraph) => seen.push(supergraph));
    await keeper.start();
    desk.configure({ shop: 'shop.graphql', crm: url });
    await until(() => seen.length === 1);
    expect(personFields(seen[0]!)).toEqual(['id', 'name', 'orders', 'tickets']);
    desk.configure({ shop: 'shop.graphql' });
    await until(() => seen.length === 2);
    expect(personFields(seen[1]!)).toEqual(['id', 'name', 'orders']);
    const asked = server.asked.length;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(server.asked).toHaveLength(asked);
  });

  it('is not made again while nothing changes', async () => {
    const { server, url } = await desk.serve(adding('orders'));
    desk.configure({ shop: url });
    const keeper = desk.keeper();
    let changes = 0;
    keeper.onChange(() => (changes += 1));
    await keeper.start();
    await until(() => server.asked.length > 5);
    expect(changes).toBe(0);
  });

  it('stays while a new one is broken, which is logged once and told as long as it lasts (F22)', async () => {
    const file = desk.write('shop.graphql', adding('orders'));
    desk.configure({ shop: 'shop.graphql' });
    const keeper = desk.keeper();
    const seen: Supergraph[] = [];
    keeper.onChange((supergraph) => seen.push(supergraph));
    await keeper.start();
    writeFileSync(file, 'type Person {');
    await until(() => keeper.problems().length > 0);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(keeper.problems()).toEqual([expect.stringContaining('shop: INVALID_GRAPHQL')]);
    expect(desk.log.filter(({ problem }) => problem !== undefined)).toHaveLength(1);
    expect(seen).toEqual([]);
    writeFileSync(file, adding('purchases'));
    await until(() => seen.length === 1);
    expect(keeper.problems()).toEqual([]);
  });

  it('stays while the configuration is broken, and is well again when that is as it was (F22)', async () => {
    desk.write('shop.graphql', adding('orders'));
    const path = desk.configure({ shop: 'shop.graphql' });
    const good = readFileSync(path, 'utf8');
    const keeper = desk.keeper();
    await keeper.start();
    writeFileSync(path, 'subgraphs: [');
    await until(() => keeper.problems().length === 1);
    rmSync(path);
    await until(() => keeper.problems().some((line) => line.includes('ENOENT')));
    expect(keeper.problems()[0]).toContain('at line 1');
    writeFileSync(path, good);
    await until(() => keeper.problems().length === 0);
  });

  it.each(['supergraph.yaml', 'shop.graphql'])(
    'stays while %s is being written (F22)',
    async (name) => {
      desk.write('shop.graphql', adding('orders'));
      desk.configure({ shop: 'shop.graphql' });
      const good = readFileSync(desk.file(name), 'utf8');
      const keeper = desk.keeper();
      const seen: Supergraph[] = [];
      keeper.onChange((supergraph) => seen.push(supergraph));
      await keeper.start();
      writeFileSync(desk.file(name), '');
      await until(() => keeper.problems().some((line) => line.includes(`${name} is empty`)));
      writeFileSync(desk.file(name), good);
      await until(() => keeper.problems().length === 0);
      expect(seen).toEqual([]);
    },
  );

  it('stays while a partner is dead, who is asked less and less and keeps nobody waiting', async () => {
    const { server, url } = await desk.serve(adding('orders'));
    const healthy = await desk.serve(adding('tickets'));
    desk.configure({ shop: url, crm: healthy.url });
    const keeper = desk.keeper(undefined, { supergraphLongestPollMs: 200 });
    const seen: Supergraph[] = [];
    keeper.onChange((supergraph) => seen.push(supergraph));
    await keeper.start();
    server.sdl = null;
    await until(() => keeper.problems().length === 1);
    expect(keeper.problems()).toEqual(['shop: it answered 500']);
    server.asked = [];
    await until(() => server.asked.length === 5);
    const waits = server.asked.slice(1).map((time, index) => time - server.asked[index]!);
    expect(waits[0]).toBeGreaterThanOrEqual(70);
    for (const wait of waits.slice(1)) expect(wait).toBeGreaterThanOrEqual(150);
    expect(Math.max(...waits)).toBeLessThan(3000);
    healthy.server.sdl = adding('complaints');
    await until(() => seen.length === 1);
    expect(personFields(seen[0]!)).toEqual(['complaints', 'id', 'name', 'orders']);
    server.sdl = adding('orders');
    await until(() => keeper.problems().length === 0);
  });
});

describe('The supergraph of an earlier run', () => {
  async function runOnce(url: string): Promise<void> {
    desk.configure({ shop: url });
    const keeper = desk.keeper();
    await keeper.start();
    keeper.stop();
  }

  it('stands in for the SDL of a partner that is dead at start', async () => {
    const { server, url } = await desk.serve(adding('orders'));
    await runOnce(url);
    server.sdl = null;
    const keeper = desk.keeper();
    expect(personFields(await keeper.start())).toContain('orders');
    expect(keeper.problems()).toEqual(['shop: it answered 500']);
    expect(desk.log.map(({ problem }) => problem)).toContain('shop: it answered 500');
    const changed = next(keeper);
    server.sdl = adding('purchases');
    expect(personFields(await changed)).toContain('purchases');
  });

  it('stands in for a configuration that is broken or gone, until it is mended', async () => {
    const { url } = await desk.serve(adding('orders'));
    await runOnce(url);
    desk.write('supergraph.yaml', 'subgraphs: { shop: 5 }');
    const keeper = desk.keeper();
    expect(personFields(await keeper.start())).toContain('orders');
    expect(keeper.problems()).toEqual([expect.stringContaining('subgraphs.shop: ')]);
    rmSync(desk.file('supergraph.yaml'));
    expect(personFields(await desk.keeper().start())).toContain('orders');
    const changed = next(keeper);
    desk.write('crm.graphql', adding('tickets'));
    desk.configure({ crm: 'crm.graphql' });
    expect(personFields(await changed)).toEqual(['id', 'name', 'tickets']);
  });

  it('is readable by its owner only', async () => {
    const { url } = await desk.serve(adding('orders'));
    await runOnce(url);
    expect(statSync(desk.file('data/supergraph/last-good.json')).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['cut off', (text: string) => text.slice(0, -20)],
    ['of other settings', (text: string) => text.replace('supergraph.yaml', 'other.yaml')],
    ['of another shape', () => '{"of":"x","texts":null}'],
  ])('does not count when it is %s', async (_what, change) => {
    const { server, url } = await desk.serve(adding('orders'));
    await runOnce(url);
    const path = desk.file('data/supergraph/last-good.json');
    writeFileSync(path, change(readFileSync(path, 'utf8')));
    server.sdl = null;
    expect(await refusal(desk.keeper().start())).toEqual(['supergraph: shop: it answered 500']);
  });

  it('is done without where it cannot be written', async () => {
    desk.write('data', 'a file where a folder should be');
    desk.write('shop.graphql', adding('orders'));
    desk.configure({ shop: 'shop.graphql' });
    expect(await desk.keeper().start()).not.toBeNull();
    expect(desk.log.map(({ msg }) => msg)).toContain(
      'the supergraph cannot be kept for the next start',
    );
  });
});
