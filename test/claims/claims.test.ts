import { transferId } from '../../src/ledger';
import { startTestService, newKey, type TestService } from '../support/test-service';
import { tokenOf } from '../customers/people';
import { ClaimDesk, codesOf } from './desk';

const day = 86_400_000;

let t: TestService;
let desk: ClaimDesk;
let other: ClaimDesk;

beforeAll(async () => {
  t = await startTestService();
  desk = new ClaimDesk(t, await t.createBrand('pageturn', { budget: 100_000 }));
  other = new ClaimDesk(t, await t.createBrand('other', { budget: 1000 }));
});
afterEach(() => (t.clock.offsetMs = 0));
afterAll(() => t.close());

test('a code is made once, and what is no code is refused', async () => {
  const code = await desk.code();
  expect(codesOf(await desk.run('createQrCode', { code, name: 'Again', mu: 1 }))).toEqual([
    'ALREADY_EXISTS',
  ]);
  const draft = { code: 'ok', name: 'A chapter', mu: 50 };
  const wrong: [object, string][] = [
    [{ code: '' }, 'INVALID_VALUE'],
    [{ code: 'a b' }, 'INVALID_VALUE'],
    [{ code: '/etc' }, 'INVALID_VALUE'],
    [{ code: 'x'.repeat(65) }, 'INVALID_VALUE'],
    [{ name: ' ' }, 'INVALID_TEXT'],
    [{ mu: 0 }, 'AMOUNT_NOT_POSITIVE'],
    [{ mu: 10 ** 15 + 1 }, 'AMOUNT_TOO_LARGE'],
    [{ messageId: 'msg_01h455vb4pex5vsknk084sn02q' }, 'NOT_FOUND'],
    [{ landingUrl: 'http://pageturn.example' }, 'INVALID_VALUE'],
    [{ landingUrl: 'javascript:alert(1)' }, 'INVALID_VALUE'],
    [{ landingUrl: 'https://user:word@pageturn.example' }, 'INVALID_VALUE'],
  ];
  for (const [input, code] of wrong) {
    const refused = await desk.run('createQrCode', { ...draft, ...input });
    expect([input, refused['qrCode'], codesOf(refused)]).toEqual([input, null, [code]]);
  }
  expect(codesOf(await desk.run('createQrCode', { ...draft, code: 'x'.repeat(64) }))).toEqual([]);
  // The same text is another brand's code, and nobody is told.
  expect(codesOf(await other.run('createQrCode', { ...draft, code }))).toEqual([]);
});

test('a scan opens a claim of which nothing is known, and one device has one claim on a code', async () => {
  const code = await desk.code();
  const scan = (deviceId?: string) => desk.run('openClaim', { code, deviceId });
  const first = await scan('phone-1');
  expect(first['claim']).toMatchObject({ state: 'OPEN', mu: null, walletState: 'WHATS_IT' });
  expect((await scan('phone-1'))['claim'].id).toBe(first['claim'].id);
  const ids = [first, await scan('phone-2'), await scan(), await scan()].map((p) => p['claim'].id);
  expect(new Set(ids).size).toBe(4);
  const raced = await Promise.all(Array.from({ length: 32 }, () => scan('phone-3')));
  expect(new Set(raced.map((p) => p['claim'].id)).size).toBe(1);
  expect(codesOf(await other.run('openClaim', { code }))).toEqual(['NOT_FOUND']);
  const stored = await t.database.query('SELECT to_jsonb(c)::text AS text FROM claims c');
  expect(JSON.stringify(stored)).not.toContain('phone-');
});

test('an answer sets the Mu aside once, out of the budget', async () => {
  const before = await desk.funds();
  const id = await desk.pending();
  expect(await desk.claim(id)).toMatchObject({ state: 'PENDING', mu: 50, customer: null });
  expect(codesOf(await desk.run('answerClaim', { claimId: id }))).toEqual([]);
  const { budget, reserved } = await desk.funds();
  expect({ budget, reserved }).toEqual({
    budget: before.budget - 50,
    reserved: before.reserved + 50,
  });
});

test('a code dearer than the budget is not promised', async () => {
  const code = await other.code({ mu: 1001 });
  const { claim } = await other.run('openClaim', { code });
  const refused = await other.run('answerClaim', { claimId: claim.id });
  expect([refused['claim'], codesOf(refused)]).toEqual([null, ['BUDGET_EXHAUSTED']]);
  expect(await other.claim(claim.id)).toMatchObject({ state: 'OPEN', mu: null });
});

