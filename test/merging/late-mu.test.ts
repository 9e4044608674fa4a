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

const whole = async (id: string) => (await walletOf(t, id, t.platformKey)).wallet;

async function optOut(id: string): Promise<void> {
  const document = `mutation ($input: OptOutOfMuInput!) { optOutOfMu(input: $input) { replayed } }`;
  await t.run(
    document,
    { input: { customer: { id }, idempotencyKey: newKey() } },
    here.brand.apiKey,
  );
}

/** Somebody captures 7 of 30 Mu and is merged; then the 7 are paid back to them. Answers the survivor's id. */
async function refundedAfterMerge(between: (survivor: string) => Promise<void>): Promise<string> {
  const [from, into] = [await here.customer(30), await here.customer()];
  const id = await here.redemptionOf({ externalId: from.externalId }, 7);
  const captured = await here.do('captureRedemption', { id });
  await mergeAs(t, here.brand.apiKey, { id: from.id }, { id: into.id });
  await between(into.id);
  await here.do('reverseTransfer', { id: captured['transfer'].id, reason: 'a refund' });
  return into.id;
}

test('what is refunded to the one who is gone follows', async () => {
  const survivor = await refundedAfterMerge(() => Promise.resolve());
  await settle(t);
  expect(await whole(survivor)).toMatchObject({ balance: 30, held: 0 });
});

test('what is refunded stays where it is when the survivor wants no Mu, and holds up nobody', async () => {
  await refundedAfterMerge(optOut);
  const other = await refundedAfterMerge(() => Promise.resolve());
  await settle(t);
  expect(await whole(other)).toMatchObject({ balance: 30, held: 0 });
});
