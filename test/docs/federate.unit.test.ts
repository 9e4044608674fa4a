import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertCompositionSuccess, composeServices } from '@theguild/federation-composition';
import { buildSchema, parse, validate } from 'graphql';
import { parseSupergraphConfig } from '../../src/gateway/composition/config';
import { blocks, readPage, root } from './markdown';

describe('docs/federate-with-us.md', () => {
  const page = readPage('docs/federate-with-us.md');
  const [shop = '', question = ''] = blocks(page, 'graphql');
  const folder = mkdtempSync(join(tmpdir(), 'federate-'));
  let stripped: string;

  beforeAll(() => {
    const command = blocks(page, 'sh').find((text) => text.startsWith('sed')) ?? '';
    const env = { PATH: process.env['PATH'] };
    const script = command.replaceAll('> rewards.graphql', `> ${folder}/rewards.graphql`);
    execFileSync('sh', ['-euc', script], { cwd: root, env });
    stripped = readFileSync(join(folder, 'rewards.graphql'), 'utf8');
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function composeWithShop(rewards: string) {
    const result = composeServices([
      { name: 'rewards', url: 'http://rewards.test', typeDefs: parse(rewards) },
      { name: 'shop', url: 'http://shop.test', typeDefs: parse(shop) },
    ]);
    assertCompositionSuccess(result);
    return result;
  }

  it('shows a command that leaves the access directives out and nothing else', () => {
    const committed = readFileSync(join(root, 'schema/rewards.graphql'), 'utf8');
    expect(committed).toMatch(/@authenticated/);
    expect(stripped).not.toMatch(/authenticated|requiresScopes/);
    const names = ({ definitions }: ReturnType<typeof parse>) =>
      definitions.map((node) => ('name' in node ? node.name?.value : node.kind));
    expect(names(parse(stripped))).toEqual(names(parse(committed)));
  });

  it('shows a shop that composes with us, also without the directives', () => {
    const committed = readFileSync(join(root, 'schema/rewards.graphql'), 'utf8');
    expect(composeWithShop(committed).supergraphSdl).toMatch(/requiresScopes/);
    expect(composeWithShop(stripped).supergraphSdl).not.toMatch(/requiresScopes|authenticated/);
  });

  it('shows a question that the composed graph can be asked', () => {
    const graph = buildSchema(composeWithShop(stripped).publicSdl, { assumeValidSDL: true });
    expect(validate(graph, parse(question))).toEqual([]);
  });

  it('shows a supergraph.yaml that is read, and that names all it can hold', () => {
    const [ours = '', rover = ''] = blocks(page, 'yaml');
    const read = (text: string) =>
      parseSupergraphConfig(text, '/x/supergraph.yaml', { SHOP_SECRET: 'the-secret' });
    expect(read(ours).partners.map(({ settings }) => settings)).toEqual([
      {
        name: 'shop',
        url: 'https://shop.example/graphql',
        headers: { 'x-shop-secret': 'the-secret' },
        forward: ['accept-language'],
        subscriptions: { protocol: 'sse', url: 'https://shop.example/graphql' },
        timeoutMs: 2000,
      },
    ]);
    expect(read(ours).policies.get('support_staff')).toEqual([['mu:ledger']]);
    expect(read(ours).contracts.get('frontend')).toEqual({ exclude: ['operator'], include: [] });
    expect(read(rover).partners.map(({ settings }) => settings.name)).toEqual(['shop']);
    expect(() => parseSupergraphConfig(ours, '/x/supergraph.yaml', {})).toThrow('SHOP_SECRET');
  });

  it('names every entity with its keys', () => {
    const committed = readFileSync(join(root, 'schema/rewards.graphql'), 'utf8');
    const keyed = [...committed.matchAll(/^type (\w+)[^{\n]*@key/gm)].map(([, name]) => name);
    const unnamed = keyed.filter((name) => !page.text.includes(`\`${name}\``));
    expect(keyed).toContain('Customer');
    expect(unnamed).toEqual([]);
  });
});
