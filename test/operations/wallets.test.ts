import * as operations from '../../schema/generated/operations';
import { startTestService, type TestService } from '../support/test-service';
import { key, runnerOf, type Run } from './runner';

const aDayAndMoreMs = 25 * 3_600_000;
const by = { externalId: 'asha' };

let t: TestService;
let run: Run;
let token: string;
/** A key of another person of the same brand. */
let second: string;

beforeAll(async () => {
  t = await startTestService();
  run = runnerOf(t, (await t.createBrand('keeps-wallets', { budget: 10_000 })).apiKey);
  t.clock.offsetMs = -aDayAndMoreMs;
  for (const externalId of ['asha', 'ira']) {
    await run(operations.IdentifyCustomerDocument, {
      input: { externalId, email: `${externalId}@example.in`, confirmed: ['EMAIL'], ...key() },
    });
  }
  t.clock.offsetMs = 0;
  await run(operations.UpsertEarnRuleDocument, {
    input: { name: 'scan', action: 'SCAN', amount: 100, ...key() },
  });
  await run(operations.RecordAttentionDocument, {
    input: { customer: by, action: 'SCAN', ...key() },
  });
  const own = { input: { customer: by, ...key() } };
  const { createCustomerToken } = await run(operations.CreateCustomerTokenDocument, own);
  token = createCustomerToken.token ?? '';
  const { createApiKey } = await run(operations.CreateApiKeyDocument, {
    input: { name: 'the other pair of eyes', scopes: ['LEDGER'], ...key() },
  });
  second = createApiKey.secret ?? '';
});

afterAll(() => t.close());

it('show a customer their wallet, and what it can be spent on', async () => {
  const { me } = await run(operations.MyWalletDocument, {}, token);
  expect(me?.wallet).toMatchObject({ balance: 100, byBrand: [{ balance: 100 }] });
  await run(operations.UpsertShopItemDocument, {
    input: { externalId: 'tea', name: 'Tea', price: 3, minimumBalance: 5, ...key() },
  });
  const { customer } = await run(operations.RedeemableDocument, { by });
  expect(customer?.redeemable.nodes).toMatchObject([
    { item: { name: 'Tea' }, redeemable: true, reason: null },
  ]);
});

it('let a customer give Mu to another, and learn about it', async () => {
  const { giftMu } = await run(operations.GiftMuDocument, {
    input: { to: { externalId: 'ira' }, customer: by, amount: 5, ...key() },
  });
  expect(giftMu).toMatchObject({ transfer: { kind: 'GIFT', amount: 5 }, userErrors: [] });
  const { learnAboutMu } = await run(
    operations.LearnAboutMuDocument,
    { input: { ...key() } },
    token,
  );
  expect(learnAboutMu).toMatchObject({ wallet: { balance: 95 }, userErrors: [] });
});

it('let two people of a brand correct a wallet', async () => {
  const correction = { customer: by, direction: 'CREDIT', amount: 5 } as const;
  const request = async (reason: string) => {
    const { requestAdjustment } = await run(operations.RequestAdjustmentDocument, {
      input: { ...correction, reason, ...key() },
    });
    expect(requestAdjustment.userErrors).toEqual([]);
    return requestAdjustment.adjustment?.id ?? '';
  };
  const approved = await request('lost in the move');
  const { approveAdjustment } = await run(
    operations.ApproveAdjustmentDocument,
    { input: { id: approved, ...key() } },
    second,
  );
  expect(approveAdjustment).toMatchObject({
    adjustment: { state: 'APPROVED' },
    transfer: { kind: 'ADJUSTMENT', amount: 5 },
  });
  const declined = await request('lost again');
  const { declineAdjustment } = await run(
    operations.DeclineAdjustmentDocument,
    { input: { id: declined, ...key() } },
    second,
  );
  expect(declineAdjustment.adjustment).toMatchObject({ state: 'DECLINED' });
  const { adjustments } = await run(operations.AdjustmentsDocument, {});
  expect(adjustments.nodes.map(({ id }) => id).sort()).toEqual([approved, declined].sort());
});

it('let a brand say that two customers are one', async () => {
  await run(operations.IdentifyCustomerDocument, {
    input: { externalId: 'asha-by-card', ...key() },
  });
  const { mergeCustomers } = await run(operations.MergeCustomersDocument, {
    input: {
      from: { externalId: 'asha-by-card' },
      into: by,
      reason: 'the same card',
      ...key(),
    },
  });
  expect(mergeCustomers).toMatchObject({ customer: { wallet: { balance: 100 } }, userErrors: [] });
});

it('let a customer leave Mu, and come back to none', async () => {
  const own = () => ({ input: { customer: by, ...key() } });
  const { optOutOfMu } = await run(operations.OptOutOfMuDocument, own());
  expect(optOutOfMu).toMatchObject({ extinguished: 100, wallet: { balance: 0 }, userErrors: [] });
  const { optInToMu } = await run(operations.OptInToMuDocument, own());
  expect(optInToMu).toMatchObject({ wallet: { balance: 0 }, userErrors: [] });
});
