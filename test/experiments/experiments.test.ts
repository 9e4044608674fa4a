import { codesOf, send } from '../referrals/friends';
import { newKey, type Data } from '../support/test-service';
import { Lab } from './lab';

let lab: Lab;

beforeAll(async () => {
  lab = await Lab.open();
});

afterAll(() => lab.t.close());

const balance = async (externalId: string) => {
  const document = `query ($id: String!) { customer(by: {externalId: $id}) { wallet { lifetimeEarned } } }`;
  return (await lab.read(document, { id: externalId }))['customer'].wallet.lifetimeEarned as number;
};

const shown = async ({ id }: Data) =>
  (
    await lab.read(
      'query ($id: ID!) { node(id: $id) { ... on Experiment { state releasedMu } } }',
      { id },
    )
  )['node'] as Data;

describe('The arms of an experiment', () => {
  it('hold every customer of its audience once, and a sweep with nobody new changes nothing', async () => {
    const rest = await lab.people('rest', 60, { value: 'Rest' });
    await lab.people('best', 5, { value: 'Best' });
    const experiment = await lab.experiment({
      audience: { trait: { name: 'value', value: 'Rest' } },
    });
    expect(await shown(experiment)).toEqual({ state: 'ASSIGNING', releasedMu: null });
    await lab.settle();
    expect(await shown(experiment)).toEqual({ state: 'RUNNING', releasedMu: null });
    const treated = await lab.members(experiment, 'TREATED');
    const heldOut = await lab.members(experiment, 'HELD_OUT');
    expect([...treated, ...heldOut].sort()).toEqual([...rest].sort());
    expect(heldOut.length).toBeGreaterThan(0);
    lab.pass(1);
    await lab.settle();
    expect(await lab.members(experiment, 'TREATED')).toEqual(treated);
  });

  it('take in who comes to belong later', async () => {
    const experiment = await lab.experiment({
      audience: { trait: { name: 'city', value: 'Pune' } },
    });
    await lab.settle();
    expect(await lab.members(experiment)).toEqual([]);
    const late = await lab.people('late', 3, { city: ['Agra', 'Pune'] });
    lab.pass(1);
    await lab.settle();
    expect(await lab.members(experiment)).toEqual(late);
  });

  it('wait for the start', async () => {
    const experiment = await lab.experiment({ startsAt: lab.later(5) });
    await lab.settle();
    expect(await lab.members(experiment)).toEqual([]);
    expect(await shown(experiment)).toMatchObject({ state: 'SCHEDULED' });
    lab.pass(6);
    await lab.settle();
    expect((await lab.members(experiment)).length).toBeGreaterThan(60);
  });
});

test('states of a page of experiments take as many statements as one', async () => {
  for (const startsAt of [lab.later(5), lab.later(6)]) await lab.experiment({ startsAt });
  const document = `query ($first: Int!) {
    brand { experiments(first: $first) { nodes { state } } } }`;
  const ask = async (first: number) => {
    const { data, statements } = await lab.t.run(document, { first }, lab.brand.apiKey);
    return { found: data['brand'].experiments.nodes.length as number, statements };
  };
  const one = await ask(1);
  expect(await ask(3)).toEqual({ ...one, found: 3 });
});

