import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as operations from '../../schema/generated/operations';
import { giveByLot, payForFriends, treatApart } from './gifts';
import { key, nameOf, runnerOf, type Run } from './runner';
import { startTestService, type TestBrand, type TestService } from '../support/test-service';

const folder = join(__dirname, '../../schema/operations');

/** The text of all other tests; one that runs a published operation names its document. */
function readTests(root: string): string {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !__filename.endsWith(file))
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n');
}

/** Every operation we publish is run here with the types the generator gave it. */
describe('The published operations', () => {
  let t: TestService;
  let brand: TestBrand;
  let token: string;
  let run: Run;
  const ran = new Set<string>();

  beforeAll(async () => {
    t = await startTestService();
    brand = await t.createBrand('published', { budget: 10_000 });
    run = runnerOf(t, brand.apiKey, ran);
  });

  afterAll(() => t.close());

  const by = { externalId: 'asha' };

  it('let a brand be told of what happens', async () => {
    const { webhookTopics } = await run(operations.WebhookTopicsDocument, {});
    expect(webhookTopics.map(({ name }) => name)).toContain('mu.granted');
    const { createWebhookEndpoint: created } = await run(operations.CreateWebhookEndpointDocument, {
      input: { url: 'https://hooks.example.in/mu', topics: ['mu.granted'], ...key() },
    });
    expect(created).toMatchObject({ secret: expect.stringMatching(/^whsec_/), userErrors: [] });
    const id = created.webhookEndpoint?.id ?? '';
    const { updateWebhookEndpoint } = await run(operations.UpdateWebhookEndpointDocument, {
      input: { id, description: 'the shop', ...key() },
    });
    expect(updateWebhookEndpoint.webhookEndpoint).toMatchObject({ description: 'the shop' });
    const { rotateWebhookSecret } = await run(operations.RotateWebhookSecretDocument, {
      input: { id, ...key() },
    });
    expect(rotateWebhookSecret.secret).not.toBe(created.secret);
    const { sendTestWebhook } = await run(operations.SendTestWebhookDocument, {
      input: { endpointId: id, ...key() },
    });
    const { replayWebhook } = await run(operations.ReplayWebhookDocument, {
      input: { deliveryId: sendTestWebhook.webhookDelivery?.id ?? '', ...key() },
    });
    expect(replayWebhook.webhookDelivery).toMatchObject({ topic: 'webhook.test' });
    const { replayWebhooks } = await run(operations.ReplayWebhooksDocument, {
      input: { endpointId: id, since: '2026-01-02T03:04:05Z', ...key() },
    });
    expect(replayWebhooks).toMatchObject({ queued: 0, hasMore: false });
    const { webhookEndpoints } = await run(operations.WebhookEndpointsDocument, {});
    expect(webhookEndpoints.nodes).toMatchObject([{ id, deliveries: { nodes: [{}] } }]);
    const { deleteWebhookEndpoint } = await run(operations.DeleteWebhookEndpointDocument, {
      input: { id, ...key() },
    });
    expect(deleteWebhookEndpoint.webhookEndpoint).toMatchObject({ state: 'DELETED' });
  });

  it('let the platform create a brand and issue Mu', async () => {
    const input = { name: 'Other', slug: 'other', ...key() };
    const { createBrand } = await run(operations.CreateBrandDocument, { input }, t.platformKey);
    expect(createBrand.userErrors).toEqual([]);
    const issue = { brandId: createBrand.brand?.id ?? '', amount: 5, reason: 'purchase', ...key() };
    const { issueMu } = await run(operations.IssueMuDocument, { input: issue }, t.platformKey);
    expect(issueMu).toMatchObject({ brand: { budget: 5 }, userErrors: [] });
  });

  it('let a brand see and change itself and its keys', async () => {
    const { brand: own } = await run(operations.BrandDocument, { id: null });
    expect(own).toMatchObject({ slug: 'published' });
    const { updateBrand } = await run(operations.UpdateBrandDocument, {
      input: { name: 'Published', ...key() },
    });
    expect(updateBrand.brand).toMatchObject({ name: 'Published' });
    const { createApiKey } = await run(operations.CreateApiKeyDocument, {
      input: { name: 'reader', scopes: ['READ'], ...key() },
    });
    const { revokeApiKey } = await run(operations.RevokeApiKeyDocument, {
      input: { id: createApiKey.apiKey?.id ?? '', ...key() },
    });
    expect(revokeApiKey.userErrors).toEqual([]);
  });

  it('let a brand know a customer', async () => {
    const { identifyCustomer } = await run(operations.IdentifyCustomerDocument, {
      input: { ...by, email: 'asha@example.in', confirmed: ['EMAIL'], ...key() },
    });
    expect(identifyCustomer.userErrors).toEqual([]);
    const { customers } = await run(operations.CustomersDocument, {});
    expect(customers.nodes).toHaveLength(1);
    const { createCustomerToken } = await run(operations.CreateCustomerTokenDocument, {
      input: { customer: by, ...key() },
    });
    token = createCustomerToken.token ?? '';
    const { me } = await run(operations.MeDocument, {}, token);
    expect(me).toMatchObject({ email: 'asha@example.in' });
  });

  it('let a brand pay for attention and trace it', async () => {
    await run(operations.UpsertEarnRuleDocument, {
      input: { name: 'survey', action: 'SURVEY', amount: 10, ...key() },
    });
    const { earnRules } = await run(operations.EarnRulesDocument, {});
    expect(earnRules).toMatchObject([{ name: 'survey', version: 1 }]);
    const { earnRule } = await run(operations.EarnRuleDocument, { id: earnRules[0]?.id ?? '' });
    expect(earnRule).toMatchObject({ name: 'survey', channels: [], enabled: true });
    const named = { input: { name: 'unbox', description: 'Unboxed it', ...key() } };
    await run(operations.RegisterCustomActionDocument, named);
    const { customActions } = await run(operations.CustomActionsDocument, {});
    expect(customActions).toMatchObject([{ name: 'unbox', description: 'Unboxed it' }]);
    const { recordMessage } = await run(operations.RecordMessageDocument, {
      input: {
        externalId: 'm1',
        channel: 'EMAIL',
        openMu: 1,
        actionMuMax: 10,
        audience: 3,
        ...key(),
      },
    });
    const messageId = recordMessage.message?.id ?? '';
    const event = { customer: by, messageId, action: 'SURVEY' } as const;
    const { simulateEarn } = await run(operations.SimulateEarnDocument, { event });
    expect(simulateEarn).toMatchObject({ total: 10, explanations: [{ outcome: 'PAYS' }] });
    const { recordDeliveries } = await run(operations.RecordDeliveriesDocument, {
      input: { messageId, customers: [by], ...key() },
    });
    expect(recordDeliveries.recorded).toBe(1);
    const { message } = await run(operations.MessageDocument, { id: messageId });
    expect(message).toMatchObject({ externalId: 'm1' });
    const { recordAttention } = await run(operations.RecordAttentionDocument, {
      input: { customer: by, messageId, action: 'SURVEY', ...key() },
    });
    expect(recordAttention).toMatchObject({
      grants: [{ amount: 10 }],
      wallet: { state: 'REDEEM' },
    });
    const { recordAttentionBatch } = await run(operations.RecordAttentionBatchDocument, {
      input: { events: [{ customer: by, messageId, action: 'OPEN', ...key() }] },
    });
    expect(recordAttentionBatch.results).toMatchObject([{ grants: [{ amount: 1 }] }]);
    const { data } = await t.run(
      '{ customer(by: {externalId: "asha"}) { wallet { statement { nodes { transfer { id } } } } } }',
      {},
      brand.apiKey,
    );
    const id = data['customer'].wallet.statement.nodes[0].transfer.id as string;
    const { ledgerTransfer } = await run(operations.LedgerTransferDocument, { id });
    expect(ledgerTransfer).toMatchObject({
      amount: 1,
      funding: { kind: 'ISSUE' },
      message: { externalId: 'm1' },
    });
    const { customer } = await run(operations.CustomerMessagesDocument, { by });
    expect(customer?.messages.nodes).toHaveLength(1);
  });

  it('let a brand redeem, confirm, cancel and undo', async () => {
    await run(operations.UpsertShopItemDocument, {
      input: { externalId: 'tea', name: 'Tea', price: 3, minimumBalance: 5, ...key() },
    });
    const { shopItems } = await run(operations.ShopItemsDocument, {});
    const item = shopItems.nodes[0]?.id ?? '';
    const redeem = async () => {
      const input = { itemId: item, customer: by, ...key() };
      const { redeem: redeemed } = await run(operations.RedeemDocument, { input });
      expect(redeemed.userErrors).toEqual([]);
      return redeemed.redemption?.id ?? '';
    };
    const { captureRedemption } = await run(operations.CaptureRedemptionDocument, {
      input: { id: await redeem(), ...key() },
    });
    expect(captureRedemption.redemption).toMatchObject({ state: 'CAPTURED' });
    const { cancelRedemption } = await run(operations.CancelRedemptionDocument, {
      input: { id: await redeem(), ...key() },
    });
    expect(cancelRedemption.redemption).toMatchObject({ state: 'CANCELLED' });
    const { customer } = await run(operations.CustomerRedemptionsDocument, { by });
    expect(customer?.redemptions.nodes).toHaveLength(2);
    const { data } = await t.run(
      '{ customer(by: {externalId: "asha"}) { wallet { statement(kind: GRANT) { nodes { transfer { id } } } } } }',
      {},
      brand.apiKey,
    );
    const id = data['customer'].wallet.statement.nodes[0].transfer.id as string;
    const { reverseTransfer } = await run(operations.ReverseTransferDocument, {
      input: { id, ...key() },
    });
    expect(reverseTransfer).toMatchObject({ transfer: { kind: 'REVERSAL' }, userErrors: [] });
  });

  it('tell a brand what a mail shows its readers', async () => {
    const linkOrigins = ['https://shop.example'];
    await run(operations.UpdateBrandDocument, { input: { linkOrigins, ...key() } });
    const sent = {
      externalId: 'shown',
      channel: 'EMAIL' as const,
      openMu: 1,
      audience: 3,
      ...key(),
    };
    const { recordMessage } = await run(operations.RecordMessageDocument, { input: sent });
    const messageId = recordMessage.message?.id ?? '';
    const to = 'https://shop.example/';
    const one = { customer: by, messageId, to };
    const { messageRewardView } = await run(operations.MessageRewardViewDocument, one);
    const all = { customers: [by], messageId };
    const { messageRewardViews } = await run(operations.MessageRewardViewsDocument, all);
    expect(messageRewardViews).toMatchObject([{ customerId: messageRewardView?.customerId }]);
  });

  it('let a brand pay for friends, treat its best apart and give by lot', async () => {
    await payForFriends(run, by);
    await treatApart(run, by, token);
    await giveByLot(run, by);
    expect(ran).toContain('SurpriseAudit');
  });

  it('let a brand record purchases for measurement', async () => {
    await run(operations.RecordPurchaseDocument, {
      input: {
        customer: by,
        externalId: 'o1',
        purchasedAt: '2026-01-02T03:04:05Z',
        items: 1,
        amount: '12.50',
        currency: 'INR',
        ...key(),
      },
    });
    const { customer } = await run(operations.CustomerPurchasesDocument, { by });
    expect(customer?.purchases.nodes).toMatchObject([{ externalId: 'o1' }]);
  });

  it('show the whole customer', async () => {
    const { customer } = await run(operations.CustomerViewDocument, { by });
    expect(customer?.timeline.nodes.map(({ __typename }) => __typename)).toContain('Purchase');
    const { customer: card } = await run(operations.CustomerCardDocument, { by });
    expect(card).toMatchObject({ id: customer?.id, identities: customer?.identities });
    const { customers } = await run(operations.CustomersViewDocument, { first: 50 });
    expect(customers.nodes.map(({ id }) => id)).toContain(customer?.id);
    const { node } = await run(operations.NodeDocument, { id: customer?.id ?? '' });
    expect(node).toMatchObject({ __typename: 'Customer', id: customer?.id });
  });

  it('have all been run, here or where their feature is tested (P21)', () => {
    const elsewhere = readTests(join(__dirname, '..'));
    const untried = readdirSync(folder)
      .filter((file) => file.endsWith('.graphql'))
      .map((file) => nameOf(readFileSync(join(folder, file), 'utf8')))
      .filter((name) => !ran.has(name) && !elsewhere.includes(`.${name}Document`));
    expect(untried).toEqual([]);
  });
});
