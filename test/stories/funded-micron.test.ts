import {
  otherBrandsPaid,
  publishRules,
  tellFundedMicron,
  theOthersRead,
  type FundedMicron,
} from '../../src/cli/stories/funded-micron';
import { Storyteller, type StoryBrand } from '../../src/cli/stories/storyteller';
import { footerImage } from '../../src/message-view';
import { mailRoutes } from '../../src/server/edges/mail-routes';
import { browser, imageProxy } from '../server/edges/mail';
import { startHttpService, type Answer, type HttpService } from '../support/http-service';
import { startTestService, type TestService } from '../support/test-service';

const monday = () => new Date(Date.now() - 9 * 86_400_000);

describe('Story 1: a funded micron, exactly once, with lineage', () => {
  let t: TestService;
  let told: FundedMicron;
  let start: Date;

  beforeAll(async () => {
    t = await startTestService();
    start = monday();
    told = await tellFundedMicron(new Storyteller(t.service, t.clock, 'one'), start);
  });

  afterAll(() => t.close());

  it('reserves the worst case, 2,000 × 11', () => {
    expect(told.reserved).toBe(22_000);
  });

  it('stores the open of an image proxy with confidence 0 and pays nothing', () => {
    expect(told.machineOpen).toMatchObject({ event: { confidence: 0 }, grants: [] });
    expect(told.machineOpen['wallet']).toMatchObject({ balance: 5678, state: 'REDEEM' });
  });

  it('pays 1 for the proven open and 10 for the survey, up to 5,689', () => {
    const grants = told.survey['grants'] as { amount: number; rule: object; entry: object }[];
    expect(grants).toMatchObject([
      { amount: 1, rule: { name: 'r1', version: 3 }, entry: { balanceAfter: 5679 } },
      { amount: 10, rule: { name: 'r2', version: 1 }, entry: { balanceAfter: 5689 } },
    ]);
    expect(told.survey).toMatchObject({ event: { confidence: 1 }, wallet: { balance: 5689 } });
  });

  it('answers the retry of the mail client with the first answer and no new entry', () => {
    expect(told.retried).toEqual({ ...told.survey, replayed: true });
  });

  it('uses 4,000, releases exactly 18,000 and leaves 46,000 in the budget', async () => {
    const { data } = await t.run('{ brand { budget reserved } }', {}, told.brand.apiKey);
    expect(data['brand']).toEqual({ budget: 46_000, reserved: 0 });
    const lines = await t.database.query<{ kind: string; count: number; total: number }>(
      `SELECT t.kind, count(*)::int AS count, sum(t.amount)::int AS total
       FROM transfers t JOIN brands b ON b.id = t.brand_id
       WHERE b.slug = 'tripkart' GROUP BY t.kind ORDER BY min(t.posted_at), t.kind`,
    );
    expect(lines).toEqual([
      { kind: 'ISSUE', count: 1, total: 50_000 },
      { kind: 'RESERVE', count: 1, total: 22_000 },
      { kind: 'GRANT', count: 1300, total: 4000 },
      { kind: 'RESERVE_RELEASE', count: 1, total: 18_000 },
    ]);
  });

  it('leads from the ten Mu back to the survey, the mail, the rule and the invoice', async () => {
    const { data } = await t.run(
      `{ customer(by: {externalId: "asha"}) { wallet { statement(first: 2) { nodes {
          amount balanceAfter transfer { id event { action } message { externalId }
            rule { name version } funding { kind amount reason } } } } } } }`,
      {},
      told.brand.apiKey,
    );
    expect(data['customer'].wallet.statement.nodes).toMatchObject([
      {
        amount: 10,
        balanceAfter: 5689,
        transfer: {
          event: { action: 'SURVEY' },
          message: { externalId: 'MSG-881' },
          rule: { name: 'r2', version: 1 },
          funding: { kind: 'ISSUE', amount: 50_000, reason: 'purchase INV-1' },
        },
      },
      { amount: 1, transfer: { event: { action: 'OPEN' }, rule: { name: 'r1', version: 3 } } },
    ]);
  });

  it('changes nothing when it is told again two days later', async () => {
    const before = await t.database.query('SELECT count(*)::int AS n FROM entries');
    const later = new Date(start.getTime() + 2 * 86_400_000);
    await tellFundedMicron(new Storyteller(t.service, t.clock, 'one'), later);
    expect(await t.database.query('SELECT count(*)::int AS n FROM entries')).toEqual(before);
  });
});