test('whoever turns out to be the reader is paid, with the scan on record', async () => {
  const [claimId, id] = [await desk.pending(), await desk.reader()];
  const bound = await desk.run('bindClaim', { claimId, customer: { id } });
  expect(bound).toMatchObject({
    claim: { state: 'BOUND', mu: 50, customer: { id }, walletState: 'REDEEM' },
    wallet: { balance: 50, state: 'REDEEM' },
    userErrors: [],
  });
  const document = `query ($by: CustomerBy!) { customer(by: $by) { wallet { statement { nodes {
    kind amount reason event { action channel } transfer { funding { kind } } } } } } }`;
  const { data } = await t.run(document, { by: { id } }, desk.brand.apiKey);
  expect(data['customer'].wallet.statement.nodes).toEqual([
    {
      kind: 'GRANT',
      amount: 50,
      reason: 'Scanned A chapter',
      event: { action: 'SCAN', channel: 'QR' },
      transfer: { funding: { kind: 'ISSUE' } },
    },
  ]);
  const [told] = await t.database.query<{ payload: object }>(
    `SELECT payload FROM outbox WHERE topic = 'claim.bound' ORDER BY id DESC LIMIT 1`,
  );
  expect(told!.payload).toMatchObject({ claimId, customerId: id, mu: 50 });
});

test('nobody is paid without a confirmed identity, an answer, or a claim of the brand’s own', async () => {
  const [claimId, id] = [await desk.pending(), await desk.reader()];
  const bind = async (input: object, by = desk) =>
    codesOf(await by.run('bindClaim', { claimId, customer: { id }, ...input }));
  const { claim } = await desk.run('openClaim', { code: await desk.code() });
  expect(await bind({ customer: { id: await desk.reader(false) } })).toEqual([
    'IDENTITY_NOT_CONFIRMED',
  ]);
  expect(await bind({ claimId: claim.id })).toEqual(['CLAIM_NOT_ANSWERED']);
  expect(await bind({ customer: { externalId: 'nobody' } })).toEqual(['NOT_FOUND']);
  expect(await bind({ claimId: 'clm_01h455vb4pex5vsknk084sn02q' })).toEqual(['NOT_FOUND']);
  expect(await bind({ customer: { id: await other.reader() } }, other)).toEqual(['NOT_FOUND']);
  expect(await desk.balance(id)).toBe(0);
  expect(await bind({})).toEqual([]);
  expect(await bind({})).toEqual(['ALREADY_CLAIMED']);
  expect(await desk.balance(id)).toBe(50);
});

test('a customer is paid once for a code, also by two claims at the same moment', async () => {
  const [code, id] = [await desk.code(), await desk.reader()];
  const claims = await Promise.all([1, 2, 3, 4].map(() => desk.pending({ code })));
  const bound = await Promise.all(
    claims.map((claimId) => desk.run('bindClaim', { claimId, customer: { id } })),
  );
  expect(bound.flatMap(codesOf)).toEqual(Array(3).fill('ALREADY_CLAIMED'));
  expect(await desk.balance(id)).toBe(50);
});

test('of 64 clients that bind one claim to two customers one wins', async () => {
  const claimId = await desk.pending();
  const readers = [await desk.reader(), await desk.reader()];
  const bound = await Promise.all(
    Array.from({ length: 64 }, (_, n) =>
      desk.run('bindClaim', { claimId, customer: { id: readers[n % 2] } }),
    ),
  );
  expect(bound.filter((one) => one['claim'] !== null)).toHaveLength(1);
  expect(bound.flatMap(codesOf)).toEqual(Array(63).fill('ALREADY_CLAIMED'));
  const balances = await Promise.all(readers.map((id) => desk.balance(id)));
  expect(balances.sort()).toEqual([0, 50]);
});

test('a claim waits thirty days, and then its Mu goes back to the budget, exactly', async () => {
  const before = await desk.funds();
  const [claimId, id] = [await desk.pending(), await desk.reader()];
  t.clock.offsetMs = 30 * day - 60_000;
  await desk.settle();
  expect(await desk.claim(claimId)).toMatchObject({ state: 'PENDING' });
  t.clock.offsetMs = 30 * day + 60_000;
  // Also before the job has come by.
  const late = () => desk.run('bindClaim', { claimId, customer: { id } });
  expect(codesOf(await late())).toEqual(['CLAIM_EXPIRED']);
  await desk.settle();
  expect(await desk.claim(claimId)).toMatchObject({ state: 'EXPIRED', customer: null });
  expect(codesOf(await late())).toEqual(['CLAIM_EXPIRED']);
  expect(codesOf(await desk.run('answerClaim', { claimId }))).toEqual(['CLAIM_EXPIRED']);
  const after = await desk.funds();
  expect(after.budget).toBeGreaterThanOrEqual(before.budget);
  const [moved] = await t.database.query<{ kinds: string[] }>(
    `SELECT array_agg(t.kind ORDER BY t.posted_at, t.id) AS kinds FROM transfers t
     JOIN accounts a ON a.id IN (t.debit_account, t.credit_account)
     JOIN claims c ON c.id = a.owner WHERE c.state = 'EXPIRED' AND c.mu IS NOT NULL
     GROUP BY c.id LIMIT 1`,
  );
  expect(moved!.kinds).toEqual(['RESERVE', 'RESERVE_RELEASE']);
});

