import { granted, openDesk, type Desk } from './desk';

/** Zones that JavaScript knows; PostgreSQL does not know all of them, or takes them for others. */
const zones = ['US/Pacific-New', 'SystemV/EST5', 'ACT', 'Asia/Kolkata'];

let desk: Desk;
beforeAll(async () => {
  // The events tell of past days, and are to count all the same.
  const limits = { streakLateHours: 24 * 20 };
  desk = await openDesk('zones', 1_000, 'SystemV/EST5', { limits });
});
afterAll(() => desk.t.close());

const day = 86_400_000;
const ago = (days: number): string => new Date(Date.now() - days * day).toISOString();

async function visit(externalId: string, occurredAt?: string): Promise<number[]> {
  const input = { customer: { externalId }, action: 'VISIT', occurredAt };
  return granted(await desk.call('recordAttention', input));
}

/** A customer who got a message today and on each of the last days. */
async function customerWithMail(externalId: string, traits: object): Promise<void> {
  await desk.call('identifyCustomer', { externalId, traits });
  for (let days = 0; days < 4; days += 1) {
    const mail = { externalId: `${externalId} ${days}`, channel: 'EMAIL' };
    const { message } = await desk.call('recordMessage', mail);
    await desk.call('recordDeliveries', {
      messageId: message.id,
      customers: [{ externalId }],
      deliveredAt: ago(days),
    });
  }
}

test.each(zones)('a streak is counted in the days of %s', async (timezone) => {
  await desk.call('upsertEarnRule', { name: 'visits', action: 'VISIT', amount: 1, streak: {} });
  await customerWithMail(timezone, { timezone });
  expect(await visit(timezone, ago(3))).toEqual([1]);
  expect(await visit(timezone, ago(2))).toEqual([2]);
  expect(await visit(timezone)).toEqual([1]);
});

test('events and deliveries have their days in the same zone', async () => {
  await desk.call('upsertEarnRule', { name: 'visits', action: 'VISIT', amount: 1, streak: {} });
  const externalId = 'customer in India';
  // To PostgreSQL this is Israel: there the mail would have come on a day of its own, a missed one.
  await desk.call('identifyCustomer', { externalId, traits: { timezone: 'IST' } });
  const first = Math.floor(Date.now() / day - 6) * day;
  const at = (hours: number): string => new Date(first + hours * 3_600_000).toISOString();
  const { message } = await desk.call('recordMessage', { externalId, channel: 'EMAIL' });
  const delivery = { messageId: message.id, customers: [{ externalId }], deliveredAt: at(24 + 20) };
  await desk.call('recordDeliveries', delivery);
  expect(await visit(externalId, at(6))).toEqual([1]);
  expect(await visit(externalId, at(48 + 6))).toEqual([2]);
});

test('what is no zone by name leaves a customer in the zone of the brand', async () => {
  await desk.call('upsertEarnRule', { name: 'visits', action: 'VISIT', amount: 1, streak: {} });
  for (const timezone of ['+05:30', '-11', 'Nowhere/Atall', '', 7]) {
    const externalId = `customer in ${timezone}`;
    await customerWithMail(externalId, { timezone });
    expect(await visit(externalId, ago(1))).toEqual([1]);
    expect(await visit(externalId)).toEqual([2]);
  }
});
