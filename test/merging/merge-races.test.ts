import { codesOf, send } from '../promises/operations';
import { Scene } from '../promises/scene';
import { newKey, startTestService, type TestService } from '../support/test-service';
import { mergeAs, settle, walletOf } from './merges';

let t: TestService;
let here: Scene;

beforeAll(async () => {
  t = await startTestService();
  here = await Scene.create(t, 'pageturn');
});
afterAll(() => t.close());

const merge = (from: object, into: object, bearer = here.brand.apiKey) =>
  mergeAs(t, bearer, from, into);
const whole = async (id: string) => (await walletOf(t, id, t.platformKey)).wallet;

test('two merges in opposite directions at the same moment are one merge', async () => {
  for (let round = 0; round < 5; round += 1) {
    const [a, b] = [await here.customer(20), await here.customer(10)];
    const both = await Promise.all([
      merge({ id: a.id }, { id: b.id }),
      merge({ id: b.id }, { id: a.id }, t.platformKey),
    ]);
    expect(both.flatMap(codesOf)).toEqual(['ALREADY_MERGED']);
    expect(await whole(a.id)).toMatchObject({ balance: 30, held: 0 });
  }
});

test('payments and redemptions that race a merge are lost by nobody', async () => {
  const [a, b] = [await here.customer(20), await here.customer(20)];
  const earn = ({ externalId }: typeof a) => here.grantTo({ externalId });
  const spend = ({ externalId }: typeof a) =>
    send(t, here.brand.apiKey, 'redeem', {
      customer: { externalId },
      amount: 1,
      description: 'tea',
      idempotencyKey: newKey(),
    });
  await Promise.all([
    ...Array.from({ length: 10 }, (_, n) => earn(n % 2 ? a : b)),
    ...Array.from({ length: 10 }, (_, n) => spend(n % 2 ? a : b)),
    merge({ id: a.id }, { id: b.id }),
    ...Array.from({ length: 10 }, (_, n) => earn(n % 2 ? a : b)),
  ]);
  await settle(t);
  const { balance, held } = await whole(b.id);
  expect(balance + held).toBe(240);
});