describe('a code of a message', () => {
  const week = () => new Date(Date.now() + t.clock.offsetMs + 7 * day).toISOString();
  const poster = async (offer: object = { actionMuMax: 50, audience: 2 }) => {
    const input = { externalId: newKey(), channel: 'QR', expiresAt: week(), ...offer };
    return (await desk.run('recordMessage', input))['message'].id as string;
  };

  test('pays out of the message’s reserve', async () => {
    const messageId = await poster();
    const before = await desk.funds();
    const [claimId, id] = [await desk.pending({ messageId }), await desk.reader()];
    expect(await desk.funds()).toEqual(before);
    await desk.run('bindClaim', { claimId, customer: { id } });
    expect(await desk.funds()).toEqual({ ...before, reserved: before.reserved - 50 });
    expect(await desk.balance(id)).toBe(50);
  });

  test('promises no more than was set aside for the message', async () => {
    const messageId = await poster({ actionMuMax: 50, audience: 1 });
    const code = await desk.code({ messageId });
    await desk.pending({ code });
    const { claim } = await desk.run('openClaim', { code });
    expect(codesOf(await desk.run('answerClaim', { claimId: claim.id }))).toEqual([
      'BUDGET_EXHAUSTED',
    ]);
  });

  test('promises nothing after the message has expired, and keeps what it promised', async () => {
    const messageId = await poster();
    const code = await desk.code({ messageId });
    const [claimId, id] = [await desk.pending({ code }), await desk.reader()];
    const { claim } = await desk.run('openClaim', { code });
    t.clock.offsetMs = 8 * day;
    expect(codesOf(await desk.run('answerClaim', { claimId: claim.id }))).toEqual([
      'MESSAGE_EXPIRED',
    ]);
    await desk.settle();
    expect(codesOf(await desk.run('bindClaim', { claimId, customer: { id } }))).toEqual([]);
    expect(await desk.balance(id)).toBe(50);
  });

  test('gets back what nobody claimed; the budget does when the message has expired', async () => {
    const start = await desk.funds();
    const forever = await poster({ actionMuMax: 50, audience: 2, expiresAt: undefined });
    const brief = await poster({ actionMuMax: 30, audience: 2 });
    await desk.pending({ messageId: forever });
    await desk.pending({ messageId: brief, mu: 30 });
    t.clock.offsetMs = 31 * day;
    await desk.settle();
    const end = await desk.funds();
    const [{ rest } = { rest: 0 }] = await t.database.query<{ rest: number }>(
      `SELECT balance::int AS rest FROM accounts a JOIN messages m ON m.id = a.owner
       WHERE m.expires_at IS NULL AND m.audience = 2 AND m.action_mu_max = 50`,
    );
    expect(rest).toBe(100);
    expect(end.budget + end.reserved).toBe(start.budget + start.reserved);
  });
});

test('a reversed payment of a claim goes back to the budget', async () => {
  const [claimId, id] = [await desk.pending(), await desk.reader()];
  await desk.run('bindClaim', { claimId, customer: { id } });
  const before = await desk.funds();
  const document = `query ($by: CustomerBy!) { customer(by: $by) { wallet { statement { nodes {
    transfer { id } } } } } }`;
  const { data } = await t.run(document, { by: { id } }, desk.brand.apiKey);
  const [line] = data['customer'].wallet.statement.nodes;
  const input = { id: line.transfer.id, reason: 'a mistake' };
  expect(codesOf(await desk.run('reverseTransfer', input))).toEqual([]);
  expect(await desk.funds()).toEqual({ ...before, budget: before.budget + 50 });
});

test('what was set aside for a claim is not taken back by a reversal', async () => {
  const [claimId, id] = [await desk.pending({ mu: 77 }), await desk.reader()];
  const [set] = await t.database.query<{ id: string }>(
    `SELECT id FROM transfers WHERE kind = 'RESERVE' AND amount = 77`,
  );
  const input = { id: transferId.encode(set!.id), reason: 'a mistake' };
  expect(codesOf(await desk.run('reverseTransfer', input))).toEqual(['NOT_REVERSIBLE']);
  const bound = await desk.run('bindClaim', { claimId, customer: { id } });
  expect([bound['claim'].state, bound['claim'].mu, codesOf(bound)]).toEqual(['BOUND', 77, []]);
});

test('a claim is seen by its brand and its customer', async () => {
  const [claimId, id] = [await desk.pending(), await desk.reader()];
  await desk.run('bindClaim', { claimId, customer: { id } });
  const document = `query ($id: ID!) {
    claim(id: $id) { state qrCode { name brand { slug } } customer { id } } node(id: $id) { id } }`;
  const ask = async (bearer: string) => (await t.run(document, { id: claimId }, bearer)).data;
  const seen = {
    state: 'BOUND',
    qrCode: { name: 'A chapter', brand: { slug: 'pageturn' } },
    customer: { id },
  };
  const own = await tokenOf(t, desk.brand, { id });
  const stranger = await tokenOf(t, desk.brand, { id: await desk.reader() });
  expect(await ask(desk.brand.apiKey)).toEqual({ claim: seen, node: { id: claimId } });
  expect(await ask(own)).toEqual({ claim: seen, node: { id: claimId } });
  expect(await ask(stranger)).toEqual({ claim: null, node: null });
  expect(await ask(other.brand.apiKey)).toEqual({ claim: null, node: null });
});
