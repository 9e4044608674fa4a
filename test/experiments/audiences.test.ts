import { experimentsFeature } from '../../src/experiments';
import { judgeAll, divideAll } from '../segments/desk';
import { codesOf, send } from '../referrals/friends';
import { newKey, type Data } from '../support/test-service';
import { Lab } from './lab';

let lab: Lab;

beforeAll(async () => {
  lab = await Lab.open();
});

afterAll(() => lab.t.close());

async function segment(name: string, condition: Data): Promise<string> {
  const made = await lab.do('upsert-segment', { name, condition });
  return made['segment'].id as string;
}

const make = (input: Data) =>
  send(lab.t, lab.brand.apiKey, 'create-experiment', {
    externalId: newKey(),
    outcome: 'CLICK',
    holdoutShare: 0.5,
    endsAt: lab.later(24),
    ...input,
  });

const shown = async ({ id }: Data) => {
  const document = `query ($id: ID!) { node(id: $id) { ... on Experiment {
    state segment { name } band { model in } } } }`;
  return (await lab.read(document, { id }))['node'] as Data;
};

describe('An experiment about a saved segment', () => {
  it('waits until it is filled, and takes in its members and whoever enters it later', async () => {
    const gold = await lab.people('gold', 6, { tier: 'gold' });
    const [late] = await lab.people('tin', 4, { tier: 'tin' });
    const id = await segment('golden', { trait: { name: 'tier', equals: 'gold' } });
    const experiment = await lab.experiment({ audience: { segment: id } });
    await lab.settle();
    expect(await shown(experiment)).toMatchObject({
      state: 'ASSIGNING',
      segment: { name: 'golden' },
      band: null,
    });
    await judgeAll(lab.t);
    await lab.settle();
    expect(await shown(experiment)).toMatchObject({ state: 'RUNNING' });
    expect(await lab.members(experiment)).toEqual(gold);
    await lab.do('identify-customer', { externalId: late, traits: { tier: 'gold' } });
    await judgeAll(lab.t);
    lab.pass(1);
    await lab.settle();
    expect(await lab.members(experiment)).toEqual([...gold, late].sort());
  });

  it('keeps who is in it when they leave the segment, and takes in nobody once that is deleted', async () => {
    const [one, two] = await lab.people('silver', 2, { metal: 'silver' });
    const id = await segment('silver', { trait: { name: 'metal', equals: 'silver' } });
    await judgeAll(lab.t);
    const experiment = await lab.experiment({ audience: { segment: id } });
    await lab.settle();
    await lab.do('identify-customer', { externalId: one, traits: { metal: 'lead' } });
    await judgeAll(lab.t);
    await lab.do('delete-segment', { id });
    await lab.people('later', 1, { metal: 'silver' });
    await judgeAll(lab.t);
    lab.pass(1);
    await lab.settle();
    expect(await lab.members(experiment)).toEqual([one, two]);
    expect(await shown(experiment)).toMatchObject({ segment: null });
  });

  it('is refused where the brand has no such segment, or has it no more', async () => {
    const other = await lab.beside('kaapico');
    const foreign = await other.do('upsert-segment', {
      name: 'theirs',
      condition: { trait: { name: 'tier', equals: 'gold' } },
    });
    const gone = await segment('gone', { trait: { name: 'tier', equals: 'gold' } });
    await lab.do('delete-segment', { id: gone });
    const unknown = 'seg_01h455vb4pex5vsknk084sn02q';
    for (const id of [foreign['segment'].id as string, gone, unknown, 'gold']) {
      const refused = await make({ audience: { segment: id } });
      expect(refused).toMatchObject({
        experiment: null,
        userErrors: [{ code: 'NOT_FOUND', field: ['audience', 'segment'] }],
      });
    }
  });
});

describe('An experiment about bands', () => {
  it('takes in whom the model has put there', async () => {
    const [buyer] = await lab.people('buyer', 1);
    await lab.do('record-purchase', {
      customer: { externalId: buyer },
      externalId: newKey(),
      purchasedAt: lab.later(-24),
      items: 1,
      amount: '100.00',
      currency: 'INR',
    });
    await divideAll(lab.t);
    const band = { model: 'VALUE_2021', in: ['BEST', 'BEST'] };
    const experiment = await lab.experiment({ audience: { band } });
    await lab.settle();
    expect(await lab.members(experiment)).toEqual([buyer]);
    expect(await shown(experiment)).toMatchObject({
      segment: null,
      band: { model: 'VALUE_2021', in: ['BEST'] },
    });
  });

  it('is refused without any', async () => {
    const refused = await make({ audience: { band: { model: 'TAT_2026', in: [] } } });
    expect(refused['userErrors']).toMatchObject([
      { code: 'INVALID_VALUE', field: ['audience', 'band'] },
    ]);
  });
});

describe('The limits of an experiment', () => {
  it('are 200 bytes of a name, and shares from 0.0001 to 0.9999', async () => {
    expect(codesOf(await make({ externalId: 'x'.repeat(200) }))).toEqual([]);
    expect(codesOf(await make({ externalId: 'x'.repeat(201) }))).toEqual(['INVALID_TEXT']);
    const shares = [0.00004, 0.0001, 0.9999, 0.99996];
    const answers = await Promise.all(shares.map((holdoutShare) => make({ holdoutShare })));
    expect(answers.map(codesOf)).toEqual([['INVALID_VALUE'], [], [], ['INVALID_VALUE']]);
  });

  it('are so many customers in a step, and so many minutes between two sweeps', async () => {
    const few = await Lab.open('few', {
      limits: { experimentSweep: 3, experimentSweepMinutes: 5 },
    });
    const names = await few.people('person', 4);
    const experiment = await few.experiment();
    const { service, clock } = few.t;
    const { config, database, log } = service;
    const sweep = experimentsFeature.jobs.find(({ name }) => name === 'assign-experiments')!;
    const step = () => sweep.run({ config, database, clock, log, limits: config.limits });
    expect(await step()).toBe(1);
    expect(await few.members(experiment)).toHaveLength(3);
    expect(await step()).toBe(1);
    expect(await few.members(experiment)).toEqual(names);
    expect(await step()).toBe(0);
    few.pass(4.9 / 60);
    expect(await step()).toBe(0);
    few.pass(0.2 / 60);
    expect(await step()).toBe(1);
    await few.t.close();
  });

  it('are so many hours that late news is waited for', async () => {
    const late = await Lab.open('late', { limits: { experimentLateHours: 2 } });
    const experiment = await late.experiment({ endsAt: late.later(1) });
    const state = async () => {
      await late.settle();
      const document = `query ($id: ID!) { node(id: $id) { ... on Experiment { state } } }`;
      return (await late.read(document, { id: experiment['id'] }))['node'].state as string;
    };
    late.pass(2.9);
    expect(await state()).not.toBe('ENDED');
    late.pass(0.2);
    expect(await state()).toBe('ENDED');
    await late.t.close();
  });
});

test('whoever was merged into another before it began is in no arm', async () => {
  const lab = await Lab.open('merged-before');
  try {
    const [from = '', into = ''] = await lab.people('double', 2);
    const input = { from: { externalId: from }, into: { externalId: into }, reason: 'one card' };
    await lab.do('merge-customers', input);
    const experiment = await lab.experiment();
    await lab.settle();
    expect(await lab.members(experiment)).toHaveLength(1);
  } finally {
    await lab.t.close();
  }
});
