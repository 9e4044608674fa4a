import { until } from '../live/listener';
import { startScene, type Scene } from '../live/scene';
import { newKey, type Data } from '../support/test-service';
import { startForeignRouter, type CustomerKey, type ForeignRouter } from './foreign-router';

describe('Our subgraph behind somebody else’s router', () => {
  let s: Scene;
  let router: ForeignRouter;
  let service: { url: string; routerSecret: string };
  let asha: Record<CustomerKey, string>;

  beforeAll(async () => {
    s = await startScene();
    service = { url: s.t.url, routerSecret: s.t.service.config.routerSecret };
    router = await startForeignRouter(service);
    await s.scan(s.a);
    const { data } = await s.t.run(
      '{ customer(by: { externalId: "asha" }) { id externalId email } }',
      {},
      s.a.apiKey,
    );
    asha = data['customer'] as typeof asha;
  });
  afterAll(async () => {
    await router.close();
    await s.hangUp();
    await s.t.close();
  });

  const customer = '{ customer(by: { externalId: "asha" }) { id wallet { balance } orderTitles } }';
  const order = `query ($buyer: ID!) {
    order(buyer: $buyer) { title buyer { id externalId email wallet { balance } } } }`;

  describe.each<CustomerKey>(['id', 'externalId', 'email'])('with a shop by %s', (key) => {
    let byKey: ForeignRouter;
    beforeAll(async () => (byKey = await startForeignRouter(service, key)));
    afterAll(() => byKey.close());

    it('leads from our customer to what the shop knows', async () => {
      const { data, codes } = await byKey.ask(customer, {}, s.a.apiKey);
      expect(codes).toEqual([]);
      const orderTitles = [`of ${asha[key]}`];
      expect(data).toEqual({ customer: { id: asha.id, wallet: { balance: 3 }, orderTitles } });
    });

    it('leads from an order of the shop to our wallet', async () => {
      const { data, codes } = await byKey.ask(order, { buyer: asha[key] }, s.a.apiKey);
      expect(codes).toEqual([]);
      const buyer = { ...asha, wallet: { balance: 3 } };
      expect(data).toEqual({ order: { title: `of ${asha[key]}`, buyer } });
    });

    it('shows another brand its own side of a customer both know', async () => {
      const { data, codes } = await byKey.ask(order, { buyer: asha[key] }, s.b.apiKey);
      expect(codes).toEqual([]);
      expect(data).toMatchObject({ order: { buyer: { wallet: { balance: 0 } } } });
    });
  });

  it('runs a mutation of ours and reads the shop after it', async () => {
    const input = { externalId: 'ravi', traits: { name: 'Ravi' }, idempotencyKey: newKey() };
    const identify = `mutation ($input: IdentifyCustomerInput!) {
      identifyCustomer(input: $input) { replayed customer { name orderTitles } } }`;
    const told = { customer: { name: 'Ravi', orderTitles: ['of ravi'] } };
    for (const replayed of [false, true]) {
      const { data, codes } = await router.ask(identify, { input }, s.a.apiKey);
      expect(codes).toEqual([]);
      expect(data).toEqual({ identifyCustomer: { ...told, replayed } });
    }
  });

  it('runs a mutation of the shop and reads our wallet after it', async () => {
    const place =
      'mutation ($buyer: ID!) { placeOrder(buyer: $buyer) { buyer { wallet { balance } } } }';
    const { data, codes } = await router.ask(place, { buyer: 'ira' }, s.a.apiKey);
    expect(codes).toEqual([]);
    expect(data).toEqual({ placeOrder: { buyer: { wallet: { balance: 0 } } } });
  });

  it('carries a subscription over WebSocket, each event with what the shop knows', async () => {
    const granted = 'subscription { muGranted { amount customer { externalId orderTitles } } }';
    const events = await router.follow(granted, s.b.apiKey);
    const first = events.next();
    await until(
      () => s.t.service.announcements.following === 1,
      () => 'nobody follows',
    );
    await s.scan(s.b, 'ira');
    const { value } = await first;
    expect(value).toMatchObject({
      codes: [],
      data: { muGranted: { amount: 3, customer: { externalId: 'ira', orderTitles: ['of ira'] } } },
    });
    await events.return();
  });

  describe('asked by each kind of caller', () => {
    const address = 'query ($buyer: ID!) { order(buyer: $buyer) { title buyer { email } } }';
    const email = 'asha@example.in';

    it.each([
      ['the brand', () => s.a.apiKey, { email }, []],
      ['the person themselves', () => s.token(s.a, 'asha'), { email }, []],
      ['another person', () => s.token(s.a, 'ira'), { email: null }, []],
      ['the platform, who knows people by id', () => s.t.platformKey, { email: null }, []],
      ['nobody', () => undefined, { email: null }, ['UNAUTHENTICATED']],
      ['a key that is none', () => 'ar_nonsense', { email: null }, ['UNAUTHENTICATED']],
    ])('shows %s what is theirs to see', async (_who, bearerOf, buyer, refused) => {
      const { data, codes } = await router.ask(address, { buyer: 'asha' }, await bearerOf());
      expect(codes).toEqual(refused);
      expect(data).toEqual({ order: { title: 'of asha', buyer } });
    });

    it.each([
      ['the brand', () => s.a.apiKey, []],
      ['a person', () => s.token(s.a, 'asha'), ['FORBIDDEN']],
      ['the platform', () => s.t.platformKey, ['FORBIDDEN']],
      ['nobody', () => undefined, ['UNAUTHENTICATED']],
    ])('answers %s as it would without a router', async (_who, bearerOf, refused) => {
      const bearer = await bearerOf();
      const rules = '{ earnRules { name } }';
      const direct = await s.t.ask(rules, {}, bearer);
      expect(direct.codes).toEqual(refused);
      const { codes, data } = await router.ask(rules, {}, bearer);
      expect(codes).toEqual(refused);
      expect(data?.['earnRules'] ?? undefined).toEqual(direct.data['earnRules']);
    });
  });

  it('passes the codes of refusals on, without a word that is not in them', async () => {
    const { codes } = await router.ask(
      '{ customers(first: 100000) { nodes { id } } }',
      {},
      s.a.apiKey,
    );
    expect(codes).toEqual(['BAD_USER_INPUT']);
    const redeem = `mutation ($input: RedeemInput!) {
      redeem(input: $input) { redemption { id } userErrors { code } } }`;
    const input = {
      customer: { externalId: 'ira' },
      amount: 5000,
      description: 'a car',
      idempotencyKey: newKey(),
    };
    const { data, codes: none } = await router.ask(redeem, { input }, s.a.apiKey);
    expect(none).toEqual([]);
    expect(data).toEqual({
      redeem: { redemption: null, userErrors: [{ code: 'INSUFFICIENT_MU' }] },
    });
  });

  describe('with a wrong secret', () => {
    let stranger: ForeignRouter;
    beforeAll(async () => {
      stranger = await startForeignRouter({ ...service, routerSecret: 'not the secret' });
    });
    afterAll(() => stranger.close());

    it('is refused with a code, and has the shop’s part of the answer', async () => {
      const { data, codes } = await stranger.ask(order, { buyer: 'asha' }, s.a.apiKey);
      expect(codes).toEqual(['UNAUTHENTICATED']);
      expect(data).toMatchObject({ order: { title: 'of asha' } });
      expect(JSON.stringify(data)).not.toContain(asha.email);
      const mine = await stranger.ask(customer, {}, s.a.apiKey);
      expect(mine).toMatchObject({ codes: ['UNAUTHENTICATED'], data: { customer: null } });
    });

    it('follows nothing', async () => {
      const granted = 'subscription { muGranted { amount } }';
      await expect(stranger.follow(granted, s.a.apiKey)).rejects.toThrow('UNAVAILABLE');
    });
  });

  it.each([
    [
      'takes as many representations as the limit says',
      999,
      { codes: [], email: 'asha@example.in' },
    ],
    ['refuses one more', 1000, { codes: ['BAD_USER_INPUT'], email: null }],
  ])('%s', async (_what, strangers, expected) => {
    const many = `query ($buyer: ID!, $strangers: Int!) {
      orders(buyer: $buyer, strangers: $strangers) { buyer { email } } }`;
    const variables = { buyer: 'asha', strangers };
    const { data, codes } = await router.ask(many, variables, s.a.apiKey);
    expect([...new Set(codes)]).toEqual(expected.codes);
    const orders = data?.['orders'] as Data[];
    expect(orders).toHaveLength(strangers + 1);
    expect(orders[0]).toEqual({ buyer: { email: expected.email } });
    expect(orders.slice(1).every(({ buyer }) => (buyer as Data)['email'] === null)).toBe(true);
  });
});
