import { renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { pino } from 'pino';
import { loadConfig } from '../../../src/platform/config';
import { expectRefusal, until, type ToyServer } from '../../support/toy-server';
import { manifestFile, me, named, send, sha, startsServers } from './scene';

const startWith = startsServers();

function memoryLog() {
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>);
  const log = pino({ level: 'trace', base: null }, { write });
  const said = (what: RegExp) => lines.filter(({ msg }) => what.test(String(msg)));
  return { log, said };
}

async function isServed(server: ToyServer, documentId: string): Promise<boolean> {
  return (await send(server, { documentId })).json.data !== undefined;
}

/** Writes a manifest beside the old one and moves it into place, as a delivery does. */
function deliver(path: string, content: unknown): void {
  writeFileSync(`${path}.new`, typeof content === 'string' ? content : JSON.stringify(content));
  renameSync(`${path}.new`, path);
}

describe('a manifest that changes', () => {
  it('is read anew: new operations run and old ones do no more', async () => {
    const path = manifestFile({ me });
    const { log, said } = memoryLog();
    const env = { PERSISTED_OPERATIONS: path };
    const server = await startWith({ env, log, limits: { manifestPollMs: 10 } });
    expect(await isServed(server, 'me')).toBe(true);
    expect(await isServed(server, 'named')).toBe(false);
    deliver(path, { named });
    await until(() => said(/are served/).length === 2);
    expect(await isServed(server, 'me')).toBe(false);
    expect(await isServed(server, 'named')).toBe(true);
  });

  it('and is broken costs nothing but a line in the log', async () => {
    const path = manifestFile({ me });
    const { log, said } = memoryLog();
    const env = { PERSISTED_OPERATIONS: path };
    const server = await startWith({ env, log, limits: { manifestPollMs: 10 } });
    const pause = () => new Promise((resolve) => setTimeout(resolve, 100));
    deliver(path, '{ "me": ');
    await until(() => said(/broken/).length > 0);
    await pause();
    expect(said(/broken/).map(({ reason }) => reason)).toEqual(['it is not JSON']);
    rmSync(path);
    await until(() => said(/broken/).length > 1);
    await pause();
    expect(said(/broken/)).toHaveLength(2);
    expect(await isServed(server, 'me')).toBe(true);
    deliver(path, { named });
    await until(() => said(/are served/).length === 2);
    expect(await isServed(server, 'named')).toBe(true);
  });

  it('is not read as long as it stays the same', async () => {
    const path = manifestFile({ me });
    const { log, said } = memoryLog();
    const env = { PERSISTED_OPERATIONS: path };
    await startWith({ env, log, limits: { manifestPollMs: 10 } });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(said(/are served/)).toHaveLength(1);
    utimesSync(path, new Date(), new Date(0));
    await until(() => said(/are served/).length === 2);
  });
});

describe('documents that do not fit', () => {
  it('are named in the log and not served, while the others are', async () => {
    const { log, said } = memoryLog();
    const stale = 'query Stale { me { nam } }';
    const manifest = {
      me,
      stale,
      torn: 'query Torn {',
      long: `query Long { me { ${'id '.repeat(3000)} } }`,
    };
    const env = { PERSISTED_OPERATIONS: manifestFile(manifest), SAFELIST: 'on' };
    const server = await startWith({ env, log });
    expect(said(/does not fit/).map(({ operation }) => operation)).toEqual([
      'stale',
      'torn',
      'long',
    ]);
    expect(said(/are served/).map(({ operations }) => operations)).toEqual([1]);
    expect(await isServed(server, 'me')).toBe(true);
    for (const documentId of ['stale', 'torn', 'long', `sha256:${sha(stale)}`]) {
      expectRefusal(await send(server, { documentId }), 400, 'PERSISTED_DOCUMENT_NOT_FOUND');
    }
    expectRefusal(await send(server, { query: stale }), 403, 'DOCUMENT_NOT_TRUSTED');
  });
});

describe('the start', () => {
  const startOn = (path: string) => startWith({ env: { PERSISTED_OPERATIONS: path } });

  it('is refused by a manifest that cannot be used, in one line', async () => {
    await expect(startOn('/nowhere/manifest.json')).rejects.toThrow(
      'PERSISTED_OPERATIONS: the file cannot be read (ENOENT)',
    );
    await expect(startOn(manifestFile('{'))).rejects.toThrow(
      'PERSISTED_OPERATIONS: it is not JSON',
    );
    await expect(startOn(manifestFile({ [sha(named)]: me }))).rejects.toThrow(
      `PERSISTED_OPERATIONS: the id of ${sha(named)} is not the SHA-256 of its document`,
    );
  });

  it('is refused by a safelist without a manifest', () => {
    expect(() => loadConfig({ SAFELIST: 'on' })).toThrow('SAFELIST: needs PERSISTED_OPERATIONS');
    expect(() => loadConfig({ SAFELIST: 'yes' })).toThrow('SAFELIST: ');
    expect(loadConfig({ SAFELIST: 'on', PERSISTED_OPERATIONS: 'a.json' }).safelist).toBe(true);
    expect(loadConfig({}).safelist).toBe(false);
  });
});
