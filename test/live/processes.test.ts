import { newKey, startTestService, type Data } from '../support/test-service';
import * as operations from '../../schema/generated/operations';
import { startHttpService } from '../support/http-service';
import { listen, until } from './listener';
import { granted, startScene, walletChanged, type Scene } from './scene';

let s: Scene;
beforeAll(async () => (s = await startScene()));
afterEach(() => s.hangUp());
afterAll(() => s.t.close());

test.each(['WebSocket', 'server-sent events'] as const)(
  'a server that stops ends what is open over %s, within its drain time',
  async (carrier) => {
    const t = await startHttpService({ database: s.t.database });
    const listener = listen(carrier, {
      url: `${t.url}/graphql`,
      bearer: s.a.apiKey,
      query: granted,
    });
    const { announcements } = t.service;
    await until(
      () => announcements.following === 1,
      () => 'it never began',
    );
    const began = Date.now();
    await t.close();
    expect(Date.now() - began).toBeLessThan(t.service.config.limits.drainMs);
    await listener.end();
    expect(listener.results).toEqual([]);
    listener.stop();
  },
);

test('every published subscription can be followed', async () => {
  const documents = [
    operations.MuGrantedDocument,
    operations.WalletChangedDocument,
    operations.StreakChangedDocument,
    operations.RedemptionChangedDocument,
    operations.ReferralActivatedDocument,
    operations.SurpriseReceivedDocument,
    operations.VelvetArrivalDocument,
  ];
  for (const document of documents) {
    const listener = await s.follow('WebSocket', document.toString(), s.a.apiKey);
    expect(listener.ended).toBeUndefined();
  }
  await s.scan(s.a);
  const [granted, changed] = s.open;
  expect((await granted?.have(1))?.[0]?.errors).toBeUndefined();
  expect((await changed?.have(1))?.[0]?.errors).toBeUndefined();
});

test('a store hears of its own arrivals', async () => {
  const query =
    'subscription { velvetArrival(storeId: "andheri") { storeId customer { externalId } } }';
  const listener = await s.follow('WebSocket', query, s.a.apiKey);
  const send = async (mutation: string, input: Data, selection: string, bearer = s.a.apiKey) => {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${selection} } }`;
    const variables = { input: { ...input, idempotencyKey: newKey() } };
    return (await s.t.run(document, variables, bearer)).data[mutation] as Data;
  };
  await send('inviteToVelvet', { customer: { externalId: 'asha' } }, 'replayed');
  const token = await s.token(s.a);
  await send('acceptVelvetInvitation', {}, 'replayed', token);
  for (const storeId of ['bandra', 'andheri']) {
    const made = await send('createVelvetCredential', {}, 'token', token);
    const { userErrors } = await send(
      'recordVelvetArrival',
      { credential: made['token'], storeId },
      'userErrors { code }',
    );
    expect(userErrors).toEqual([]);
  }
  const [arrival] = await listener.have(1);
  expect(arrival?.data?.['velvetArrival']).toEqual({
    storeId: 'andheri',
    customer: { externalId: 'asha' },
  });
  expect(listener.results).toHaveLength(1);
});

describe('several processes', () => {
  test('tell each other what happened', async () => {
    const other = await startTestService({ database: s.t.database });
    try {
      const listener = await s.follow('WebSocket', granted, s.a.apiKey);
      await s.scan(s.a, 'asha', other);
      expect(await listener.have(1)).toHaveLength(1);
    } finally {
      await other.service.close();
    }
  });

  test('hear what was announced while their connection was gone', async () => {
    const listener = await s.follow('WebSocket', granted, s.a.apiKey);
    await s.scan(s.a);
    await listener.have(1);
    const cut = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE query LIKE 'LISTEN %' AND datname = current_database()`;
    await s.t.database.query(cut);
    await s.scan(s.a);
    await s.scan(s.a);
    await listener.have(3);
    expect(listener.results).toHaveLength(3);
  });

  test('tell nobody what was rolled back', async () => {
    const listener = await s.follow('WebSocket', walletChanged, s.a.apiKey);
    const { data } = await s.t.run(
      `mutation ($input: RedeemInput!) { redeem(input: $input) { userErrors { code } } }`,
      {
        input: {
          amount: 10 ** 9,
          description: 'x',
          customer: { externalId: 'ira' },
          idempotencyKey: newKey(),
        },
      },
      s.a.apiKey,
    );
    expect(data['redeem'].userErrors).toEqual([{ code: 'INSUFFICIENT_MU' }]);
    await s.scan(s.a, 'ira');
    const [only] = await listener.have(1);
    expect(only?.data?.['walletChanged'].kind).toBe('GRANT');
  });
});

test('behind a pooler that carries no notifications the feed looks by itself', async () => {
  const { settings } = s.t.service.database;
  settings.prepared = false;
  const other = await startTestService({ database: s.t.database });
  other.service.database.settings.prepared = false;
  settings.prepared = true;
  try {
    const [{ id }] = (await s.t.database.query<{ id: string }>(
      'SELECT id FROM brands WHERE slug = $1',
      ['brand-a'],
    )) as [{ id: string }];
    const wanted = { topics: ['mu.granted'], brandId: id, customerId: null };
    const source = await other.service.announcements.follow(wanted);
    await s.scan(s.a);
    const { value } = await source.next();
    expect(value).toMatchObject({ topic: 'mu.granted', brandId: id });
    await source.return?.();
  } finally {
    await other.service.close();
  }
});
