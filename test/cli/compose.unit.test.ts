import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { runCompose } from '../../src/cli/compose';

const folder = mkdtempSync(join(tmpdir(), 'atomic-rewards-compose-'));
const config = join(folder, 'supergraph.yaml');
const out = join(folder, 'supergraph.graphql');
const committed = join(__dirname, '../../schema/supergraph.graphql');
const examples = join(__dirname, '../../examples/supergraph.yaml');

let said: string;
let complained: string;

beforeEach(() => {
  said = complained = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((said += String(text))));
  jest
    .spyOn(process.stderr, 'write')
    .mockImplementation((text) => Boolean((complained += String(text))));
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(out, { force: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]) => runCompose(['--config', config, '--out', out, ...args]);

const shop = (fields: string) =>
  `subgraphs: { shop: { routing_url: "http://shop.test", schema: { sdl: '
     extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@policy"])
     type Customer @key(fields: "externalId") { externalId: String ${fields} }' } } }`;

describe('npm run compose', () => {
  it('writes the supergraph and says what it is made of', async () => {
    writeFileSync(config, shop('tier: String!'));
    expect(await run()).toBe(0);
    expect(readFileSync(out, 'utf8')).toContain(
      'SHOP @join__graph(name: "shop", url: "http://shop.test")',
    );
    expect(said).toContain('composes: rewards, shop.\n');
    expect(said).toContain(
      'hint: published as nullable, because a partner may be down: Customer.tier',
    );
    expect(said).toContain(`written: ${out}`);
    expect(complained).toBe('');
  });

  it('hints at policies nobody passes and at tags nothing carries', async () => {
    writeFileSync(
      config,
      `${shop('tier: String @policy(policies: [["vip"]])')}
contracts: { front: { exclude: [operator, internal] } }`,
    );
    expect(await run()).toBe(0);
    expect(said.split('\n').filter((line) => line.includes('hint'))).toEqual([
      '  hint: contract front: nothing carries the tag internal',
      '  hint: policy vip: the configuration does not say who passes it, so nobody does',
    ]);
  });

  it('says what does not fit, and writes nothing', async () => {
    writeFileSync(config, shop('id: Int'));
    expect(await run()).toBe(1);
    expect(complained).toMatch(/does not compose:\n {2}rewards, shop: FIELD_TYPE_MISMATCH: /);
    expect(existsSync(out)).toBe(false);
  });

  it.each([
    [
      'a broken configuration',
      'subgraphs: { shop: { rooting_url: x } }',
      'subgraphs.shop.rooting_url: is no setting',
    ],
    [
      'a schema that cannot be had',
      'subgraphs: { shop: { routing_url: "http://a.test", schema: { file: none.graphql } } }',
      `shop: ${join(folder, 'none.graphql')} cannot be read (ENOENT)`,
    ],
  ])('says what is wrong with %s', async (_what, text, line) => {
    writeFileSync(config, text);
    expect(await run()).toBe(1);
    expect(complained).toContain(line);
  });

  it('checks what is written, and leaves it as it is', async () => {
    writeFileSync(config, shop('tier: String'));
    expect(await run('--check')).toBe(1);
    expect(existsSync(out)).toBe(false);
    await run();
    expect(await run('--check')).toBe(0);
    writeFileSync(out, 'old');
    expect(await run('--check')).toBe(1);
    expect(complained).toContain(`${out} is stale`);
    expect(readFileSync(out, 'utf8')).toBe('old');
  });

  it.each([[[]], [['--check']]])(
    'only says whether it composes when no file is named: %j',
    async (args) => {
      writeFileSync(config, shop('tier: String'));
      expect(await runCompose(['--config', config, ...args])).toBe(0);
      expect(said).not.toContain('written');
      writeFileSync(config, shop('id: Int'));
      expect(await runCompose(['--config', config, ...args])).toBe(1);
    },
  );

  it('has been run for the examples', async () => {
    expect(await runCompose(['--config', examples, '--out', committed, '--check'])).toBe(0);
  });

  it('writes a supergraph for a router of somebody else', async () => {
    writeFileSync(config, shop('tier: String @policy(policies: [["vip"]])'));
    const url = 'https://rewards.example/subgraph';
    expect(await run('--router', url)).toBe(0);
    const sdl = readFileSync(out, 'utf8');
    expect(sdl).toContain(`REWARDS @join__graph(name: "rewards", url: "${url}")`);
    expect(sdl).toContain('SHOP @join__graph(name: "shop", url: "http://shop.test")');
    expect(sdl).not.toMatch(/@authenticated|@requiresScopes|@policy|SECURITY\)|policy__/);
    expect(sdl).toContain('@cost(weight:');
    expect(() => buildSchema(sdl)).not.toThrow();
  });

  it('keeps the committed supergraph, whatever a router is given', async () => {
    const before = readFileSync(committed, 'utf8');
    expect(await runCompose(['--config', examples, '--router', 'http://127.0.0.1:4000/x'])).toBe(0);
    expect(readFileSync(committed, 'utf8')).toBe(before);
  });
});
