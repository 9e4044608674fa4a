import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exampleOperations } from '../../src/server/explorer/operations';
import { expectRefusal, startToyServer, type ToyServer } from '../support/toy-server';
import { productionEnv } from '../support/toy-service';

const asBrowser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

describe('the explorer', () => {
  let server: ToyServer;
  beforeAll(async () => {
    const explorer = { headers: { authorization: 'Bearer demo-brand-key' } };
    server = await startToyServer({ explorer });
  });
  afterAll(() => server.close());

  it('is what a browser gets at /graphql, without a key', async () => {
    const answer = await server.fetch('/graphql?query=%7Bme%7D', { headers: asBrowser });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(answer.text).toContain('<title>Atomic Rewards</title>');
    expect(answer.text).toContain('Bearer demo-brand-key');
  });

  it('loads nothing from anywhere else, and the browser is told not to (S4)', async () => {
    const { text, headers } = await server.fetch('/graphql', { headers: asBrowser });
    const [head = '', ...rest] = text.split('<script>');
    expect(rest.length).toBeGreaterThan(0);
    expect(head).not.toMatch(/<script|@import|url\(\s*["']?(https?:)?\/\//i);
    expect(text).not.toMatch(/<(script|img|iframe)[^>]+src=["']?(https?:)?\/\//i);
    expect(text).not.toMatch(/<link[^>]+href=["']?(https?:)?\/\//i);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).not.toMatch(/https?:/);
  });

  it('comes plain to a client that does not inflate', async () => {
    const headers = { ...asBrowser, 'accept-encoding': 'identity' };
    const answer = await server.fetch('/graphql', { headers });
    expect(answer.headers.get('content-encoding')).toBeNull();
    expect(answer.text).toContain('<title>Atomic Rewards</title>');
  });

  it('leads to Apollo Sandbox for those who have internet', async () => {
    const answer = await server.fetch('/sandbox', { redirect: 'manual' });
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe(
      `https://studio.apollographql.com/sandbox/explorer?endpoint=${encodeURIComponent(`${server.url}/graphql`)}`,
    );
  });

  it('does not exist in production (S4)', async () => {
    const production = await startToyServer({ env: productionEnv });
    expectRefusal(await production.fetch('/graphql', { headers: asBrowser }), 404, 'NOT_FOUND');
    expectRefusal(await production.fetch('/sandbox'), 404, 'NOT_FOUND');
    await production.close();
  });
});

describe('the operations of the explorer', () => {
  it('are the files of a folder by name, with variables where a file has them', () => {
    const folder = mkdtempSync(join(tmpdir(), 'operations-'));
    writeFileSync(join(folder, 'b.graphql'), 'query B { me { id } }');
    writeFileSync(
      join(folder, 'a.graphql'),
      'query A($n: Int) { people(first: $n) { nodes { id } } }',
    );
    writeFileSync(join(folder, 'a.json'), '{ "n": 2 }');
    writeFileSync(join(folder, 'notes.md'), 'not an operation');
    expect(exampleOperations(folder)).toEqual([
      { query: 'query A($n: Int) { people(first: $n) { nodes { id } } }', variables: '{ "n": 2 }' },
      { query: 'query B { me { id } }' },
    ]);
    expect(exampleOperations(join(folder, 'missing'))).toEqual([]);
  });

  it('are all those that are shipped', () => {
    const shipped = readdirSync('schema/operations').filter((name) => name.endsWith('.graphql'));
    expect(shipped.length).toBeGreaterThan(0);
    expect(exampleOperations()).toHaveLength(shipped.length);
  });
});
