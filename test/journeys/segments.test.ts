import { journeysFeature } from '../../src/journeys';
import { Lab, runJobs } from '../experiments/lab';
import { codesOf, send } from '../referrals/friends';
import { divideAll, judgeAll } from '../segments/desk';
import { newKey, type Data } from '../support/test-service';

let lab: Lab;
let steps: Data[];

beforeAll(async () => {
  lab = await Lab.open();
  const { message } = await lab.do('record-message', { externalId: 'hello', channel: 'EMAIL' });
  steps = [{ key: 'hello', messageId: message.id }];
});

afterAll(() => lab.t.close());

async function segment(name: string): Promise<string> {
  const condition = { trait: { name: 'tier', equals: name } };
  return (await lab.do('upsert-segment', { name, condition }))['segment'].id as string;
}

async function journey(definition: Data, input: Data = {}): Promise<string> {
  const described = { externalId: newKey(), name: 'By segment', definition, ...input };
  const { id } = (await lab.do('create-journey', described))['journey'] as Data;
  await lab.do('publish-journey', { id });
  return id as string;
}

const become = async (externalId: string, tier: string) => {
  await lab.do('identify-customer', { externalId, traits: { tier } });
  await judgeAll(lab.t);
};

const order = (externalId: string, amount: string) =>
  lab.do('record-purchase', {
    customer: { externalId },
    externalId: newKey(),
    purchasedAt: lab.later(-24),
    items: 1,
    amount,
    currency: 'INR',
  });

/** Who has come in, and the steps each has done, after all that is due has been done. */
async function travellers(id: string): Promise<Record<string, string[]>> {
  await runJobs(lab.t, journeysFeature.jobs);
  const document = `query ($id: ID!) { node(id: $id) { ... on Journey { runs(first: 100) { nodes {
    customer { externalId } steps { nodes { key } } } } } } }`;
  const { node } = await lab.read(document, { id });
  return Object.fromEntries(
    (node.runs.nodes as Data[]).map((run) => [
      run['customer'].externalId as string,
      (run['steps'].nodes as Data[]).map((step) => step['key'] as string),
    ]),
  );
}

describe('A journey of a saved segment', () => {
  it('lets in who is in it when it is published and who enters it later, and each of them once', async () => {
    const [gold, later, never] = (await lab.people('person', 3)) as [string, string, string];
    const id = await segment('gold');
    await become(gold, 'gold');
    const made = await journey({ trigger: { segment: id }, steps });
    expect(await travellers(made)).toEqual({ [gold]: ['hello'] });
    await become(later, 'gold');
    await become(never, 'tin');
    await become(gold, 'tin');
    await become(gold, 'gold');
    expect(await travellers(made)).toEqual({ [gold]: ['hello'], [later]: ['hello'] });
  });

  it('lets in nobody who has left it meanwhile, and nobody once it is stopped', async () => {
    const [left, late] = (await lab.people('leaves', 2)) as [string, string];
    const made = await journey({ trigger: { segment: await segment('quick') }, steps });
    await become(left, 'quick');
    await become(left, 'slow');
    expect(await travellers(made)).toEqual({});
    await lab.do('stop-journey', { id: made });
    await become(late, 'quick');
    expect(await travellers(made)).toEqual({});
  });

  it('takes only whom its experiment treats, also when they come to be treated later', async () => {
    const names = await lab.people('tried', 12, { tier: 'tried' });
    const id = await segment('tried');
    await judgeAll(lab.t);
    const experiment = await lab.experiment({ audience: { segment: id }, holdoutShare: 0.5 });
    const input = { experimentId: experiment['id'] };
    const made = await journey({ trigger: { segment: id }, steps }, input);
    expect(await travellers(made)).toEqual({});
    await lab.settle();
    const treated = await lab.members(experiment, 'TREATED');
    expect(Object.keys(await travellers(made)).sort()).toEqual(treated);
    expect(await lab.members(experiment)).toEqual([...names].sort());
  });
});

describe('A journey of a band', () => {
  it('lets in whom a model has put there, at once or by a later division', async () => {
    const [best, next] = (await lab.people('band', 2)) as [string, string];
    await order(best, '500.00');
    await divideAll(lab.t);
    const band = { model: 'VALUE_2021', in: ['BEST'] };
    const made = await journey({ trigger: { band }, steps });
    expect(await travellers(made)).toEqual({ [best]: ['hello'] });
    await order(next, '900.00');
    await lab.do('recompute-segmentation', {});
    await divideAll(lab.t);
    expect(await travellers(made)).toEqual({ [best]: ['hello'], [next]: ['hello'] });
  });
});

