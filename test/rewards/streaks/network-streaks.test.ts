import { newKey, type Data } from '../../support/test-service';
import { deskOf, granted } from '../desk';
import { Mailer, openMailer } from './mailer';

let paper: Mailer;
let gazette: Mailer;

beforeAll(async () => {
  paper = await openMailer('paper');
  const { t } = paper.desk;
  gazette = new Mailer(deskOf(t, await t.createBrand('gazette', { budget: 1000 })));
  await paper.rule({ name: 'visits', action: 'VISIT', streak: { scope: 'NETWORK' } });
});
afterAll(() => paper.desk.t.close());

/** Somebody both brands know, who allows the paper to count their days with the gazette, or not. */
async function reader(allows: boolean | null): Promise<Data> {
  const email = `${newKey()}@example.in`;
  const consents = allows === null ? [] : [{ purpose: 'NETWORK_STREAK', granted: allows }];
  await paper.desk.call('identifyCustomer', { email, consents });
  await gazette.desk.call('identifyCustomer', { email });
  return { email };
}

/** A visit to a brand on a day. */
async function visit(mailer: Mailer, customer: Data, days: number, more: Data = {}): Promise<Data> {
  paper.at(days);
  return mailer.desk.call('recordAttention', { customer, action: 'VISIT', ...more });
}

it('Days with any brand keep a streak going for a customer who allows it', async () => {
  const who = await reader(true);
  expect(granted(await visit(paper, who, 0))).toEqual([1]);
  expect(granted(await visit(gazette, who, 1))).toEqual([]);
  await visit(gazette, who, 2);
  const back = await visit(paper, who, 3);
  expect(back).toMatchObject({ streak: { current: 4 }, grants: [{ amount: 4 }] });
});

it('Without the consent, or when it is taken back, only the brand’s own days count', async () => {
  for (const allows of [null, false]) {
    const who = await reader(allows);
    await visit(paper, who, 0);
    await visit(gazette, who, 1);
    expect(await visit(paper, who, 2)).toMatchObject({ streak: { current: 1 } });
  }
});

it('What a machine did at another brand, or another action there, keeps nothing going', async () => {
  for (const other of [{ machineOpen: true }, { action: 'SCAN' }]) {
    const who = await reader(true);
    await visit(paper, who, 0);
    await visit(gazette, who, 1, other);
    expect(await visit(paper, who, 2)).toMatchObject({ streak: { current: 1 } });
  }
});

it('A streak that another brand keeps going is not said to be broken', async () => {
  const who = await reader(true);
  await visit(paper, who, 0);
  await visit(gazette, who, 1);
  paper.at(2);
  await paper.nightfall();
  const query = 'query ($who: CustomerBy!) { customer(by: $who) { streaks { current state } } }';
  const { t, brand } = paper.desk;
  const alive = await t.run(query, { who }, brand.apiKey);
  expect(alive.data['customer'].streaks).toEqual([{ current: 2, state: 'ALIVE' }]);
  paper.at(3);
  await paper.nightfall();
  const broken = await t.run(query, { who }, brand.apiKey);
  expect(broken.data['customer'].streaks).toEqual([{ current: 0, state: 'BROKEN' }]);
});

it('Messages are not counted over brands', async () => {
  const streak = { unit: 'MESSAGE', scope: 'NETWORK' };
  const { userErrors } = await paper.rule({ name: 'letters', action: 'OPEN', streak });
  expect(userErrors).toEqual([{ code: 'INVALID_VALUE', field: ['streak', 'scope'] }]);
});
