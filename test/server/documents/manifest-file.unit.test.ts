import { buildSchema, type GraphQLSchema } from 'graphql';
import { ManifestFile } from '../../../src/server/documents/manifest-file';
import { createLog } from '../../../src/platform/log';
import { manifestFile } from './scene';

describe('a manifest whose schema changes', () => {
  it('is held against the new one, so that its documents come and go with the fields', async () => {
    let schema: GraphQLSchema = buildSchema('type Query { mine: Int }');
    const path = manifestFile({ mine: '{ mine }', theirs: '{ theirs }' });
    const log = createLog('silent');
    const file = await ManifestFile.open({ path, schema: () => schema, maxTokens: 100, log });
    expect(file.current?.withId('theirs')).toBeUndefined();
    expect(file.current?.rejected.map(({ name }) => name)).toEqual(['theirs']);
    schema = buildSchema('type Query { mine: Int theirs: Int }');
    await file.check();
    expect(file.current?.withId('theirs')).toBe('{ theirs }');
    expect(file.current?.rejected).toEqual([]);
    schema = buildSchema('type Query { theirs: Int }');
    await file.check();
    expect(file.current?.withId('mine')).toBeUndefined();
    expect(file.current?.sameAs('{mine}')).toBeUndefined();
    expect(file.current?.size).toBe(1);
  });

  it.each([
    [5, 1],
    [4, 0],
  ])('serves a document of 5 tokens when %i are allowed: %i', async (maxTokens, served) => {
    const schema = buildSchema('type Query { a: Int b: Int c: Int }');
    const path = manifestFile({ abc: '{ a b c }' });
    const log = createLog('silent');
    const file = await ManifestFile.open({ path, schema: () => schema, maxTokens, log });
    expect(file.current?.size).toBe(served);
  });
});
