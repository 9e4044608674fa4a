import { attentionFeature } from '../../src/attention';
import { journeysFeature } from '../../src/journeys';
import { Lab, runJobs } from '../experiments/lab';
import { newKey, type Data } from '../support/test-service';

/**
 * Told with 120 sleepers instead of 40,000. An open pays a thousand times and a click ten times what the
 * story says, so that the ledger has its very figures.
 */
describe('Story 4: a dormant third, a share held out', () => {
  const awake = 90;
  let lab: Lab;
  let experiment: Data;
  let treated: string[];
  let heldOut: string[];
  let messageId: string;

  const jobs = async () => {
    await runJobs(lab.t, attentionFeature.jobs);
    await lab.settle();
    await runJobs(lab.t, journeysFeature.jobs);
  };

  beforeAll(async () => {
    lab = await Lab.open('velora');
    const names = await lab.people('sleeper', 120);
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
    lab.pass(100 * 24);
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
    expect(treated.length + heldOut.length).toBe(120);
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
    expect(await told('first')).toBe(treated.length);
  });

  /** How many recipients a step was announced for. */
  async function told(step: string): Promise<number> {
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
    const own = await lab.attention(heldOut[0]!, 'VISIT');
    expect(own['grants']).toEqual([]);
    expect(await lab.lift(experiment)).toMatchObject({
      muSpent: 99_000,
      muCost: { amount: '9900.00' },
      arms: [{ outcomes: awake }, { outcomes: 1 }],
    });
  });

  it('lets who came back leave the journey before its next step', async () => {
    lab.pass(24);
    await jobs();
    expect(await told('second')).toBe(treated.length - awake);
  });

  it('releases 51,000 at the end, and 101,000 are left of 200,000', async () => {
    const ended = await lab.do('end-experiment', { id: experiment['id'] });
    expect(ended['experiment'].releasedMu).toBe(51_000);
    expect(await lab.funds()).toEqual({ budget: 101_000, reserved: 0 });
  });
});