describe('A branch', () => {
  it('asks for a saved segment and for a band as they are at that moment', async () => {
    const names = (await lab.people('branch', 3)) as [string, string, string];
    const [both, member, neither] = names;
    const id = await segment('vip');
    for (const externalId of [both, member]) await become(externalId, 'vip');
    await order(both, '5000.00');
    await lab.do('recompute-segmentation', {});
    await divideAll(lab.t);
    const when = { segment: id, band: { model: 'VALUE_2021', in: ['BEST', 'REST'] } };
    const made = await journey({
      trigger: { byHand: true },
      steps: [{ key: 'asked', branch: { when, then: 'hello' } }, ...steps],
    });
    const customers = names.map((externalId) => ({ externalId }));
    await lab.do('enter-journey', { id: made, customers });
    expect(await travellers(made)).toEqual({
      [both]: ['asked', 'hello'],
      [member]: ['asked'],
      [neither]: ['asked'],
    });
  });
});

describe('A definition', () => {
  it('is refused where the brand has no such segment', async () => {
    const other = await lab.beside('kaapico');
    const theirs = await other.do('upsert-segment', {
      name: 'theirs',
      condition: { trait: { name: 'tier', equals: 'gold' } },
    });
    const id = theirs['segment'].id as string;
    const make = (definition: Data) =>
      send(lab.t, lab.brand.apiKey, 'create-journey', {
        externalId: newKey(),
        name: 'Refused',
        definition,
      });
    expect((await make({ trigger: { segment: id }, steps }))['userErrors']).toMatchObject([
      { code: 'NOT_FOUND', field: ['definition', 'trigger', 'segment'] },
    ]);
    const branch = { when: { segment: id }, then: 'END' };
    const asks = { trigger: { byHand: true }, steps: [{ key: 'asks', branch }] };
    expect((await make(asks))['userErrors']).toMatchObject([
      { code: 'NOT_FOUND', field: ['definition', 'steps', 'branch', 'when', 'segment'] },
    ]);
    expect(codesOf(await make({ trigger: { segment: await segment('own') }, steps }))).toEqual([]);
  });
});

describe('The limits of journeys', () => {
  it('are so many customers led at once, and so many looked at in a step', async () => {
    const few = await Lab.open('few', { limits: { journeyRuns: 3, journeySweep: 3 } });
    const { message } = await few.do('record-message', { externalId: 'm', channel: 'EMAIL' });
    const names = await few.people('person', 4, { tier: 'gold' });
    const condition = { trait: { name: 'tier', equals: 'gold' } };
    const { segment: gold } = await few.do('upsert-segment', { name: 'gold', condition });
    await judgeAll(few.t);
    const { journey: made } = await few.do('create-journey', {
      externalId: newKey(),
      name: 'Few',
      definition: {
        trigger: { segment: gold.id },
        steps: [{ key: 'hello', messageId: message.id }],
      },
    });
    await few.do('publish-journey', { id: made.id });
    const { service, clock } = few.t;
    const { config, database, log } = service;
    const job = (name: string) => {
      const found = journeysFeature.jobs.find((one) => one.name === name)!;
      return found.run({ config, database, clock, log, limits: config.limits });
    };
    const queued = async () => {
      const sql = 'SELECT count(*)::int AS n FROM journey_entries';
      return (await few.t.database.query<{ n: number }>(sql))[0]?.n;
    };
    await few.t.database.query('DELETE FROM journey_entries');
    expect(await job('sweep-journeys')).toBe(1);
    expect(await queued()).toBe(3);
    expect(await job('sweep-journeys')).toBe(1);
    expect(await queued()).toBe(4);
    expect(await job('let-in-on-journeys')).toBe(3);
    expect(await job('let-in-on-journeys')).toBe(1);
    expect(await job('lead-on-journeys')).toBe(3);
    expect(await job('lead-on-journeys')).toBe(1);
    const told = await few.t.database.query<{ n: number }>(
      `SELECT jsonb_array_length(payload -> 'recipients') AS n FROM outbox
       WHERE topic = 'journey.step_reached' ORDER BY id`,
    );
    expect(told.map(({ n }) => n)).toEqual([3, 1]);
    expect(names).toHaveLength(4);
    await few.t.close();
  });

  it('are so many minutes in which who has left while a step waits is told as left', async () => {
    const slow = await Lab.open('slow', { limits: { journeyCheckMinutes: 10 } });
    const [one] = (await slow.people('person', 1)) as [string];
    const { journey: made } = await slow.do('create-journey', {
      externalId: newKey(),
      name: 'Slow',
      definition: {
        trigger: { byHand: true },
        exits: ['CLICKED'],
        steps: [{ key: 'night', waitHours: 8 }],
      },
    });
    await slow.do('publish-journey', { id: made.id });
    await slow.do('enter-journey', { id: made.id, customers: [{ externalId: one }] });
    const state = async () => {
      await runJobs(slow.t, journeysFeature.jobs);
      const document = `query ($id: ID!) { node(id: $id) { ... on Journey { runs { nodes { state } } } } }`;
      return (await slow.read(document, { id: made.id }))['node'].runs.nodes[0].state as string;
    };
    expect(await state()).toBe('ACTIVE');
    await slow.attention(one, 'CLICK');
    slow.pass(9.8 / 60);
    expect(await state()).toBe('ACTIVE');
    slow.pass(0.4 / 60);
    expect(await state()).toBe('EXITED');
    await slow.t.close();
  });
});
