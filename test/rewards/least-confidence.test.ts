import { granted, openDesk, type Desk } from './desk';

let desk: Desk;
beforeAll(async () => (desk = await openDesk('least-confidence', 1_000)));
afterAll(() => desk.t.close());

const openedBy: Record<string, object> = {
  'a machine': { channel: 'EMAIL', machineOpen: true },
  'nobody knows whom': { channel: 'EMAIL' },
  'a person': { channel: 'IN_APP' },
};

let people = 0;

/** What an open by such a one pays under a rule that asks for this confidence. */
async function paid(minConfidence: number, by: string): Promise<number[]> {
  people += 1;
  const customer = { externalId: `person ${people}` };
  await desk.call('identifyCustomer', customer);
  await desk.call('upsertEarnRule', { name: 'opens', action: 'OPEN', amount: 1, minConfidence });
  return granted(await desk.call('recordAttention', { customer, action: 'OPEN', ...openedBy[by] }));
}

test.each([1e-300, 0.001, 0.0049, 0.01])(
  'a rule that asks for %d pays no machine',
  async (asked) => {
    expect(await paid(asked, 'a machine')).toEqual([]);
    expect(await paid(asked, 'nobody knows whom')).toEqual([1]);
  },
);

test.each([0.5001, 0.504, 0.51])('a rule that asks for %d pays no open of half', async (asked) => {
  expect(await paid(asked, 'nobody knows whom')).toEqual([]);
  expect(await paid(asked, 'a person')).toEqual([1]);
});

test('a rule that asks for all there is pays a person', async () => {
  expect(await paid(1, 'a person')).toEqual([1]);
  expect(await paid(0.5, 'nobody knows whom')).toEqual([1]);
});

test('whole percents are kept as they are', async () => {
  for (let percent = 1; percent <= 100; percent += 1) {
    const minConfidence = percent / 100;
    const rule = { name: 'percents', action: 'SCAN', amount: 1, minConfidence };
    const { earnRule } = await desk.call('upsertEarnRule', rule);
    expect(earnRule.minConfidence).toBe(minConfidence);
  }
});