/** The same week as mails themselves tell it: every moment of Asha's is a request of her mail client. */
describe('Story 1 over HTTP: what happens in the mail', () => {
  const minute = 60_000;
  const hour = 60 * minute;
  const sender = 'mail@tripkart.example';

  let t: HttpService;
  let tell: Storyteller;
  let brand: StoryBrand;
  let monday9: Date;
  let messageId: string;
  let view: Record<string, string>;
  let survey: Answer;

  /** Monday at nine and so much later. */
  const at = (later: number) => tell.at(new Date(monday9.getTime() + later));
  const tuesday = 24 * hour;
  const fetched = (url: string, agent: string) =>
    t.fetch(url.slice(t.url.length), { headers: { 'user-agent': agent } });
  const entries = async () =>
    (await t.database.query<{ n: number }>('SELECT count(*)::int AS n FROM entries'))[0]?.n;
  const submit = () =>
    t.fetch((view['survey'] as string).slice(t.url.length), {
      method: 'POST',
      headers: {
        'amp-email-sender': sender,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'when=spring&with=family&nights=4',
    });

  beforeAll(async () => {
    t = await startHttpService({ routes: [mailRoutes] });
    tell = new Storyteller(t.service, t.clock, 'http');
    const asha = { email: 'asha@example.in', externalId: 'asha' };
    monday9 = await otherBrandsPaid(tell, monday(), asha, 5678);
    brand = await tell.brand('TripKart', 'tripkart', 'Asia/Kolkata', 50_000, 'purchase INV-1');
    await publishRules(tell, brand);
    await tell.tell(brand.apiKey, 'update-brand', { ampSenders: [sender] });
    const consents = [{ purpose: 'BALANCE_VISIBLE', granted: true }];
    const known = { ...asha, confirmed: ['EMAIL'], consents };
    await tell.tell(brand.apiKey, 'identify-customer', known);
  });

  afterAll(() => t.close());

  it('Monday 09:05: 22,000 are reserved', async () => {
    at(5 * minute);
    const recorded = await tell.tell(brand.apiKey, 'record-message', {
      externalId: 'MSG-881',
      channel: 'EMAIL',
      kind: 'MICRON',
      subject: 'Kashmir in 5 days',
      openMu: 1,
      actionMuMax: 10,
      audience: 2000,
      expiresAt: new Date(monday9.getTime() + 7 * 24 * hour).toISOString(),
    });
    expect(recorded['reserved']).toBe(22_000);
    messageId = (recorded['message'] as { id: string }).id;
  });

  it('Tuesday 08:00: one call tells what the mail shows Asha', async () => {
    at(tuesday - hour);
    const document = `query ($id: ID!) {
      messageRewardView(customer: { externalId: "asha" }, messageId: $id) {
        subjectText warState footerUrl pixelUrl survey: ampUrl(action: SURVEY) callToAction { kind } } }`;
    const { data } = await t.ask(document, { id: messageId }, brand.apiKey);
    view = data['messageRewardView'];
    expect(view).toMatchObject({
      subjectText: 'µ.5678.1.10',
      warState: 'REDEEM',
      callToAction: { kind: 'REDEEM' },
      footerUrl: expect.stringContaining(`${t.url}/f/`) as string,
    });
  });

  it('Tuesday 08:41:10: an image proxy fetches the pixel, which pays nothing', async () => {
    at(tuesday - 19 * minute + 10_000);
    const before = await entries();
    expect((await fetched(view['pixelUrl'] as string, imageProxy)).status).toBe(200);
    const events = await t.database.query(
      'SELECT action, machine, confidence FROM attention_events WHERE message_id IS NOT NULL',
    );
    expect(events).toEqual([{ action: 'OPEN', machine: true, confidence: 0 }]);
    expect(await entries()).toBe(before);
  });

  it('Tuesday 09:12:03: the form in the mail pays 1 for the open and 10 for the survey', async () => {
    at(tuesday + 12 * minute + 3000);
    survey = await submit();
    expect(survey.status).toBe(200);
    expect(survey.json).toEqual({ balance: 5689, granted: 11, state: 'REDEEM' });
    const events = await t.database.query(
      `SELECT action, confidence, properties FROM attention_events
       WHERE message_id IS NOT NULL ORDER BY recorded_at`,
    );
    expect(events).toEqual([
      { action: 'OPEN', confidence: 100, properties: null },
      {
        action: 'SURVEY',
        confidence: 100,
        properties: { when: 'spring', with: 'family', nights: '4' },
      },
    ]);
  });

  it('Tuesday 09:12:04: the retry gets the same answer and makes no entry', async () => {
    at(tuesday + 12 * minute + 4000);
    const before = await entries();
    const retried = await submit();
    expect([retried.status, retried.text]).toEqual([survey.status, survey.text]);
    expect(await entries()).toBe(before);
  });

  it('Tuesday 09:12:04: the footer counts 5689', async () => {
    const before = await entries();
    const shown = await fetch(view['footerUrl'] as string, { headers: { 'user-agent': browser } });
    const picture = Buffer.from(await shown.arrayBuffer());
    const drawn = await footerImage({ balance: 5689, state: 'REDEEM' }, 'light');
    expect(picture.equals(drawn)).toBe(true);
    const earlier = await footerImage({ balance: 5678, state: 'REDEEM' }, 'light');
    expect(picture.equals(earlier)).toBe(false);
    expect(await entries()).toBe(before);
  });

  it('next Monday: 1,000 opens and 300 surveys used 4,000, and 18,000 come back', async () => {
    const wednesday = new Date(monday9.getTime() + 2 * tuesday);
    await theOthersRead(tell, brand, messageId, wednesday);
    at(7 * 24 * hour + hour);
    await tell.settle();
    const { data } = await t.ask('{ brand { budget reserved } }', {}, brand.apiKey);
    expect(data['brand']).toEqual({ budget: 46_000, reserved: 0 });
    const released = await t.database.query(
      `SELECT sum(amount)::int AS mu FROM transfers WHERE kind = 'RESERVE_RELEASE'`,
    );
    expect(released).toEqual([{ mu: 18_000 }]);
  });

  it('and from then on the pixel still answers, and pays nothing', async () => {
    const before = await entries();
    expect((await fetched(view['pixelUrl'] as string, browser)).status).toBe(200);
    expect(await entries()).toBe(before);
  });
});
