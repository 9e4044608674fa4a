import 'reflect-metadata';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeManifest } from '../../../src/cli/operations-manifest';
import { requestLimits } from '../../../src/platform/request-limits';
import { serviceSchemas } from '../../../src/server/create-service';
import { readManifest } from '../../../src/server/documents/manifest';
import { TrustedDocuments } from '../../../src/server/documents/trusted-documents';
import { manifestOf } from '../../../src/server/documents/write-manifest';
import { sha } from './scene';

function folderOf(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'operations-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

describe('the manifest of a folder', () => {
  it('has each operation by the hash of its printed text, in the order of the files', () => {
    const folder = folderOf({
      'b.graphql': 'query B{me{...P}} fragment P on Person{id}',
      'a.graphql': '# first\nmutation A { touch }\n',
      'notes.json': '{}',
    });
    const a = 'mutation A {\n  touch\n}';
    const b = 'query B {\n  me {\n    ...P\n  }\n}\n\nfragment P on Person {\n  id\n}';
    expect(JSON.parse(manifestOf(folder))).toEqual({
      format: 'apollo-persisted-query-manifest',
      version: 1,
      operations: [
        { id: sha(a), name: 'A', type: 'mutation', body: a },
        { id: sha(b), name: 'B', type: 'query', body: b },
      ],
    });
  });

  it.each<[string, Record<string, string>]>([
    ['a.graphql: it needs one operation, with a name', { 'a.graphql': '{ me }' }],
    ['a.graphql: it needs one operation', { 'a.graphql': 'query A { me } query B { me }' }],
    ['a.graphql: it needs one operation', { 'a.graphql': 'fragment P on Person { id }' }],
    ['a.graphql: Syntax Error', { 'a.graphql': 'query A {' }],
    ['two operations are called A', { 'a.graphql': 'query A { a }', 'b.graphql': 'query A { b }' }],
  ])('is refused: %s', (reason, files) => {
    expect(() => manifestOf(folderOf(files))).toThrow(reason);
  });

  it('is written by the command, which says in one line what it cannot read', () => {
    const folder = folderOf({ 'a.graphql': 'query A { me }' });
    const file = join(folder, 'manifest.json');
    expect(writeManifest([folder, file])).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(manifestOf(folder));
    const said: string[] = [];
    const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
      said.push(String(text));
      return true;
    });
    expect(writeManifest([join(folder, 'missing'), file])).toBe(1);
    expect(writeManifest([folderOf({ 'a.graphql': '{ me }' }), file])).toBe(1);
    write.mockRestore();
    expect(said.map((text) => text.split('\n').length)).toEqual([2, 2]);
    expect(said[1]).toBe('a.graphql: it needs one operation, with a name\n');
  });
});

describe('the manifest we ship', () => {
  it('is that of the operations we ship, and all of them fit the graph', async () => {
    const text = readFileSync('schema/persisted-operations.json', 'utf8');
    expect(text).toBe(manifestOf('schema/operations'));
    const { publicSchema } = serviceSchemas();
    const admission = { schema: publicSchema, maxTokens: requestLimits.tokens.value };
    const documents = await TrustedDocuments.admit(readManifest(text), admission);
    expect(documents.rejected).toEqual([]);
    expect(documents.size).toBeGreaterThan(80);
  });
});
