import { Scene } from '../promises/scene';
import { startTestService, type Data, type TestService } from '../support/test-service';
import { exported, keptLines, type Line } from './desk';

let t: TestService;
let scene: Scene;
let job: Data;
let files: Record<string, Line[]>;

beforeAll(async () => {
  t = await startTestService();
  scene = await Scene.create(t, 'goes-home');
  const asha = await scene.customer(40);
  const customer = { id: asha.id };
  const messageId = await scene.message();
  await scene.do('recordAttention', { customer, messageId, action: 'OPEN' });
  const { externalId } = asha;
  await scene.do('captureRedemption', { id: await scene.redemptionOf({ externalId }, 7) });
  await scene.redemptionOf({ externalId }, 3);
  await scene.friends(30);
  job = await exported(t, scene.brand.apiKey);
  files = await keptLines(t);
});

afterAll(() => t.close());

const one = (table: string, column: string, value: unknown): Line => {
  const found = (files[table] ?? []).filter((line) => line[column] === value);
  expect(found).toHaveLength(1);
  return found[0] as Line;
};

const sum = (lines: readonly Line[], column: string): number =>
  lines.reduce((total, line) => total + (line[column] as number), 0);

it('follows a line of a wallet through its files to the event, the message and the rule', () => {
  const paid = files['transfers']!.filter(({ kind }) => kind === 'GRANT');
  const opened = paid.find(({ message_id: message }) => message !== null) as Line;
  const entry = files['entries']!.find(
    (line) => line['transfer_id'] === opened['id'] && line['account_kind'] === 'WALLET',
  ) as Line;
  expect(entry['amount']).toBe(opened['amount']);
  const event = one('attention_events', 'id', opened['event_id']);
  expect(event['action']).toBe('OPEN');
  expect(one('messages', 'id', event['message_id'])['brand_id']).toBe(scene.brand.id);
  expect(one('customers', 'id', event['customer_id'])['merged_into']).toBeNull();
  const scanned = paid.find(({ rule_id: rule }) => rule !== null) as Line;
  const rule = one('earn_rules', 'id', scanned['rule_id']);
  expect([rule['name'], rule['version']]).toEqual(['scan', 1]);
  expect(one('attention_events', 'id', scanned['event_id'])['action']).toBe('SCAN');
});

it('names rows as the graph does', async () => {
  for (const [table, type] of [
    ['attention_events', 'AttentionEvent'],
    ['entries', 'LedgerEntry'],
    ['messages', 'Message'],
    ['customers', 'Customer'],
  ] as const) {
    const id = files[table]!.at(-1)!['id'];
    const { data } = await t.run(
      'query ($id: ID!) { node(id: $id) { __typename id } }',
      { id },
      scene.brand.apiKey,
    );
    expect(data['node']).toEqual({ __typename: type, id });
  }
});

it('has entries that sum to the balances of accounts and of shares', () => {
  const entries = files['entries']!;
  for (const kind of ['BUDGET', 'RESERVE', 'BURN']) {
    const accounts = files['accounts']!.filter((line) => line['kind'] === kind);
    const lines = entries.filter((line) => line['account_kind'] === kind);
    expect(lines.length).toBeGreaterThan(0);
    expect(sum(lines, 'amount')).toBe(sum(accounts, 'balance'));
  }
  const shares = files['wallet_shares']!;
  expect(sum(shares, 'balance')).toBeGreaterThan(0);
  for (const share of shares) {
    const lines = entries.filter(
      (line) => line['account_kind'] === 'WALLET' && line['customer_id'] === share['customer_id'],
    );
    expect(sum(lines, 'amount')).toBe(share['balance']);
  }
});

it('tells what is in each file, and all together', () => {
  const told = job['files'] as { name: string; rows: number; bytes: number }[];
  expect(told.map(({ name }) => name)).toEqual(Object.keys(files).sort());
  for (const { name, rows } of told) expect([name, rows]).toEqual([name, files[name]!.length]);
  expect(job['rows']).toBe(told.reduce((total, { rows }) => total + rows, 0));
  expect(job['bytes']).toBe(told.reduce((total, { bytes }) => total + bytes, 0));
  expect(job['status']).toBe('DONE');
});
