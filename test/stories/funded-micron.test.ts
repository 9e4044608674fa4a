import { tellFundedMicron, type FundedMicron } from '../../src/cli/stories/funded-micron';
import { Storyteller } from '../../src/cli/stories/storyteller';
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
