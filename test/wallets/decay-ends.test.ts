import { idOf, identify } from '../customers/people';
import { customerWith, grant, pending, send as spend } from '../shop/shop';
import type { TestBrand, TestService } from '../support/test-service';
import { DecayScene, runJob } from './decay';
import { attend, send, tokenFor } from './wallets';

let scene: DecayScene;
let t: TestService;
let kaapi: TestBrand;
let trip: TestBrand;

beforeAll(async () => {
  scene = await DecayScene.start();
  ({ t, kaapi, trip } = scene);
});

afterAll(() => t.close());

describe('a sign of life', () => {
  test('ends a silence that has not been told of yet', async () => {
    const customer = await customerWith(t, kaapi, 1000);
    await scene.after(100);
    await attend(t, kaapi, customer);
    await scene.after(179);
    expect(await scene.noticesOf(customer)).toEqual([]);
    await scene.after(1);
    expect(await scene.noticesOf(customer)).toHaveLength(1);
  });

  const signs: Record<string, (customer: string) => Promise<unknown>> = {
    'attention to a brand': (customer) => attend(t, kaapi, customer),
    'attention to another brand': async (customer) => {
      const email = scene.freshEmail();
      await identify(t, kaapi, { ...(await keyOf(customer)), email });
      expect(await idOf(t, trip, { email })).toBe(customer);
      await attend(t, trip, customer);
    },
    'a grant': (customer) => grant(t, kaapi, customer, 1),
    'a redemption': (customer) => pending(t, kaapi, customer, 1),
  };

  /** The key by which kaapi knows a customer. */
  async function keyOf(customer: string): Promise<{ externalId: string }> {
    const { data } = await t.run(
      'query ($by: CustomerBy!) { customer(by: $by) { externalId } }',
      { by: { id: customer } },
      kaapi.apiKey,
    );
    return { externalId: data['customer'].externalId as string };
  }

  test.each(Object.keys(signs))(
    '%s between notice and month ends it, and a new silence is told anew',
    async (name) => {
      const { customer } = await scene.told();
      scene.pass(20);
      await signs[name]!(customer);
      await scene.after(10);
      await scene.after(60);
      expect(await scene.decayed(customer)).toEqual([]);
      await scene.after(109);
      expect(await scene.noticesOf(customer)).toHaveLength(1);
      await scene.after(1);
      const notices = await scene.noticesOf(customer);
      expect(notices).toHaveLength(2);
      const balance = await scene.balanceOf(customer);
      await scene.at(notices[1]!.decaysAt);
      expect(await scene.balanceOf(customer)).toBe(balance - Math.floor(balance / 20));
    },
  );

  test('between two months ends it as well: a gift', async () => {
    const { customer, decaysAt } = await scene.told();
    await scene.at(decaysAt);
    const { customer: friend } = await identify(t, kaapi, {
      email: scene.freshEmail(),
      confirmed: ['EMAIL'],
    });
    const email = scene.freshEmail();
    await identify(t, kaapi, { ...(await keyOf(customer)), email, confirmed: ['EMAIL'] });
    scene.pass(2);
    const token = await tokenFor(t, kaapi, customer);
    const gift = { to: { id: friend?.['id'] as string }, amount: 10 };
    expect((await send(t, token, 'giftMu', gift))['userErrors']).toEqual([]);
    await scene.after(40);
    expect(await scene.balanceOf(customer)).toBe(940);
  });

  test('is the end of a redemption by its brand, too', async () => {
    const customer = await customerWith(t, kaapi, 1000);
    const { redemption } = await pending(t, kaapi, customer, 100);
    scene.pass(6);
    await spend(t, kaapi.apiKey, 'captureRedemption', { id: redemption.id });
    await scene.after(179);
    expect(await scene.noticesOf(customer)).toEqual([]);
    await scene.after(1);
    expect(await scene.noticesOf(customer)).toHaveLength(1);
  });

  test('at the very moment of decay comes before it or after it, and never in between', async () => {
    const people = await Promise.all(
      Array.from({ length: 12 }, () => customerWith(t, kaapi, 1000)),
    );
    await scene.after(180);
    scene.pass(30);
    await Promise.all([
      ...people.map((one) => pending(t, kaapi, one, 40)),
      runJob(t),
      ...people.map((one) => grant(t, kaapi, one, 40)),
    ]);
    await runJob(t);
    for (const one of people) expect([1000, 950]).toContain(await scene.balanceOf(one));
  });

  test('is not what a machine did', async () => {
    const customer = await customerWith(t, kaapi, 1000);
    scene.pass(170);
    const input = { customer: { id: customer }, action: 'OPEN', userAgent: 'GoogleImageProxy' };
    const { data } = await t.run(
      `mutation ($input: RecordAttentionInput!) { recordAttention(input: $input) {
        event { confidence } userErrors { code } } }`,
      { input: { ...input, idempotencyKey: `machine-${customer}` } },
      kaapi.apiKey,
    );
    expect(data['recordAttention']).toEqual({ event: { confidence: 0 }, userErrors: [] });
    await scene.after(10);
    expect(await scene.noticesOf(customer)).toHaveLength(1);
  });
});

describe('a wallet that was closed', () => {
  test('after its notice decays no more, nor is told of again', async () => {
    const { customer } = await scene.told();
    await send(t, kaapi.apiKey, 'optOutOfMu', { customer: { id: customer } });
    await scene.after(30);
    await scene.after(200);
    expect(await scene.decayed(customer)).toEqual([]);
    expect(await scene.noticesOf(customer)).toHaveLength(1);
  });
});
