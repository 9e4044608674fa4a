import { tellBestCustomer, type BestCustomer } from '../../src/cli/stories/best-customer';
import { Storyteller } from '../../src/cli/stories/storyteller';
import { startTestService, type TestService } from '../support/test-service';

describe('Story 5: velvet rope, surprise, referral, redemption, refund', () => {
  let t: TestService;
  let told: BestCustomer;
  const start = new Date(Date.now() - 9 * 86_400_000);
  const tell = () => tellBestCustomer(new Storyteller(t.service, t.clock, 'five'), start);

  beforeAll(async () => {
    t = await startTestService();
    told = await tell();
  });

  afterAll(() => t.close());

  it('does not let her redeem while she has 905, below the 1,000 the shop asks for', () => {
    expect(told.tooEarly).toEqual(['BELOW_MINIMUM_BALANCE']);
  });

  it('moves no Mu for the velvet rope, and recognises her at the door', () => {
    expect(told.wallets['velvet']).toEqual({ balance: 905, held: 0 });
    expect(told.arrival['velvetArrival']).toMatchObject({
      storeId: 'MG Road',
      customer: { name: 'Nisha', velvet: { status: 'ACTIVE' } },
    });
  });

  it('keeps her wallet line by line', () => {
    expect(told.wallets).toEqual({
      velvet: { balance: 905, held: 0 },
      surprise: { balance: 955, held: 0 },
      friend: { balance: 1055, held: 0 },
      redeem: { balance: 755, held: 300 },
      capture: { balance: 755, held: 0 },
      share: { balance: 756, held: 0 },
      refund: { balance: 1056, held: 0 },
      fraud: { balance: 955, held: 0 },
      optOut: { balance: 0, held: 0 },
    });
    expect(told.extinguished).toBe(955);
  });

  it('can be checked: the published seed draws what was drawn', async () => {
    const document = `query ($poolId: ID!) { surpriseAudit(poolId: $poolId) { wins paidMu verified } }`;
    const { data } = await t.run(document, { poolId: told.poolId }, told.brand.apiKey);
    expect(data['surpriseAudit']).toEqual({ wins: 1, paidMu: 50, verified: true });
  });

  it('gives the referral’s Mu back to its reserve', async () => {
    const document = `{ brand { referralProgram { reserved } } referrals { nodes { state } } }`;
    const { data } = await t.run(document, {}, told.brand.apiKey);
    expect(data['brand'].referralProgram).toEqual({ reserved: 300 });
    expect(data['referrals'].nodes).toEqual([{ state: 'REVERSED' }]);
  });

  it('changes nothing when it is told again', async () => {
    const before = await t.database.query('SELECT count(*)::int AS n FROM entries');
    await tell();
    expect(await t.database.query('SELECT count(*)::int AS n FROM entries')).toEqual(before);
  });
});