describe('A message of an experiment', () => {
  it('pays the treated out of the reserve, and those held out nothing; the rest goes back', async () => {
    await lab.do('upsert-earn-rule', { name: 'click', action: 'CLICK', amount: 10 });
    await lab.people('paid', 40, { plan: 'trial' });
    const before = await lab.funds();
    const experiment = await lab.experiment({
      audience: { trait: { name: 'plan', value: 'trial' } },
      reserveMu: 1000,
      muPrice: '0.10',
      messageCost: '0.01',
    });
    expect(await lab.funds()).toEqual({
      budget: before.budget - 1000,
      reserved: before.reserved + 1000,
    });
    await lab.settle();
    const { message } = await lab.do('record-message', {
      externalId: newKey(),
      channel: 'EMAIL',
      openMu: 1,
      actionMuMax: 10,
      experimentId: experiment['id'],
    });
    const treated = await lab.members(experiment, 'TREATED');
    const heldOut = await lab.members(experiment, 'HELD_OUT');
    const messageId = message.id as string;
    const everybody = [...treated, ...heldOut];
    await lab.do('record-deliveries', {
      messageId,
      customers: treated.map((externalId) => ({ externalId })),
    });
    for (const externalId of [treated[0]!, treated[1]!, heldOut[0]!]) {
      await lab.attention(externalId, 'OPEN', { messageId });
      await lab.attention(externalId, 'CLICK', { messageId });
    }
    await lab.attention(treated[2]!, 'OPEN', { messageId });
    expect(await balance(treated[0]!)).toBe(11);
    expect(await balance(treated[2]!)).toBe(1);
    expect(await balance(heldOut[0]!)).toBe(0);
    const spent = 2 * 11 + 1;
    const lift = await lab.lift(experiment);
    const n = treated.length;
    expect(lift).toMatchObject({
      modelVersion: 'uplift-1',
      muSpent: spent,
      muCost: { amount: '2.30' },
      messageCost: { amount: (n / 100).toFixed(2) },
      cost: { amount: (2.3 + n / 100).toFixed(2), currencyCode: 'INR' },
      arms: [
        { arm: 'TREATED', size: n, outcomes: 2, messages: n },
        { arm: 'HELD_OUT', size: everybody.length - n, outcomes: 1, messages: 0 },
      ],
    });
    expect(lift['uplift'].difference).toBeCloseTo(2 / n - 1 / heldOut.length, 12);
    await lab.settle();
    // Counted or not yet counted, it is the same.
    const { asOf: _asOf, window: _window, ...again } = await lab.lift(experiment);
    const { asOf: _a, window: _w, ...first } = lift;
    expect(again).toEqual(first);
    const ended = await lab.do('end-experiment', { id: experiment['id'] });
    expect(ended['experiment'].releasedMu).toBe(1000 - spent);
    expect(await lab.funds()).toEqual({
      budget: before.budget - spent,
      reserved: before.reserved,
    });
    expect(await lab.lift(experiment)).toMatchObject({ muSpent: spent });
    const over = await send(lab.t, lab.brand.apiKey, 'record-attention', {
      customer: { externalId: treated[3] },
      action: 'OPEN',
      messageId,
    });
    expect(over).toMatchObject({ grants: [], userErrors: [{ code: 'MESSAGE_EXPIRED' }] });
  });

  it('says to whoever asks why it does not pay', async () => {
    await lab.people('why', 30, { why: 'yes' });
    const audience = { trait: { name: 'why', value: 'yes' } };
    const experiment = await lab.experiment({ audience, reserveMu: 100, holdoutShare: 0.5 });
    await lab.settle();
    const [heldOut] = await lab.members(experiment, 'HELD_OUT');
    const { message } = await lab.do('record-message', {
      externalId: newKey(),
      channel: 'EMAIL',
      actionMuMax: 10,
      experimentId: experiment['id'],
    });
    const document = `query ($event: SimulateEarnInput!) { simulateEarn(event: $event) {
      total explanations { outcome reason } userErrors { code } } }`;
    const event = { customer: { externalId: heldOut }, action: 'CLICK', messageId: message.id };
    expect((await lab.read(document, { event }))['simulateEarn']).toEqual({
      total: 0,
      explanations: [
        {
          outcome: 'CONDITION_NOT_MET',
          reason: 'The message is of an experiment that does not treat the customer.',
        },
      ],
      userErrors: [],
    });
  });

  it('is refused with an audience of its own, for an unknown experiment, and for one that is over', async () => {
    const experiment = await lab.experiment({ reserveMu: 100 });
    const message = (input: Data) =>
      send(lab.t, lab.brand.apiKey, 'record-message', {
        externalId: newKey(),
        channel: 'SMS',
        ...input,
      });
    const { id } = experiment;
    expect(codesOf(await message({ experimentId: id, audience: 3 }))).toEqual(['INVALID_VALUE']);
    expect(codesOf(await message({ experimentId: 'exp_01h455vb4pex5vsknk084sn02q' }))).toEqual([
      'NOT_FOUND',
    ]);
    await lab.do('end-experiment', { id });
    expect(codesOf(await message({ experimentId: id }))).toEqual(['NOT_FOUND']);
    const again = await send(lab.t, lab.brand.apiKey, 'end-experiment', { id });
    expect(codesOf(again)).toEqual(['ALREADY_RESOLVED']);
  });
});

