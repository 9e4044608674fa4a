import { attentionFeature } from '../../src/attention';
import { journeysFeature } from '../../src/journeys';
import { figure } from '../economics/ledger-desk';
import { Lab, runJobs } from '../experiments/lab';
import { newKey, type Data } from '../support/test-service';

/**
 * Told with 150 sleepers instead of 40,000. An open pays a thousand times and a click ten times what the
 * story says, so that the ledger has its very figures.
 */
describe('Story 4: a dormant third, a share held out, and one of them bought back', () => {
  const awake = 90;
  const sleepers = 150;
  let lab: Lab;
  let experiment: Data;
  let treated: string[];
  let heldOut: string[];
  let messageId: string;
  /** Held out, and the only one of them to come back; held out, and bought back. */
  let own: string;
  let rohit: string;

  const jobs = async () => {
    await runJobs(lab.t, attentionFeature.jobs);
    await lab.settle();
    await runJobs(lab.t, journeysFeature.jobs);
  };

  /** What was announced under a topic about a customer, oldest first. */
  const told = async (topic: string, externalId: string): Promise<Data[]> => {
    const rows = await lab.t.database.query<{ payload: Data }>(
      `SELECT o.payload FROM outbox o JOIN relationships r USING (brand_id, customer_id)
       WHERE o.topic = $1 AND r.external_id = $2 ORDER BY o.id`,
      [topic, externalId],
    );
    return rows.map(({ payload }) => payload);
  };

  beforeAll(async () => {
    lab = await Lab.open('velora');
    const names = await lab.people('sleeper', sleepers);
    for (const externalId of names) {
      await lab.do('record-order', {
        customer: { externalId },
        externalId: `first of ${externalId}`,
        orderedAt: lab.later(-60 * 24),
        items: 1,
        amount: '999.00',
        currency: 'INR',
      });
    }
    for (const externalId of names) await lab.attention(externalId, 'CLICK');
    lab.pass(1);
    for (const round of [1, 2, 3]) {
      const sent = await lab.do('record-message', {
        externalId: `news-${round}`,
        channel: 'EMAIL',
      });
      const customers = names.map((externalId) => ({ externalId }));
      await lab.do('record-deliveries', { messageId: sent['message'].id, customers });
    }
    lab.pass(350 * 24);
    await jobs();
    await lab.do('upsert-earn-rule', { name: 'back', action: 'CLICK', amount: 100 });
    experiment = await lab.experiment({
      externalId: 'EXP-9',
      outcome: 'REACTIVATED',
      audience: { dormancy: ['DORMANT'] },
      holdoutShare: 0.1,
      reserveMu: 150_000,
      muPrice: '0.10',
      messageCost: '0.01',
    });
  });

  afterAll(() => lab.t.close());

  it('sets 150,000 of 200,000 aside', async () => {
    expect(await lab.funds()).toEqual({ budget: 50_000, reserved: 150_000 });
  });

  it('puts every sleeper into an arm, and sends only the treated on the journey', async () => {
    await jobs();
    treated = await lab.members(experiment, 'TREATED');
    heldOut = await lab.members(experiment, 'HELD_OUT');
    expect(treated.length + heldOut.length).toBe(sleepers);
    [own, rohit] = heldOut as [string, string];
    const { message } = await lab.do('record-message', {
      externalId: 'wake-up',
      channel: 'EMAIL',
      openMu: 1000,
      actionMuMax: 100,
      experimentId: experiment['id'],
    });
    messageId = message.id as string;
    const { journey } = await lab.do('create-journey', {
      externalId: newKey(),
      name: 'Wake up',
      experimentId: experiment['id'],
      definition: {
        trigger: { dormancy: ['DORMANT'] },
        exits: ['REACTIVATED'],
        steps: [
          { key: 'first', messageId },
          { key: 'day', waitHours: 24 },
          { key: 'second', messageId },
        ],
      },
    });
    await lab.do('publish-journey', { id: journey.id });
    await jobs();
    expect(await reached('first')).toBe(treated.length);
  });

  /** How many recipients a step was announced for. */
  async function reached(step: string): Promise<number> {
    const [row] = await lab.t.database.query<{ n: number }>(
      `SELECT coalesce(sum(jsonb_array_length(payload -> 'recipients')), 0)::int AS n
       FROM outbox WHERE topic = 'journey.step_reached' AND payload ->> 'step' = $1`,
      [step],
    );
    return row?.n ?? 0;
  }

  it('pays 90,000 for opens and 9,000 for clicks, and those held out nothing', async () => {
    const customers = treated.map((externalId) => ({ externalId }));
    await lab.do('record-deliveries', { messageId, customers });
    lab.pass(1);
    for (const externalId of treated.slice(0, awake)) {
      await lab.attention(externalId, 'OPEN', { messageId });
      await lab.attention(externalId, 'CLICK', { messageId });
    }
    expect((await lab.attention(own, 'VISIT'))['grants']).toEqual([]);
    expect(await lab.lift(experiment)).toMatchObject({
      muSpent: 99_000,
      muCost: { amount: '9900.00' },
      arms: [{ outcomes: awake }, { outcomes: 1 }],
    });
  });

  it('tells of each who is back, from DORMANT to ACTIVE', async () => {
    const changes = await told('dormancy.changed', treated[0] as string);
    expect(changes.at(-1)).toMatchObject({ to: 'ACTIVE', reactivated: true, wokenFrom: 'DORMANT' });
  });

  it('lets who came back leave the journey before its next step', async () => {
    lab.pass(24);
    await jobs();
    expect(await reached('second')).toBe(treated.length - awake);
  });

  describe('Rohit, held out, whose last order is 14 months ago', () => {
    const earned = async () => {
      const document = `query ($by: CustomerBy!) { customer(by: $by) { wallet { lifetimeEarned } } }`;
      const { customer } = await lab.read(document, { by: { externalId: rohit } });
      return customer.wallet.lifetimeEarned as number;
    };

    beforeAll(async () => {
      lab.pass(16 * 24);
      await jobs();
      const spent = { ACQUISITION: '5000000.00', REACQUISITION: '1300000.00' };
      const firstDay = lab.later(0).slice(0, 10);
      for (const [purpose, amount] of Object.entries(spent)) {
        await lab.do('record-spend', { purpose, route: 'ADTECH', firstDay, amount });
      }
      // The page he lands on, by an advertisement that was paid for.
      await lab.attention(rohit, 'VISIT', { properties: { route: 'PAID' } });
    });

    it('is told of as somebody lost who was bought back for Rs 100', async () => {
      const { acquisition } = await lab.do('record-acquisition', {
        identities: [{ externalId: rohit }],
        route: 'ADTECH',
        cost: '100.00',
      });
      expect(acquisition).toMatchObject({ verdict: 'REACQUISITION', prior: 'LOST' });
      const [detected] = await told('reacquisition.detected', rohit);
      expect(detected).toMatchObject({ prior: 'LOST', route: 'ADTECH', cost: '100.00' });
    });

    it('orders for Rs 1,999, which is a known customer bought from an ad platform', async () => {
      const { purchase } = await lab.do('record-order', {
        customer: { externalId: rohit },
        externalId: 'order of Rohit',
        orderedAt: lab.later(0),
        items: 1,
        amount: '1999.00',
        currency: 'INR',
        driver: 'ADTECH',
      });
      expect(purchase).toMatchObject({ bucket: 'DIRECT_ADTECH_KNOWN' });
    });

    it('is waste, and neither a new customer nor one whom the programme brought back', async () => {
      const waste = await figure(lab.t, lab.brand, 'ad-waste', 'adWaste');
      expect(waste).toMatchObject({
        reacquisition: { count: 1, spend: { amount: '100.00' } },
        wasted: { amount: '100.00' },
        acquisitions: 1,
        trueNew: 0,
        watched: 0,
      });
      await jobs();
      const lift = await lab.lift(experiment);
      expect(lift['arms']).toMatchObject([{ outcomes: awake }, { outcomes: 1 }]);
      const changes = await told('dormancy.changed', rohit);
      expect(changes.at(-1)).toMatchObject({
        from: 'LOST',
        to: 'ACTIVE',
        reactivated: false,
      });
    });

    it('earns nothing', async () => {
      expect(await earned()).toBe(0);
      expect(await lab.lift(experiment)).toMatchObject({ muSpent: 99_000 });
    });
  });

  it('releases 51,000 at the end, and 101,000 are left of 200,000', async () => {
    const ended = await lab.do('end-experiment', { id: experiment['id'] });
    expect(ended['experiment'].releasedMu).toBe(51_000);
    expect(await lab.funds()).toEqual({ budget: 101_000, reserved: 0 });
  });

  it('has cost Rs 21.25 for each of 720 who would not be back', async () => {
    await lab.settle();
    // Who is in which arm is drawn by lot, so the story's own numbers are written over what was counted.
    const story = { TREATED: [36_000, 900, 540_000], HELD_OUT: [4000, 20, 0] };
    for (const [arm, counted] of Object.entries(story)) {
      await lab.t.database.query(
        'UPDATE experiment_arms SET members = $2, reactivated = $3, deliveries = $4 WHERE arm = $1',
        [arm, ...counted],
      );
    }
    const lift = await lab.lift(experiment);
    expect(lift).toMatchObject({
      arms: [
        { arm: 'TREATED', size: 36_000, outcomes: 900, rate: 0.025 },
        { arm: 'HELD_OUT', size: 4000, outcomes: 20, rate: 0.005 },
      ],
      incremental: 720,
      muSpent: 99_000,
      muCost: { amount: '9900.00' },
      messageCost: { amount: '5400.00' },
      cost: { amount: '15300.00', currencyCode: 'INR' },
      costPerIncremental: { amount: '21.25' },
    });
    expect(lift['uplift'].difference).toBeCloseTo(0.02, 12);
  });

  it('moves the Rs 56,700 that buying 720 back would have cost more to Mu, and the split shows it', async () => {
    const { budgetShift } = await lab.do('reallocate-to-mu', {
      from: 'REACQUISITION',
      amount: (720 * 100 - 15_300).toFixed(2),
      reason: 'They answer to mails',
    });
    expect(budgetShift).toMatchObject({ amount: { amount: '56700.00' }, mu: 567_000 });
    const split = await figure(lab.t, lab.brand, 'budget-split', 'budgetSplit');
    const lines = Object.fromEntries(
      (split['lines'] as Data[]).map((line) => [line['purpose'] as string, line]),
    );
    expect(lines['REACQUISITION']).toMatchObject({
      moved: { amount: '-56700.00' },
      budget: { amount: '1243300.00' },
    });
    expect(lines['ATTENTION']).toMatchObject({ budget: { amount: '56700.00' } });
    expect(split).toMatchObject({ budget: { amount: '6300000.00' }, existingShare: 0 });
    expect(split['existingBudgetShare']).toBeCloseTo(56_700 / 6_300_000, 12);
  });
});
