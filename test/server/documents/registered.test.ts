import { expectRefusal } from '../../support/toy-server';
import { byHash, get, manifestFile, me, named, outcomes, send, sha, startsServers } from './scene';

const startWith = startsServers();

describe('a registered document', () => {
  it('is asked for by its hash, sent once, and then known', async () => {
    const server = await startWith();
    const missed = await send(server, byHash(sha(me)));
    expectRefusal(missed, 200, 'PERSISTED_QUERY_NOT_FOUND');
    expect(missed.headers.get('cache-control')).toBe('no-store');
    const registered = await send(server, { query: me, ...byHash(sha(me)) });
    expect(registered.json).toEqual({ data: { me: { id: 'me' } } });
    expect((await send(server, byHash(sha(me)))).json).toEqual({ data: { me: { id: 'me' } } });
    await send(server, { query: me });
    expect(await outcomes(server)).toEqual({ apq_miss: 1, registered: 1, apq_hit: 1, sent: 1 });
  });

  it('is asked for by GET as well', async () => {
    const server = await startWith();
    const extensions = JSON.stringify(byHash(sha(me)).extensions);
    const headers = { 'apollo-require-preflight': 'true' };
    const missed = await get(server, [['extensions', extensions]], headers);
    expectRefusal(missed, 200, 'PERSISTED_QUERY_NOT_FOUND');
    await send(server, { query: me, ...byHash(sha(me)) });
    const found = await get(server, [['extensions', extensions]], headers);
    expect(found.json).toEqual({ data: { me: { id: 'me' } } });
  });

  it('is never found under the hash of another (S5)', async () => {
    const server = await startWith();
    const lies = [sha(named), sha(me).toUpperCase(), sha(me).slice(1), ''];
    for (const lie of lies) {
      const answer = await send(server, { query: me, ...byHash(lie) });
      expectRefusal(answer, 400, 'PERSISTED_QUERY_HASH_MISMATCH');
      expectRefusal(await send(server, byHash(lie)), 200, 'PERSISTED_QUERY_NOT_FOUND');
    }
    expectRefusal(await send(server, byHash(sha(me))), 200, 'PERSISTED_QUERY_NOT_FOUND');
    expect(await outcomes(server)).toEqual({ refused: 4, apq_miss: 5 });
  });

  it('never stands before one of the manifest', async () => {
    const server = await startWith({ env: { PERSISTED_OPERATIONS: manifestFile({ me }) } });
    expectRefusal(
      await send(server, { query: named, ...byHash('me') }),
      400,
      'PERSISTED_QUERY_HASH_MISMATCH',
    );
    expect((await send(server, byHash('me'))).json).toEqual({ data: { me: { id: 'me' } } });
  });

  it('is not kept when it is not GraphQL', async () => {
    const server = await startWith();
    const junk = 'x'.repeat(100);
    const answer = await send(server, { query: junk, ...byHash(sha(junk)) });
    expectRefusal(answer, 400, 'GRAPHQL_PARSE_FAILED');
    expectRefusal(await send(server, byHash(sha(junk))), 200, 'PERSISTED_QUERY_NOT_FOUND');
  });

  it('is bound by the protocol’s version', async () => {
    const server = await startWith();
    for (const persistedQuery of [{ version: 2, sha256Hash: sha(me) }, { version: 1 }, 7, 'x']) {
      const answer = await send(server, { query: me, extensions: { persistedQuery } });
      expectRefusal(answer, 400, 'BAD_REQUEST');
    }
  });

  it('is forgotten when one more comes than the limit of entries (S5)', async () => {
    const server = await startWith({ limits: { apqEntries: 2 } });
    const documents = ['{ me { id } }', '{ me { name } }', '{ me { id name } }'];
    const isKnown = async (text: string) =>
      (await send(server, byHash(sha(text)))).json.data !== undefined;
    for (const query of documents.slice(0, 2)) {
      await send(server, { query, ...byHash(sha(query)) });
    }
    expect([await isKnown(documents[0]!), await isKnown(documents[1]!)]).toEqual([true, true]);
    await send(server, { query: documents[2], ...byHash(sha(documents[2]!)) });
    expect([await isKnown(documents[0]!), await isKnown(documents[1]!)]).toEqual([false, true]);
  });

  it.each([
    [0, true],
    [1, false],
  ])('and when the documents are %i bytes more than the limit (S5)', async (more, kept) => {
    const documents = ['{ me { id } }', '{ me { name } } # für'];
    const bytes = Buffer.byteLength(documents.join(''));
    const server = await startWith({ limits: { apqBytes: bytes - more } });
    for (const query of documents) await send(server, { query, ...byHash(sha(query)) });
    const [first] = documents;
    const answer = await send(server, byHash(sha(first!)));
    expect(answer.json.data !== undefined).toBe(kept);
  });

  it('is not kept where none is, and clients are told to send theirs whole', async () => {
    for (const limits of [{ apqEntries: 0 }, { apqBytes: 0 }]) {
      const server = await startWith({ limits });
      const run = await send(server, { query: me, ...byHash(sha(me)) });
      expect(run.json).toEqual({ data: { me: { id: 'me' } } });
      const answer = await send(server, byHash(sha(me)));
      expectRefusal(answer, 400, 'PERSISTED_QUERY_NOT_SUPPORTED');
    }
  });
});
