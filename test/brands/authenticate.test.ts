import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { brandBucketOf, createAuthenticator } from '../../src/brands';
import { apiKeyId, brandId } from '../../src/brands/brand.id';
import { openDatabase, type Database } from '../../src/platform/database/database';
import { UnavailableError } from '../../src/platform/errors';
import { features } from '../../src/server/features';
import { startTestService, type TestBrand, type TestService } from '../support/test-service';
import { keyWith, mutate, tokenFor } from './operations';

let t: TestService;
let chai: TestBrand;

beforeAll(async () => {
  t = await startTestService();
  chai = await t.createBrand('chai');
});

afterEach(() => {
  jest.restoreAllMocks();
  t.clock.offsetMs = 0;
});

afterAll(() => t.close());

const bearer = (credential: string) => ({ authorization: `Bearer ${credential}` });
const ask = (credential: string) => t.service.authenticate(bearer(credential));
const refusal = { code: 'UNAUTHENTICATED', message: 'No key or token, or not a valid one.' };

describe('the authenticator', () => {
  it('knows nobody without a header', async () => {
    expect(await t.service.authenticate({})).toEqual({ kind: 'anonymous' });
    const elsewhere = { 'x-brand-id': chai.id, cookie: `authorization=${t.platformKey}` };
    expect(await t.service.authenticate(elsewhere)).toEqual({ kind: 'anonymous' });
  });

  it('knows the platform by its key', async () => {
    expect(await ask(t.platformKey)).toEqual({ kind: 'platform' });
  });

  it('knows a brand by its key, whatever brand another header names', async () => {
    const key = await keyWith(t, chai.apiKey, 'READ', 'RULES');
    const other = await t.createBrand('kite');
    const headers = { ...bearer(key), 'x-brand-id': other.id };
    expect(await t.service.authenticate(headers)).toEqual({
      kind: 'brand',
      brandId: brandId.decode(chai.id),
      keyId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      scopes: ['mu:read', 'mu:rules'],
    });
  });

  it('knows a customer by a token until it expires', async () => {
    const token = tokenFor(t, chai.id);
    expect(await ask(token)).toEqual({
      kind: 'customer',
      customerId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      brandId: brandId.decode(chai.id),
      expiresAt: expect.any(Date) as Date,
    });
    t.clock.offsetMs = 3_600_000;
    await expect(ask(token)).rejects.toMatchObject(refusal);
  });

  it('refuses everything else with the same words', async () => {
    const unknownKey = `ar_${apiKeyId.encode(apiKeyId.create()).slice(4)}${chai.apiKey.slice(-44)}`;
    const last = chai.apiKey.endsWith('A') ? 'Q' : 'A';
    const wrong = [
      'nonsense',
      `${t.platformKey}x`,
      t.platformKey.slice(0, -1),
      unknownKey,
      chai.apiKey.slice(0, -1) + last,
      chai.apiKey.slice(0, -43) + (await keyWith(t, chai.apiKey, 'READ')).slice(-43),
      `${chai.apiKey}x`,
      `${tokenFor(t, chai.id)}x`,
      'eyJhbGciOiJub25lIn0.e30.',
    ];
    for (const credential of wrong) {
      await expect(ask(credential)).rejects.toMatchObject({ ...refusal, extensions: {} });
    }
    const basic = t.service.authenticate({ authorization: 'Basic YTpi' });
    await expect(basic).rejects.toMatchObject(refusal);
  });

  it('refuses a key that was revoked elsewhere once it has kept it five seconds', async () => {
    const { apiKey, secret } = await mutate(
      t,
      'createApiKey',
      { name: 'x', scopes: ['READ'] },
      chai.apiKey,
    );
    expect(await ask(secret)).toMatchObject({ kind: 'brand' });
    const elsewhere = 'UPDATE api_keys SET revoked_at = now() WHERE id = $1';
    await t.database.query(elsewhere, [apiKeyId.decode(apiKey.id)]);
    const started = performance.now();
    const clock = jest.spyOn(performance, 'now').mockReturnValue(started + 4000);
    expect(await ask(secret)).toMatchObject({ kind: 'brand' });
    clock.mockReturnValue(started + 5001);
    await expect(ask(secret)).rejects.toMatchObject(refusal);
  });

  it('asks the database once for callers at the same moment, and not again soon after', async () => {
    const key = await keyWith(t, chai.apiKey, 'READ');
    const { authenticate, lookups } = counting(t.service.database);
    await Promise.all(Array.from({ length: 64 }, () => authenticate(bearer(key))));
    await authenticate(bearer(key));
    expect(lookups()).toBe(1);
  });

  it('is not brought back to a revoked key by a look-up that was under way', async () => {
    const input = { name: 'x', scopes: ['READ'] };
    const { apiKey, secret } = await mutate(t, 'createApiKey', input, chai.apiKey);
    const { authenticate } = counting(t.service.database, async () => {
      await mutate(t, 'revokeApiKey', { id: apiKey.id }, chai.apiKey);
    });
    expect(await authenticate(bearer(secret))).toMatchObject({ kind: 'brand' });
    await expect(ask(secret)).rejects.toMatchObject(refusal);
  });

  it('tells the cost bucket that a brand was given', async () => {
    const { id, apiKey } = await t.createBrand('bucket');
    await mutate(t, 'updateBrand', { brandId: id, bucketSize: 77, bucketPerSecond: 7 });
    expect(brandBucketOf(await ask(apiKey))).toEqual({ size: 77, perSecond: 7 });
    expect(brandBucketOf(await ask(chai.apiKey))).toEqual({ size: null, perSecond: null });
    expect(brandBucketOf(await ask(t.platformKey))).toBeNull();
  });
});

