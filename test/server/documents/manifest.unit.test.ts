import { readManifest } from '../../../src/server/documents/manifest';
import { apolloManifest, me, named, sha } from './scene';

describe('a manifest', () => {
  it('is Apollo’s', () => {
    expect(readManifest(JSON.stringify(apolloManifest(me)))).toEqual([
      { id: sha(me), name: 'It', body: me },
    ]);
  });

  it('is a flat map of ids', () => {
    expect(readManifest(JSON.stringify({ one: me, [`sha256:${sha(named)}`]: named }))).toEqual([
      { id: 'one', name: 'one', body: me },
      { id: `sha256:${sha(named)}`, name: `sha256:${sha(named)}`, body: named },
    ]);
  });

  it.each<[string, string]>([
    ['it is not JSON', '{'],
    ['it has the wrong form', '[]'],
    ['it has the wrong form', 'null'],
    ['one has the wrong form', '{"one": 1}'],
    ['one has the wrong form', '{"one": ""}'],
    [
      'version has the wrong form',
      '{"format":"apollo-persisted-query-manifest","version":2,"operations":[]}',
    ],
    ['format has the wrong form', '{"format":"another","version":1,"operations":[]}'],
    [
      'operations.0.body has the wrong form',
      '{"format":"apollo-persisted-query-manifest","version":1,"operations":[{"id":"a"}]}',
    ],
  ])('is refused because %s', (reason, text) => {
    expect(() => readManifest(text)).toThrow(reason);
  });

  it.each([sha(named), sha(named).toUpperCase(), `sha256:${sha(named)}`, sha(me).toUpperCase()])(
    'is refused when the id %s promises another document',
    (id) => {
      const [operation] = (apolloManifest(me) as { operations: object[] }).operations;
      const operations = [{ ...operation, id, name: 'Me' }];
      const text = JSON.stringify({ ...(apolloManifest() as object), operations });
      expect(() => readManifest(text)).toThrow('the id of Me is not the SHA-256 of its document');
      expect(() => readManifest(JSON.stringify({ [id]: me }))).toThrow('is not the SHA-256');
    },
  );

  it('is refused when an id stands for two documents, and not when it says one twice', () => {
    const both = [me, named].map((body) => ({ id: 'a', name: 'A', body }));
    const manifest = apolloManifest() as object;
    const text = (operations: unknown) => JSON.stringify({ ...manifest, operations });
    expect(() => readManifest(text(both))).toThrow('the id of A stands for two documents');
    expect(readManifest(text([both[0], both[0]]))).toHaveLength(2);
  });
});