describe('What counts', () => {
  it('is what customers first did within the time, orders by whatever route, however late we hear', async () => {
    const names = await lab.people('counts', 20, { c: '1' });
    const audience = { trait: { name: 'c', value: '1' } };
    const experiment = await lab.experiment({ audience, outcome: 'ORDER', endsAt: lab.later(48) });
    await lab.settle();
    lab.pass(1);
    const order = (externalId: string, purchasedAt: string, amount: string, currency = 'INR') =>
      lab.do('record-purchase', {
        customer: { externalId },
        externalId: newKey(),
        purchasedAt,
        items: 1,
        amount,
        currency,
      });
    const inTime = lab.later(0);
    const [treated] = await lab.members(experiment, 'TREATED');
    const [heldOut] = await lab.members(experiment, 'HELD_OUT');
    await order(treated!, inTime, '100.00');
    await order(treated!, inTime, '50.00');
    await order(treated!, inTime, '7.00', 'USD');
    await order(heldOut!, inTime, '10.00');
    await order(
      names.find((name) => name !== treated && name !== heldOut)!,
      lab.later(-48),
      '1.00',
    );
    lab.pass(60);
    await order(heldOut!, lab.later(0), '99.00');
    await order((await lab.members(experiment, 'TREATED'))[1]!, inTime, '20.00');
    await lab.attention(treated!, 'CLICK');
    const lift = await lab.lift(experiment);
    expect(lift['arms']).toMatchObject([
      { arm: 'TREATED', outcomes: 2 },
      { arm: 'HELD_OUT', outcomes: 1 },
    ]);
    const { incrementalRevenue } = await lab.read(
      `query ($id: ID!) { incrementalRevenue(experimentId: $id) { treated { amount } heldOut { amount }
        incremental { amount currencyCode } } }`,
      { id: experiment['id'] },
    );
    const [n, m] = lift['arms'].map((arm: Data) => arm['size'] as number) as [number, number];
    expect(incrementalRevenue).toEqual({
      treated: { amount: '170.00' },
      heldOut: { amount: '10.00' },
      incremental: { amount: (170 - (10 / m) * n).toFixed(2), currencyCode: 'INR' },
    });
    await lab.settle();
    expect(await shown(experiment)).toMatchObject({ state: 'RUNNING' });
    lab.pass(24);
    await lab.settle();
    expect(await shown(experiment)).toMatchObject({ state: 'ENDED' });
    const { incrementalRevenue: after } = await lab.read(
      `query ($id: ID!) { incrementalRevenue(experimentId: $id) { treated { amount } heldOut { amount } } }`,
      { id: experiment['id'] },
    );
    expect(after).toEqual({ treated: { amount: '170.00' }, heldOut: { amount: '10.00' } });
  });

  it('leads from being reached to ordering, in both arms', async () => {
    await lab.people('funnel', 30, { f: '1' });
    const audience = { trait: { name: 'f', value: '1' } };
    const experiment = await lab.experiment({ audience, holdoutShare: 0.5 });
    await lab.settle();
    lab.pass(1);
    const { message } = await lab.do('record-message', { externalId: newKey(), channel: 'EMAIL' });
    const messageId = message.id as string;
    const [a, b, c] = await lab.members(experiment, 'TREATED');
    const [h] = await lab.members(experiment, 'HELD_OUT');
    const customers = [a, b, c, h].map((externalId) => ({ externalId }));
    await lab.do('record-deliveries', { messageId, customers });
    await lab.do('record-deliveries', { messageId, customers });
    await lab.attention(a!, 'OPEN', { messageId });
    await lab.attention(b!, 'CLICK', { messageId });
    await lab.attention(c!, 'OPEN', { messageId, machineOpen: true });
    await lab.attention(h!, 'OPEN', { messageId });
    const { node } = await lab.read(
      `query ($id: ID!) { node(id: $id) { ... on Experiment { attentionFunnel(groupBy: VARIANT) {
        groups { arm delivered opened verified clicked ordered steps { step customers rate } }
        uplift { difference low high } incremental } } } }`,
      { id: experiment['id'] },
    );
    expect(node.attentionFunnel.groups).toMatchObject([
      { arm: 'TREATED', delivered: 3, opened: 2, verified: 1, clicked: 1, ordered: 0 },
      { arm: 'HELD_OUT', delivered: 1, opened: 1, verified: 0, clicked: 0, ordered: 0 },
    ]);
    const [treated] = node.attentionFunnel.groups as Data[];
    const size = (await lab.members(experiment, 'TREATED')).length;
    expect(treated?.['steps']).toEqual(
      [3, 2, 1, 1, 0].map((customers, at) => {
        const step = ['DELIVERED', 'OPENED', 'VERIFIED', 'CLICKED', 'ORDERED'][at];
        return { step, customers, rate: customers / size };
      }),
    );
    expect(node.attentionFunnel).toMatchObject({ uplift: { difference: 0 }, incremental: 0 });
  });
});
