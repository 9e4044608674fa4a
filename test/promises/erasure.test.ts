import { eraseAs, followUp, tablesWith } from '../privacy/people';
import { newKey, startTestService, type TestService } from '../support/test-service';
import { assertBooks } from '../support/invariants';
import { sayEverywhere, somebodyNamed, takeBackSaying } from './canary';
import { Scene } from './scene';

const canary = 'canary-4f1d';

let t: TestService;
let scene: Scene;
let id: string;

beforeAll(async () => {
  t = await startTestService();
  scene = await Scene.create(t, 'first-brand');
  id = await somebodyNamed(scene, canary, 20);
});

afterAll(() => t.close());

it('erases a person so that no word of them is anywhere, and the books balance (P17)', async () => {
  const taken = await sayEverywhere(scene, id, canary);
  expect(taken).toEqual(
    expect.arrayContaining([
      'recordAttention.properties',
      'recordOrder.externalId',
      'redeem.description',
      'requestAdjustment.reason',
    ]),
  );
  const other = await scene.customer(20);
  await t.run(
    `mutation ($input: MergeCustomersInput!) { mergeCustomers(input: $input) { merge { id } } }`,
    {
      input: {
        ...{ from: { id: other.id }, into: { id } },
        ...{ reason: canary, idempotencyKey: newKey() },
      },
    },
    scene.brand.apiKey,
  );
  await takeBackSaying(scene, canary);
  const words = [canary, '9876512345'];
  expect(Object.keys(await tablesWith(t, words))).toEqual(
    expect.arrayContaining(['relationships', 'merge_log', 'attention_events', 'transfers']),
  );
  const { erasure, userErrors } = await eraseAs(t, scene.brand.apiKey, { id });
  expect(userErrors).toEqual([]);
  expect(erasure.extinguished).toBeGreaterThan(0);
  expect(await tablesWith(t, words)).toEqual({});
  await followUp(t);
  expect(await tablesWith(t, words)).toEqual({});
  await assertBooks(t.database);
});

it('replays what an erased customer was answered, without a word of them (I6)', async () => {
  const idempotencyKey = newKey();
  const email = 'gone-9c2e@example.in';
  const text = `mutation ($input: IdentifyCustomerInput!) { identifyCustomer(input: $input) {
    customer { id email } replayed userErrors { code } } }`;
  const send = () => t.run(text, { input: { email, idempotencyKey } }, scene.brand.apiKey);
  const { data } = await send();
  await eraseAs(t, scene.brand.apiKey, { id: data['identifyCustomer'].customer.id });
  const replay = await send();
  expect(replay.errors).toBeUndefined();
  expect(replay.data['identifyCustomer']).toEqual({
    customer: null,
    replayed: true,
    userErrors: [],
  });
});
