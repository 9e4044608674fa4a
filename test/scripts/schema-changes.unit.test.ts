import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compositionErrors, schemaChanges } from '../../scripts/release/schema-changes';
import { root } from '../docs/markdown';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])\n`;

/** A schema in which one thing at a time is changed. */
const released = `${link}
  type Query { member(id: ID!): Member @authenticated @requiresScopes(scopes: [["read"], ["a", "b"]]) }
  type Member @key(fields: "id") @key(fields: "email") @tag(name: "public") {
    id: ID! email: String nick: String old: String @deprecated(reason: "say name")
    note: String @policy(policies: [["staff"]]) @tag(name: "operator")
  }
  type Page @shareable { more: Boolean! }
  input By { id: ID email: String }
`;

async function breaking(from: string, to: string): Promise<string[]> {
  const after = released.replace(from, to);
  expect(after).not.toBe(released);
  const changes = await schemaChanges(released, after);
  return changes.filter(({ severity }) => severity === 'breaking').map(({ path }) => path);
}

describe('The check against the last release', () => {
  it.each([
    ['a field that is gone', 'nick: String', '', 'Member.nick'],
    ['a type that changed', 'nick: String', 'nick: Int', 'Member.nick'],
    ['a key that is gone', '@key(fields: "email")', '', 'Member'],
    ['a tag that is gone', '@tag(name: "public")', '', 'Member'],
    [
      'a known tag that is new',
      'nick: String',
      'nick: String @tag(name: "operator")',
      'Member.nick',
    ],
    ['@shareable that is gone', '@shareable', '', 'Page'],
    ['@authenticated that is gone', '@authenticated', '', 'Query.member'],
    ['@authenticated that is new', 'nick: String', 'nick: String @authenticated', 'Member.nick'],
    [
      '@requiresScopes that is gone',
      '@requiresScopes(scopes: [["read"], ["a", "b"]])',
      '',
      'Query.member',
    ],
    ['scopes that no longer do', '["a", "b"]', '["a", "b", "c"]', 'Query.member'],
    ['a policy that is gone', '@policy(policies: [["staff"]])', '', 'Member.note'],
    ['a policy that is another', '["staff"]', '["owner"]', 'Member.note'],
    ['@inaccessible', 'nick: String', 'nick: String @inaccessible', 'Member.nick'],
    ['an input of one field only', 'input By {', 'input By @oneOf {', 'By'],
    ['an input field that must be given', 'id: ID email', 'id: ID! email', 'By.id'],
  ])('refuses %s', async (_what, from, to, path) => {
    expect(await breaking(from, to)).toEqual([path]);
  });

  it.each([
    ['a field that is new', 'nick: String', 'nick: String added: String'],
    ['a key that is new', '@key(fields: "id")', '@key(fields: "id") @key(fields: "nick")'],
    ['a tag that nobody knew', 'nick: String', 'nick: String @tag(name: "beta")'],
    ['scopes that do as well', '["read"]', '["read"], ["admin"]'],
    ['scopes of which fewer do', '["a", "b"]', '["a"]'],
    ['what was deprecated and is gone', 'old: String @deprecated(reason: "say name")', ''],
    ['another description', 'type Page', '"A page." type Page'],
  ])('lets pass %s', async (_what, from, to) => {
    expect(await breaking(from, to)).toEqual([]);
  });

  it('finds nothing breaking in our schema since the last release (P21)', async () => {
    const read = (path: string) => readFileSync(join(root, path), 'utf8');
    const before = read('schema/releases/0.1.0.graphql');
    const changes = await schemaChanges(before, read('schema/rewards.graphql'));
    expect(changes.filter(({ severity }) => severity === 'breaking')).toEqual([]);
    expect(changes.filter(({ severity }) => severity === 'safe').length).toBeGreaterThan(0);
  });

  it('says what stops subgraphs from composing', () => {
    const mine = `${link} type Query { me: Member } type Member @key(fields: "id") { id: ID! name: String }`;
    const theirs = `${link} type Member @key(fields: "id") { id: ID! name: String }`;
    expect(compositionErrors({ mine, theirs: theirs.replace(' name: String', '') })).toEqual([]);
    expect(compositionErrors({ mine, theirs })).toEqual([expect.stringContaining('Member.name')]);
  });

  it('has the SDL of every release that the changelog names', () => {
    const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
    const versions = [...changelog.matchAll(/^## \[(\d[^\]]*)\]/gm)].map(([, version]) => version);
    expect(versions).toContain('0.1.0');
    const files = readdirSync(join(root, 'schema/releases'));
    expect(files.toSorted()).toEqual(versions.map((version) => `${version}.graphql`).toSorted());
  });
});
