import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { customerId } from '../../src/customers';
import { tellQrInAShop, type QrInAShop } from '../../src/cli/stories/qr-in-a-shop';
import { Storyteller } from '../../src/cli/stories/storyteller';
import { startTestService, newKey, type Data, type TestService } from '../support/test-service';

const day = 86_400_000;

describe('Story 3: a code in a shop, from an unknown scan to one wallet', () => {
  let t: TestService;
  let told: QrInAShop;
  const start = new Date(Date.now() - 9 * day);

  beforeAll(async () => {
    t = await startTestService();
    told = await tellQrInAShop(new Storyteller(t.service, t.clock, 'three'), start);
  });

  afterAll(() => t.close());

  /** Meera's wallet as she sees it herself, through a brand she is signed in with. */
  async function meeras(): Promise<Data> {
    const mint = `mutation ($input: CreateCustomerTokenInput!) {
      createCustomerToken(input: $input) { token } }`;
    const input = { customer: { externalId: 'reader-77' }, idempotencyKey: newKey() };
    const { data } = await t.run(mint, { input }, told.brand.apiKey);
    const wallet = `{ me { id wallet { balance state byBrand { balance brand { slug } }
      statement { nodes { kind amount reason } } } } }`;
    return (await t.run(wallet, {}, data['createCustomerToken'].token)).data['me'] as Data;
  }

  it('1: opens a claim of which only the device is known', () => {
    const claim = { state: 'OPEN', mu: null, walletState: 'WHATS_IT' };
    expect(told.scanned['claim']).toMatchObject(claim);
  });

  it('2: sets 50 aside for three right answers, out of what the chapter may cost (line 1)', () => {
    expect(told.answered['claim']).toMatchObject({ state: 'PENDING', mu: 50 });
  });

  it('3: pays the 50 to the person who proved a number, who can redeem now (line 2)', () => {
    expect(told.confirmedPhone['customer']).toMatchObject({
      externalId: 'reader-77',
      wallet: { balance: 0, state: 'REDEEM' },
    });
    expect(told.bound).toMatchObject({
      claim: { state: 'BOUND', mu: 50 },
      wallet: { balance: 50, state: 'REDEEM' },
    });
  });

  it('4: pays 15 for each of two things she likes, with what she agreed to (line 3)', () => {
    const grants = told.preferences.map(({ grants }) => grants as Data[]);
    expect(grants).toMatchObject([[{ amount: 15 }], [{ amount: 15 }]]);
    expect(told.preferences[1]!['wallet']).toMatchObject({ balance: 80 });
    const receipts = told.preferences.map(({ response }) => (response as Data)['consent']);
    expect(receipts).toEqual(
      Array(2).fill({
        purpose: 'To recommend books',
        text: 'PageTurn may use this answer to recommend books to me.',
        version: '1',
        givenAt: expect.any(String),
      }),
    );
  });

  it('5: makes one person of two when she proves Meera’s address', () => {
    const [before, after] = [told.bound['claim'].customer.id, told.confirmedEmail['customer'].id];
    expect(after).toBe(told.meera.id);
    expect(before).not.toBe(after);
  });

  it('lines 1 to 4: moves these Mu and no others', async () => {
    const lines = await t.database.query(
      `SELECT t.kind, d.kind AS from, c.kind AS to, t.amount::int AS mu FROM transfers t
       JOIN accounts d ON d.id = t.debit_account JOIN accounts c ON c.id = t.credit_account
       JOIN brands b ON b.id = t.brand_id WHERE b.slug = 'pageturn' ORDER BY t.posted_at, t.id`,
    );
    expect(lines).toEqual([
      { kind: 'ISSUE', from: 'MINT', to: 'BUDGET', mu: 20_000 },
      { kind: 'RESERVE', from: 'BUDGET', to: 'RESERVE', mu: 8000 },
      { kind: 'RESERVE', from: 'RESERVE', to: 'RESERVE', mu: 50 },
      // The chapter, and three right answers.
      { kind: 'GRANT', from: 'RESERVE', to: 'WALLET', mu: 20 },
      { kind: 'GRANT', from: 'RESERVE', to: 'WALLET', mu: 30 },
      { kind: 'GRANT', from: 'RESERVE', to: 'WALLET', mu: 15 },
      { kind: 'GRANT', from: 'RESERVE', to: 'WALLET', mu: 15 },
      { kind: 'MERGE', from: 'WALLET', to: 'WALLET', mu: 80 },
      // Somebody else, who never said who they are.
      { kind: 'RESERVE', from: 'RESERVE', to: 'RESERVE', mu: 50 },
    ]);
  });

  it('6: shows PageTurn its own 80 and its two answers, and nothing of the 320', async () => {
    const view = `{ customer(by: { externalId: "reader-77" }) { id email
      wallet { balance byBrand { balance brand { slug } } statement { nodes { amount } } }
      attention { nodes { action } } preferences { nodes { choices magnet { title } } } relationships { brand { slug } } } }`;
    const { data } = await t.run(view, {}, told.brand.apiKey);
    const { customer } = data;
    expect(customer).toMatchObject({ id: told.meera.id, email: 'meera@example.in' });
    expect(customer.wallet).toEqual({
      balance: 80,
      byBrand: [{ balance: 80, brand: { slug: 'pageturn' } }],
      statement: { nodes: [{ amount: 80 }] },
    });
    expect(customer.attention.nodes).toMatchObject([
      { action: 'SURVEY' },
      { action: 'SURVEY' },
      { action: 'QUIZ' },
      { action: 'SCAN' },
    ]);
    expect(customer.preferences.nodes).toEqual([
      { choices: [0], magnet: { title: 'Which format?' } },
      { choices: [0], magnet: { title: 'Which genre?' } },
    ]);
    expect(customer.relationships).toEqual([{ brand: { slug: 'pageturn' } }]);
    expect(JSON.stringify(data)).not.toMatch(/320|400|earlier/);
  });

  it('6: and shows her other brand its own 320, and nothing of the 80', async () => {
    const view = `{ customer(by: { externalId: "meera" }) { id phone wallet { balance }
      attention { nodes { action } } } }`;
    const { data } = await t.run(view, {}, told.meera.brand.apiKey);
    expect(data['customer']).toEqual({
      id: told.meera.id,
      phone: null,
      wallet: { balance: 320 },
      attention: { nodes: [{ action: 'ATTEND' }] },
    });
  });

  it('7: shows Meera 400 in all, by brand', async () => {
    const { id, wallet } = await meeras();
    expect(id).toBe(told.meera.id);
    expect(wallet).toMatchObject({
      balance: 400,
      state: 'REDEEM',
      byBrand: [
        { balance: 320, brand: { slug: 'earlier-meera' } },
        { balance: 80, brand: { slug: 'pageturn' } },
      ],
    });
    expect(wallet['statement'].nodes[0]).toMatchObject({ kind: 'MERGE', amount: 80 });
  });

  it('changes nothing when it is told again two days later', async () => {
    const before = await t.database.query('SELECT count(*)::int AS n FROM entries');
    const later = new Date(start.getTime() + 2 * day);
    await tellQrInAShop(new Storyteller(t.service, t.clock, 'three'), later);
    expect(await t.database.query('SELECT count(*)::int AS n FROM entries')).toEqual(before);
  });

  it('gives what nobody claimed for thirty days back to the chapter', async () => {
    const funds = async () => (await t.run('{ brand { reserved } }', {}, told.brand.apiKey)).data;
    const before = await funds();
    const tell = new Storyteller(t.service, t.clock, 'three');
    tell.at(new Date(start.getTime() + 40 * day));
    await tell.settle();
    const { data } = await t.run(
      'query ($id: ID!) { claim(id: $id) { state customer { id } } }',
      { id: told.abandoned['claim'].id },
      told.brand.apiKey,
    );
    expect(data['claim']).toEqual({ state: 'EXPIRED', customer: null });
    expect(await funds()).toEqual(before);
    const [back] = await t.database.query<{ mu: number; owner: string }>(
      `SELECT t.amount::int AS mu, m.external_id AS owner FROM transfers t
       JOIN accounts a ON a.id = t.credit_account JOIN messages m ON m.id = a.owner
       WHERE t.kind = 'RESERVE_RELEASE'`,
    );
    expect(back).toEqual({ mu: 50, owner: 'CH1' });
  });

  describe('if the merge was wrong', () => {
    const read = (name: string) =>
      readFileSync(join(__dirname, `../../schema/operations/${name}.graphql`), 'utf8');
    const write = async (name: string, field: string, input: object, key = told.brand.apiKey) => {
      const variables = { input: { ...input, idempotencyKey: newKey() } };
      const { data } = await t.run(read(name), variables, key);
      expect(data[field].userErrors).toEqual([]);
      return data[field] as Data;
    };
    const wallet = async (id: string) => {
      const text = `query ($by: CustomerBy!) { customer(by: $by) { id wallet { balance owed } } }`;
      return (await t.run(text, { by: { id } }, t.platformKey)).data['customer'] as Data;
    };
    let reader: string;
    let merge: string;

    beforeAll(async () => {
      reader = told.bound['claim'].customer.id as string;
      const variables = { by: { externalId: 'reader-77' }, first: 50 };
      const { data } = await t.run(read('identity-history'), variables, told.brand.apiKey);
      const changes = data['customer'].relationship.identityHistory.nodes as Data[];
      merge = changes.find((one) => one['change'] === 'MOVED')!['merge'].id as string;
      // Meera has spent 380 of the 400 by then, with the brand that has always known her.
      const { apiKey } = told.meera.brand;
      const spending = { customer: { id: told.meera.id }, amount: 380, description: 'a lamp' };
      const { redemption } = await write('redeem', 'redeem', spending, apiKey);
      await write('capture-redemption', 'captureRedemption', { id: redemption.id }, apiKey);
      await write('record-attention', 'recordAttention', {
        customer: { externalId: 'reader-77' },
        action: 'VISIT',
      });
      await write('unmerge-customers', 'unmergeCustomers', { merge, reason: 'A family mailbox' });
    });

    it('posts the exact inverse of line 4, and the reader has her 80 again', async () => {
      const lines = await t.database.query(
        `SELECT t.kind, t.amount::int AS mu, o.kind AS of FROM transfers t
         JOIN transfers o ON o.id = t.reverses
         JOIN brands b ON b.id = t.brand_id WHERE b.slug = 'pageturn'`,
      );
      expect(lines).toEqual([{ kind: 'REVERSAL', mu: 80, of: 'MERGE' }]);
      expect(await wallet(reader)).toEqual({ id: reader, wallet: { balance: 80, owed: 0 } });
    });

    it('shows that Meera, who has spent it, owes 60; nothing is silently rewritten', async () => {
      const { id } = told.meera;
      expect(await wallet(id)).toEqual({ id, wallet: { balance: 0, owed: 60 } });
      const [account] = await t.database.query<{ balance: number }>(
        `SELECT balance::int AS balance FROM accounts WHERE kind = 'WALLET' AND owner = $1`,
        [customerId.decode(id)],
      );
      expect(account).toEqual({ balance: -60 });
      const [sum] = await t.database.query('SELECT sum(balance)::int AS sum FROM accounts');
      expect(sum).toEqual({ sum: 0 });
    });

    it('gives what came in since by the reader’s identity to the reader', async () => {
      const view = `query ($by: CustomerBy!) { customer(by: $by) { id phone
        attention(first: 1) { nodes { action } } preferences { nodes { choices } } } }`;
      const ask = async (by: object, key: string) => (await t.run(view, { by }, key)).data;
      const seen = await ask({ externalId: 'reader-77' }, told.brand.apiKey);
      expect(seen['customer']).toMatchObject({
        id: reader,
        phone: expect.stringMatching(/^\+91/),
        attention: { nodes: [{ action: 'VISIT' }] },
        preferences: { nodes: [{ choices: [0] }, { choices: [0] }] },
      });
      expect(await ask({ id: told.meera.id }, told.brand.apiKey)).toEqual({ customer: null });
    });

    it('undoes a merge once', async () => {
      const variables = { input: { merge, reason: 'Again', idempotencyKey: newKey() } };
      const { data } = await t.run(read('unmerge-customers'), variables, told.brand.apiKey);
      expect(data['unmergeCustomers'].userErrors).toMatchObject([{ code: 'ALREADY_RESOLVED' }]);
    });
  });
});
