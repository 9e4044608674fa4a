import { journeysFeature } from '../../src/journeys';
import { Lab, runJobs } from '../experiments/lab';
import { codesOf, send } from '../referrals/friends';
import { newKey, type Data } from '../support/test-service';

let lab: Lab;
let messageId: string;

beforeAll(async () => {
  lab = await Lab.open();
  const { message } = await lab.do('record-message', { externalId: 'wake-up', channel: 'EMAIL' });
  messageId = message.id as string;
});

afterAll(() => lab.t.close());

const lead = () => runJobs(lab.t, journeysFeature.jobs);

const byHand = { trigger: { byHand: true } };
const twoMails = () => [
  { key: 'first', messageId },
  { key: 'day', waitHours: 24 },
  { key: 'second', messageId },
];

async function journey(definition: Data, input: Data = {}): Promise<Data> {
  const made = await lab.do('create-journey', {
    externalId: newKey(),
    name: 'Wake up',
    definition,
    ...input,
  });
  const { id } = made['journey'];
  return (await lab.do('publish-journey', { id }))['journey'] as Data;
}

const enter = (id: unknown, ...names: string[]) =>
  lab.do('enter-journey', { id, customers: names.map((externalId) => ({ externalId })) });

/** What was announced of a journey, a list of recipients for each step. */
async function announced({ id }: Data): Promise<[step: string, recipients: number][]> {
  const rows = await lab.t.database.query<{ payload: Data }>(
    `SELECT payload FROM outbox WHERE topic = 'journey.step_reached'
     AND payload ->> 'journeyId' = $1 ORDER BY id`,
    [id],
  );
  return rows.map(({ payload }) => [payload['step'], payload['recipients'].length]);
}

async function runs({ id }: Data, bearer?: string): Promise<Data[]> {
  const document = `query ($id: ID!) { node(id: $id) { ... on Journey { runs(first: 100) { nodes { id version
    state endedBy dueAt customer { externalId } steps { nodes { number key kind outcome message { id } } } } } } } }`;
  const { node } = await lab.read(document, { id }, bearer);
  return node.runs.nodes as Data[];
}

