import { attentionProof } from '../../src/attention/prove-attention.job';
import { journeysFeature } from '../../src/journeys';
import { Lab, runJobs } from '../experiments/lab';
import { newKey, type Data } from '../support/test-service';
import { imported, person, track } from './desk';

const day = 86_400_000;

let lab: Lab;

beforeAll(async () => {
  lab = await Lab.open();
  const rule = { action: 'OPEN', amount: 5, streak: {}, maxMuPerCustomer: 1000 };
  await lab.do('upsert-earn-rule', { name: 'open', ...rule });
  await lab.do('upsert-earn-rule', { name: 'click', action: 'CLICK', amount: 7 });
});

afterAll(() => lab.t.close());

const ago = (days: number): string => new Date(Date.now() - days * day).toISOString();

const opened = (userId: string, days: number, said: Data = {}): Data =>
  track('Email Opened', userId, { timestamp: ago(days), ...said });

const clicked = (userId: string, days: number): Data =>
  track('Email Link Clicked', userId, { timestamp: ago(days) });

describe('A backfill', () => {
  it('takes events of any age, which pay nothing, neither by rules nor in streaks', async () => {
    const events = [1, 2, 3, 400, 401, 900].map((days) => opened('b-1', days));
    const done = await imported(lab, [...events, clicked('b-1', 2)], { backfill: true });
    expect(done).toMatchObject({ backfill: true, recorded: 7, refused: 0 });
    const known = await person(lab, 'b-1');
    expect(known?.['attention'].nodes).toHaveLength(7);
    expect(known?.['wallet'].balance).toBe(0);
    const [streaks] = await lab.t.database.query<{ count: string }>(
      `SELECT count(*) FROM streaks s JOIN relationships r USING (customer_id)
       WHERE r.external_id = 'b-1'`,
    );
    expect(streaks).toEqual({ count: '0' });
  });

  it('pays the same event when it is no backfill, so that the test above can fail', async () => {
    await imported(lab, [opened('b-2', 0), clicked('b-2', 0)]);
    expect((await person(lab, 'b-2'))?.['wallet'].balance).toBe(12);
  });

  it('does not pay what a message offers, which it pays otherwise', async () => {
    const externalId = newKey();
    await lab.do('record-message', { externalId, channel: 'EMAIL', actionMuMax: 50 });
    const messagePath = ['properties', 'message'];
    const mapping = {
      customer: [{ kind: 'EXTERNAL_ID', path: ['userId'] }],
      createCustomers: true,
      rules: [{ type: 'TRACK', becomes: { attention: { action: 'CLICK', messagePath } } }],
    };
    const properties = { message: externalId };
    await imported(lab, [track('Clicked', 'b-3', { properties })], { mapping, backfill: true });
    expect((await person(lab, 'b-3'))?.['wallet'].balance).toBe(0);
    await imported(lab, [track('Clicked', 'b-8', { properties })], { mapping });
    expect((await person(lab, 'b-8'))?.['wallet'].balance).toBe(7);
  });

  it('makes history: days, silence, and what the proof of both recounts', async () => {
    const { log, config, database } = lab.t.service;
    await imported(lab, [opened('b-4', 200), clicked('b-4', 199)], { backfill: true });
    const [state] = await lab.t.database.query<Data>(
      `SELECT a.dormancy, (a.last_clicked_at AT TIME ZONE 'UTC')::date = ($1::timestamptz AT TIME ZONE 'UTC')::date
         AS clicked, (SELECT count(*)::integer FROM attention_days d WHERE d.customer_id = a.customer_id) AS days
       FROM attention_states a JOIN relationships r USING (customer_id, brand_id)
       WHERE r.external_id = 'b-4'`,
      [ago(199)],
    );
    // Too few messages reached them since for their silence to tell.
    expect(state).toEqual({ dormancy: 'NOT_TESTED', clicked: true, days: 2 });
    const outcomes: Data = {};
    await attentionProof().run({
      ...{ log, config, database, clock: lab.t.clock, limits: config.limits },
      report: (one) => Object.assign(outcomes, one.outcomes),
    });
    expect(outcomes).toMatchObject({ different: 0 });
    expect(outcomes['same']).toBeGreaterThan(3);
  });

  it('leads nobody on a journey for what they did long ago', async () => {
    const definition = { trigger: { event: 'CLICK' }, steps: [{ key: 'wait', waitHours: 1 }] };
    const { journey } = await lab.do('create-journey', {
      externalId: newKey(),
      name: 'Clicked',
      definition,
    });
    await lab.do('publish-journey', { id: journey.id });
    await imported(lab, [clicked('b-5', 300)], { backfill: true });
    await imported(lab, [clicked('b-6', 0)]);
    await runJobs(lab.t, journeysFeature.jobs);
    const { brand } = await lab.read(
      '{ brand { journeys(first: 1) { nodes { runs(first: 10) { nodes { customer { externalId } } } } } } }',
    );
    const runs = brand.journeys.nodes[0].runs.nodes as Data[];
    expect(runs.map(({ customer }) => customer.externalId as string)).toEqual(['b-6']);
  });

  it('ends at the limit: one event within it is taken, one beyond is not', async () => {
    const most = lab.t.service.config.limits.backfillDays;
    const events = [opened('b-7', most - 0.01), opened('b-7', most + 0.01)];
    const done = await imported(lab, events, { backfill: true });
    expect(done).toMatchObject({ recorded: 1, refused: 1 });
    expect(done['refusals']).toMatchObject([{ index: 1, code: 'OCCURRED_AT_TOO_OLD' }]);
  });
});
