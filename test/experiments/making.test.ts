import { codesOf, send } from '../referrals/friends';
import { newKey, type Data } from '../support/test-service';
import { Lab } from './lab';

let lab: Lab;

beforeAll(async () => {
  lab = await Lab.open();
  await lab.people('person', 10);
});

afterAll(() => lab.t.close());

describe('An experiment', () => {
  const day = 24;

  it.each<[string, Data, string]>([
    ['a share of 0', { holdoutShare: 0 }, 'INVALID_VALUE'],
    ['a share of 1', { holdoutShare: 1 }, 'INVALID_VALUE'],
    ['more Mu than there is', { reserveMu: 10 ** 9 }, 'BUDGET_EXHAUSTED'],
    ['Mu below 0', { reserveMu: -1 }, 'AMOUNT_NOT_POSITIVE'],
    ['a price that is none', { muPrice: 'ten' }, 'INVALID_VALUE'],
    ['a price of a message that is none', { messageCost: '-1' }, 'INVALID_VALUE'],
    ['a blank name', { externalId: ' ' }, 'INVALID_TEXT'],
  ])('is refused with %s', async (_what, input, code) => {
    const refused = await send(lab.t, lab.brand.apiKey, 'create-experiment', {
      externalId: newKey(),
      outcome: 'CLICK',
      holdoutShare: 0.5,
      endsAt: lab.later(day),
      ...input,
    });
    expect(codesOf(refused)).toEqual([code]);
  });

  it('is refused with times that make no sense, or are more than 366 days apart', async () => {
    const times = [
      { endsAt: lab.later(-1) },
      { startsAt: lab.later(3), endsAt: lab.later(2) },
      { startsAt: lab.later(-2 * day), endsAt: lab.later(1) },
      { startsAt: lab.later(1), endsAt: lab.later(1 + 366 * day + 0.001) },
    ];
    for (const input of times) {
      const refused = await send(lab.t, lab.brand.apiKey, 'create-experiment', {
        externalId: newKey(),
        outcome: 'CLICK',
        holdoutShare: 0.5,
        ...input,
      });
      expect(codesOf(refused)).toEqual(['INVALID_VALUE']);
    }
    const startsAt = lab.later(1);
    const endsAt = new Date(new Date(startsAt).getTime() + 366 * day * 3_600_000).toISOString();
    await lab.experiment({ startsAt, endsAt });
  });

  it('has a name of its own, and is made once for a key', async () => {
    const input = {
      externalId: newKey(),
      idempotencyKey: newKey(),
      endsAt: lab.later(day),
      reserveMu: 7,
    };
    const before = await lab.funds();
    const first = await lab.experiment(input);
    expect(await lab.experiment(input)).toEqual(first);
    expect((await lab.funds()).budget).toBe(before.budget - 7);
    const taken = await send(lab.t, lab.brand.apiKey, 'create-experiment', {
      externalId: input.externalId,
      outcome: 'OPEN',
      holdoutShare: 0.1,
      endsAt: lab.later(day),
      idempotencyKey: newKey(),
    });
    expect(codesOf(taken)).toEqual(['ALREADY_EXISTS']);
  });

  it('can be ended before it begins', async () => {
    const experiment = await lab.experiment({ startsAt: lab.later(5), reserveMu: 30 });
    const ended = await lab.do('end-experiment', { id: experiment['id'] });
    expect(ended['experiment']).toMatchObject({ releasedMu: 30 });
    await lab.settle();
    expect(await lab.members(experiment)).toEqual([]);
  });

  it('is nobody else’s to see: not another brand’s, not a customer’s', async () => {
    const other = await lab.beside('kaapico');
    const experiment = await lab.experiment();
    await lab.settle();
    expect(await lab.lift(experiment, other.brand.apiKey)).toBeNull();
    const document = `query ($id: ID!) { node(id: $id) { id } brand(id: "${lab.brand.id}") {
      experiments { nodes { id } } } }`;
    const { id } = experiment;
    expect(await lab.read(document, { id }, other.brand.apiKey)).toEqual({
      node: null,
      brand: null,
    });
    const [someone] = await lab.members(experiment);
    const { token } = await lab.do('create-customer-token', { customer: { externalId: someone } });
    const asCustomer = await lab.read(document, { id }, token as string);
    expect(asCustomer['node']).toBeNull();
    expect(asCustomer['brand'].experiments.nodes).toEqual([]);
    const mine = await lab.read(document, { id });
    expect(mine['brand'].experiments.nodes[0]).toEqual({ id });
    const message = await send(lab.t, other.brand.apiKey, 'record-message', {
      externalId: newKey(),
      channel: 'SMS',
      experimentId: id,
    });
    expect(codesOf(message)).toEqual(['NOT_FOUND']);
    const ending = await send(lab.t, other.brand.apiKey, 'end-experiment', { id });
    expect(codesOf(ending)).toEqual(['NOT_FOUND']);
  });
});