describe('A journey', () => {
  it('asks the stack to send a message to everybody who came to the step, once, and waits', async () => {
    const names = await lab.people('plain', 3);
    const made = await journey({ ...byHand, steps: twoMails() });
    expect(await enter(made['id'], ...names)).toMatchObject({ entered: 3 });
    await lead();
    await lead();
    expect(await announced(made)).toEqual([['first', 3]]);
    const [run] = await runs(made);
    expect(run).toMatchObject({ version: 1, state: 'ACTIVE', endedBy: null });
    expect(run!['steps'].nodes).toEqual([
      { number: 1, key: 'first', kind: 'REWARD', outcome: 'ANNOUNCED', message: { id: messageId } },
      { number: 2, key: 'day', kind: 'WAIT', outcome: 'WAITING', message: null },
    ]);
    lab.pass(24);
    await lead();
    expect(await announced(made)).toEqual([
      ['first', 3],
      ['second', 3],
    ]);
    const ended = await runs(made);
    expect(ended.map(({ state }) => state as string)).toEqual(Array(3).fill('COMPLETED'));
    expect(ended[0]).toMatchObject({ dueAt: null });
    const { journeyRun } = await lab.read('query ($id: ID!) { journeyRun(id: $id) { id state } }', {
      id: run!['id'],
    });
    expect(journeyRun).toEqual({ id: run!['id'], state: 'COMPLETED' });
  });

  it('lets a customer in once, and nobody before it is published or after it was stopped', async () => {
    const [one, two] = await lab.people('once', 2);
    const made = await lab.do('create-journey', {
      externalId: newKey(),
      name: 'Once',
      definition: { ...byHand, steps: twoMails() },
    });
    const { id } = made['journey'] as Data;
    const tooEarly = await send(lab.t, lab.brand.apiKey, 'enter-journey', {
      id,
      customers: [{ externalId: one }],
    });
    expect(codesOf(tooEarly)).toEqual(['NOT_AVAILABLE']);
    await lab.do('publish-journey', { id });
    expect(await enter(id, one!, one!)).toMatchObject({ entered: 1 });
    expect(await enter(id, one!)).toMatchObject({ entered: 0 });
    const unknown = await send(lab.t, lab.brand.apiKey, 'enter-journey', {
      id,
      customers: [{ externalId: 'nobody' }, { externalId: two }],
    });
    expect(unknown).toMatchObject({
      entered: 1,
      userErrors: [{ code: 'NOT_FOUND', field: ['customers', '0'] }],
    });
    await lab.do('stop-journey', { id });
    await lead();
    expect(await announced({ id })).toEqual([]);
    expect(await runs({ id })).toMatchObject([
      { state: 'CANCELLED', endedBy: 'STOPPED' },
      { state: 'CANCELLED', endedBy: 'STOPPED' },
    ]);
    for (const file of ['stop-journey', 'publish-journey']) {
      const again = await send(lab.t, lab.brand.apiKey, file, { id });
      expect(codesOf(again)).toEqual(['ALREADY_RESOLVED']);
    }
  });

  it('keeps the version a customer came in by', async () => {
    const [one, two] = await lab.people('version', 2);
    const made = await journey({ ...byHand, steps: twoMails() });
    await enter(made['id'], one!);
    await lead();
    const definition = { ...byHand, steps: [{ key: 'other', messageId }] };
    const next = await lab.do('publish-journey', { id: made['id'], definition });
    expect(next['journey'].version).toBe(2);
    await enter(made['id'], two!);
    lab.pass(24);
    await lead();
    expect((await announced(made)).sort()).toEqual([
      ['first', 1],
      ['other', 1],
      ['second', 1],
    ]);
    const versions = await lab.t.database.query(
      `SELECT v.version FROM journey_versions v JOIN journeys j ON j.id = v.journey_id ORDER BY v.version DESC LIMIT 1`,
    );
    expect(versions).toEqual([{ version: 2 }]);
  });

  it('ends where a customer did what it wanted, opted out or took their consent back', async () => {
    const [active, out, silent, stays] = await lab.people('leaves', 4);
    const made = await journey({ ...byHand, exits: ['CLICKED'], steps: twoMails() });
    await enter(made['id'], active!, out!, silent!, stays!);
    await lead();
    lab.pass(1);
    await lab.attention(active!, 'CLICK');
    await lab.do('opt-out-of-mu', { customer: { externalId: out } });
    await lab.do('withdraw-consent', { customer: { externalId: silent }, purpose: 'MESSAGES' });
    lab.pass(0.5);
    await lead();
    const byName = Object.fromEntries(
      (await runs(made)).map(({ customer, state, endedBy }) => [
        customer.externalId,
        [state, endedBy],
      ]),
    );
    expect(byName).toEqual({
      [active!]: ['EXITED', 'CLICKED'],
      [out!]: ['CANCELLED', 'OPTED_OUT'],
      [silent!]: ['CANCELLED', 'CONSENT_WITHDRAWN'],
      [stays!]: ['ACTIVE', null],
    });
    lab.pass(24);
    await lead();
    expect(await announced(made)).toEqual([
      ['first', 4],
      ['second', 1],
    ]);
  });

  it('lets in whom an event means', async () => {
    const [one] = await lab.people('event', 2);
    const made = await journey({ trigger: { event: 'SURVEY' }, steps: twoMails() });
    await lab.attention(one!, 'SURVEY');
    await lab.attention(one!, 'SURVEY');
    await lead();
    expect((await runs(made)).map(({ customer }) => customer.externalId as string)).toEqual([one]);
  });

  it('takes each step once, however many processes lead', async () => {
    const names = await lab.people('many', 120);
    const made = await journey({ ...byHand, steps: twoMails() });
    await enter(made['id'], ...names);
    const { service, clock } = lab.t;
    const { config, database, log } = service;
    const limits = { ...config.limits, journeyRuns: 7 };
    const job = journeysFeature.jobs.find(({ name }) => name === 'lead-on-journeys')!;
    const process = async () => {
      while ((await job.run({ config, database: few(database), clock, log, limits })) > 0);
    };
    await Promise.all([process(), process(), process()]);
    const told = await announced(made);
    expect(told.reduce((sum, [, count]) => sum + count, 0)).toBe(120);
    expect(new Set(told.map(([step]) => step))).toEqual(new Set(['first']));

    /** The database with room for seven at once in a transaction, so that there are many of them. */
    function few(all: typeof database): typeof database {
      return { ...all, transact: (at, work) => all.transact(at, (tx) => work({ ...tx, limits })) };
    }
  });

  it('loses and repeats nothing when a process dies in the middle', async () => {
    const names = await lab.people('crash', 5);
    const made = await journey({ ...byHand, steps: twoMails() });
    await enter(made['id'], ...names);
    const { service, clock } = lab.t;
    const { config, database, log } = service;
    const job = journeysFeature.jobs.find(({ name }) => name === 'lead-on-journeys')!;
    const dying: typeof database = {
      ...database,
      transact: (at, work) =>
        database.transact(at, async (tx) => {
          await work(tx);
          throw new Error('the process died');
        }),
    };
    await expect(
      job.run({ config, database: dying, clock, log, limits: config.limits }),
    ).rejects.toThrow('died');
    expect(await announced(made)).toEqual([]);
    await lead();
    expect(await announced(made)).toEqual([['first', 5]]);
  });

  it('is refused with a message of nobody, an unknown experiment and a name it has had', async () => {
    const make = (input: Data) =>
      send(lab.t, lab.brand.apiKey, 'create-journey', {
        externalId: newKey(),
        name: 'Refused',
        definition: { ...byHand, steps: twoMails() },
        ...input,
      });
    const stray = [{ key: 'a', messageId: 'msg_01h455vb4pex5vsknk084sn02q' }];
    const refused = await make({ definition: { ...byHand, steps: stray } });
    expect(refused['userErrors']).toMatchObject([
      { code: 'NOT_FOUND', field: ['definition', 'steps', 'messageId'] },
    ]);
    expect(codesOf(await make({ experimentId: 'exp_01h455vb4pex5vsknk084sn02q' }))).toEqual([
      'NOT_FOUND',
    ]);
    expect(codesOf(await make({ name: ' ' }))).toEqual(['INVALID_TEXT']);
    expect(codesOf(await make({ externalId: 'taken' }))).toEqual([]);
    expect(codesOf(await make({ externalId: 'taken' }))).toEqual(['ALREADY_EXISTS']);
  });

  it('is nobody else’s: not another brand’s, not a customer’s', async () => {
    const other = await lab.beside('kaapico');
    const [one] = await lab.people('foreign', 1);
    const made = await journey({ ...byHand, steps: twoMails() });
    await enter(made['id'], one!);
    const [run] = await runs(made);
    const { token } = await lab.do('create-customer-token', { customer: { externalId: one } });
    for (const bearer of [other.brand.apiKey, token as string]) {
      const document =
        'query ($id: ID!, $run: ID!) { journey: node(id: $id) { id } run: node(id: $run) { id } }';
      const seen = await lab.read(document, { id: made['id'], run: run!['id'] }, bearer);
      expect(seen).toEqual({ journey: null, run: null });
    }
    for (const file of ['publish-journey', 'stop-journey']) {
      const foreign = await send(lab.t, other.brand.apiKey, file, { id: made['id'] });
      expect(codesOf(foreign)).toEqual(['NOT_FOUND']);
    }
    const definition = { ...byHand, steps: twoMails() };
    const theirs = { externalId: newKey(), name: 'Theirs', definition };
    const stolen = await send(lab.t, other.brand.apiKey, 'create-journey', theirs);
    expect(codesOf(stolen)).toEqual(['NOT_FOUND']);
  });
});
