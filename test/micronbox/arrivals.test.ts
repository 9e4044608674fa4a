import type { MessageDraft } from '../../src/messages';
import { must } from '../referrals/friends';
import { BoxDesk } from './desk';

let desk: BoxDesk;
let statements = 0;

beforeAll(async () => {
  desk = await BoxDesk.open(2, { hooks: { beforeStatement: () => void (statements += 1) } });
  for (const brand of desk.brands) await desk.deliver(brand);
});
afterAll(() => desk.t.close());

/** The statements that telling of a new message's delivery takes. */
async function statementsOf(kind: MessageDraft['kind'], to: string[] = ['asha']): Promise<number> {
  const customers = to.map((externalId) => ({ externalId }));
  // Once before, so that what is kept of them is there.
  await desk.deliver(desk.brand(0), { kind: 'SELL' }, { customers });
  statements = 0;
  await desk.deliver(desk.brand(0), { kind }, { customers });
  return statements;
}

const arrived = async (): Promise<number> =>
  (await desk.t.database.query(`SELECT FROM outbox WHERE topic = 'micron.arrived'`)).length;

test('a delivery takes one statement more if it is a micron, and none more otherwise', async () => {
  const others = ['ira', 'ravi'];
  for (const externalId of others) {
    await must(desk.t, desk.brand(0).apiKey, 'identify-customer', { externalId });
  }
  const plain = await statementsOf('SELL');
  expect(await statementsOf('NOTIFY')).toBe(plain);
  expect(await statementsOf('MICRON')).toBe(plain + 1);
  expect(await statementsOf('EM', ['asha', ...others])).toBe(plain + 1);
  expect(await arrived()).toBe(0);
  await desk.allow(desk.brand(0));
  // What arrives is announced, for which everything a transaction announces takes one statement.
  expect(await statementsOf('MICRON', ['asha', ...others])).toBe(plain + 2);
  expect(await arrived()).toBe(1);
});

test('what did not reach anybody arrives nowhere', async () => {
  await desk.allow(desk.brand(1));
  const before = await arrived();
  for (const state of ['BOUNCED', 'SUPPRESSED']) await desk.deliver(desk.brand(1), {}, { state });
  expect(await arrived()).toBe(before);
});
