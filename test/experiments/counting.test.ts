import { attentionFeature } from '../../src/attention';
import { newKey, type Data } from '../support/test-service';
import { Lab, runJobs } from './lab';

let lab: Lab;

beforeAll(async () => {
  lab = await Lab.open();
});

afterAll(() => lab.t.close());

describe('Coming back', () => {
  it('by an advertisement is no reactivation; by a way nobody paid for it is', async () => {
    const names = await lab.people('asleep', 8);
    for (const externalId of names) await lab.attention(externalId, 'CLICK');
    lab.pass(1);
    const customers = names.map((externalId) => ({ externalId }));
    for (const externalId of ['one', 'two', 'three']) {
      const { message } = await lab.do('record-message', { externalId, channel: 'EMAIL' });
      await lab.do('record-deliveries', { messageId: message.id, customers });
    }
    lab.pass(400 * 24);
    await runJobs(lab.t, attentionFeature.jobs);
    const audience = { dormancy: ['LOST'] };
    const experiment = await lab.experiment({ audience, outcome: 'REACTIVATED' });
    await lab.settle();
    lab.pass(1);
    const members = await lab.members(experiment);
    expect(members).toEqual(names);
    const [bought, earned, both] = names as [string, string, string];
    const outcomes = async () =>
      (await lab.lift(experiment))['arms'].reduce(
        (sum: number, arm: Data) => sum + (arm['outcomes'] as number),
        0,
      ) as number;
    await lab.attention(bought, 'VISIT', { properties: { route: 'PAID' } });
    await lab.attention(both, 'VISIT', { properties: { route: 'PAID' } });
    expect(await outcomes()).toBe(0);
    await lab.attention(earned, 'VISIT', { properties: { route: 'SEARCH' } });
    expect(await outcomes()).toBe(1);
    await lab.attention(both, 'CLICK');
    expect(await outcomes()).toBe(2);
  });
});

describe('What is paid back', () => {
  it('is no revenue of the experiment, whenever it is told, in the orders that count', async () => {
    await lab.people('pays', 6, { pays: 'yes' });
    const experiment = await lab.experiment({
      audience: { trait: { name: 'pays', value: 'yes' } },
      outcome: 'ORDER',
      holdoutShare: 0.5,
    });
    const revenue = async () => {
      const document = `query ($id: ID!) { incrementalRevenue(experimentId: $id) {
        treated { amount } heldOut { amount } } }`;
      const { incrementalRevenue: told } = await lab.read(document, { id: experiment['id'] });
      return Number(told.treated.amount) + Number(told.heldOut.amount);
    };
    const order = async (orderedAt: string, currency = 'INR') => {
      const externalId = newKey();
      const customer = { externalId: 'pays-0' };
      const what = { customer, externalId, orderedAt, items: 1, amount: '100.00', currency };
      await lab.do('record-order', what);
      return externalId;
    };
    const earlier = await order(lab.later(-1));
    await lab.settle();
    lab.pass(1);
    const inTime = await order(lab.later(0));
    const dollars = await order(lab.later(0), 'USD');
    expect(await revenue()).toBe(100);
    await lab.do('refund-order', { externalId: inTime, amount: '30.00' });
    for (const externalId of [earlier, dollars]) await lab.do('refund-order', { externalId });
    expect(await revenue()).toBe(70);
    await lab.settle();
    expect(await revenue()).toBe(70);
    await lab.do('end-experiment', { id: experiment['id'] });
    lab.pass(1);
    const after = await order(lab.later(0));
    for (const externalId of [after, inTime]) await lab.do('refund-order', { externalId });
    expect(await revenue()).toBe(0);
  });
});
