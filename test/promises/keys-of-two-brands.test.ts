import { newKey, startTestService, type TestService } from '../support/test-service';
import { codesOf, send } from './operations';
import { Scene, type Person } from './scene';

let t: TestService;
let scene: Scene;

beforeAll(async () => {
  t = await startTestService();
  scene = await Scene.create(t, 'first-brand');
});

afterAll(() => t.close());

describe('one key in two brands', () => {
  let other: Scene;
  let ours: Person;
  let theirs: Person;

  beforeAll(async () => {
    other = await Scene.create(t, 'second-brand');
    ours = await scene.link('common', 'common@example.in');
    theirs = await other.link('common', 'common@example.in');
    await scene.grantTo({ externalId: 'common' });
  });

  it('is two keys (P7)', async () => {
    expect(theirs.id).toBe(ours.id);
    const scan = { customer: { externalId: 'common' }, action: 'SCAN', idempotencyKey: newKey() };
    const mine = await send(t, scene.brand.apiKey, 'recordAttention', scan);
    const its = await send(t, other.brand.apiKey, 'recordAttention', scan);
    expect([mine['replayed'], its['replayed']]).toEqual([false, false]);
    expect(its['event'].id).not.toBe(mine['event'].id);
    const poisoned = { ...scan, durationMs: 7 };
    expect(codesOf(await send(t, other.brand.apiKey, 'recordAttention', poisoned))).toEqual([
      'IDEMPOTENCY_KEY_REUSED',
    ]);
  });

  it('is two keys for a person, too, whom each of them has signed in (P7)', async () => {
    const input = { amount: 2, description: 'a cup of tea', idempotencyKey: newKey() };
    const mine = await send(t, await scene.tokenOf(ours), 'redeem', input);
    const its = await send(t, await other.tokenOf(theirs), 'redeem', input);
    expect([codesOf(mine), codesOf(its)]).toEqual([[], []]);
    expect([mine['replayed'], its['replayed']]).toEqual([false, false]);
    expect(its['redemption'].id).not.toBe(mine['redemption'].id);
  });
});