/** An authenticator on a database that counts the sessions it opens and may be held up after a look-up. */
function counting(database: Database, afterLookup: () => Promise<void> = async () => undefined) {
  let opened = 0;
  const reads: Database['reads'] = (scope) => {
    opened += 1;
    const session = database.reads(scope);
    const query = session.query.bind(session);
    session.query = async <Row>(text: string, values?: unknown[]) => {
      const rows = await query<Row>(text, values);
      await afterLookup();
      return rows;
    };
    return session;
  };
  const { config, clock } = t.service;
  const authenticate = createAuthenticator({ config, clock, database: { ...database, reads } });
  return { authenticate, lookups: () => opened };
}

describe('without its database', () => {
  let door: Door;
  let database: Database;

  beforeAll(async () => {
    door = await Door.before(new URL(t.database.url));
    const settings = { ...t.service.database.settings, url: door.url };
    const entities = features.flatMap((feature) => feature.entities);
    database = await openDatabase(settings, entities, t.service.log);
  });

  afterAll(async () => {
    await database.close();
    await door.close();
  });

  it("says so instead of refusing a brand's key, and takes the key when the database is back", async () => {
    const { config, clock } = t.service;
    const authenticate = createAuthenticator({ config, clock, database });
    const key = await keyWith(t, chai.apiKey, 'READ');
    await door.close();
    await expect(authenticate(bearer(key))).rejects.toBeInstanceOf(UnavailableError);
    expect(await authenticate(bearer(t.platformKey))).toEqual({ kind: 'platform' });
    expect(await authenticate(bearer(tokenFor(t, chai.id)))).toMatchObject({ kind: 'customer' });
    await door.open();
    expect(await authenticate(bearer(key))).toMatchObject({ kind: 'brand' });
  });
});

/** A TCP relay to the database that can be shut. */
class Door {
  private server: Server | null = null;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly target: URL,
    private port: number,
  ) {}

  static async before(target: URL): Promise<Door> {
    const door = new Door(target, 0);
    await door.open();
    return door;
  }

  get url(): string {
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String(this.port);
    return url.href;
  }

  async open(): Promise<void> {
    this.server = createServer((near) => {
      const far = connect(Number(this.target.port || 5432), this.target.hostname);
      for (const socket of [near, far]) {
        this.sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          near.destroy();
          far.destroy();
        });
      }
      near.pipe(far).pipe(near);
    });
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const server = this.server;
    this.server = null;
    for (const socket of this.sockets) socket.destroy();
    if (server !== null) await new Promise((resolve) => server.close(resolve));
  }
}
