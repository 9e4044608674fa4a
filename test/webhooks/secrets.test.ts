import { Writable } from 'node:stream';
import { pino } from 'pino';
import { Webhook } from 'standardwebhooks';
import { afterwards, cleanUp } from '../support/afterwards';
import type { TestService } from '../support/test-service';
import { deliver, Desk, hour, startSendingService } from './desk';
import { Receiver, type Received } from './receiver';

let t: TestService;
let desk: Desk;
let receiver: Receiver;
const log: string[] = [];

beforeAll(async () => {
  t = await startSendingService();
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      log.push(chunk.toString());
      done();
    },
  });
  t.service.log = pino({ level: 'trace' }, sink);
  desk = await Desk.create(t, 'secretive');
  receiver = await Receiver.start();
});
afterAll(async () => {
  await cleanUp();
  await t.close();
});

function verifies(secret: string, { text, headers }: Received): boolean {
  try {
    new Webhook(secret).verify(text, headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}

async function next(endpointId: string): Promise<Received> {
  await desk.send('sendTestWebhook', { endpointId });
  await deliver(t);
  return receiver.received.at(-1) as Received;
}

async function rotate(id: string): Promise<string> {
  return (await desk.send('rotateWebhookSecret', { id }))['secret'] as string;
}

test('A changed secret signs beside the one before for a day, and alone then', async () => {
  const { id, secret: first } = await desk.endpoint(receiver.url, ['wallet.changed']);
  const second = await rotate(id);
  expect(second).not.toBe(first);
  const both = await next(id);
  expect([verifies(first, both), verifies(second, both)]).toEqual([true, true]);
  t.clock.offsetMs += 24 * hour - 60_000;
  expect(verifies(first, await next(id))).toBe(true);
  t.clock.offsetMs += 2 * 60_000;
  const alone = await next(id);
  expect([verifies(first, alone), verifies(second, alone)]).toEqual([false, true]);
  expect(String(alone.headers['webhook-signature']).split(' ')).toHaveLength(1);
});

test('A secret changed twice is worth nothing at once', async () => {
  const { id, secret: first } = await desk.endpoint(receiver.url, ['wallet.changed']);
  const second = await rotate(id);
  const third = await rotate(id);
  const request = await next(id);
  const worth = [first, second, third].map((secret) => verifies(secret, request));
  expect(worth).toEqual([false, true, true]);
});

test('Endpoints have different secrets, and another token secret makes others', async () => {
  const one = await desk.endpoint(receiver.url, ['wallet.changed']);
  const other = await desk.endpoint(receiver.url, ['wallet.changed']);
  expect(one.secret).not.toBe(other.secret);
  const elsewhere = await startSendingService({ database: t.database });
  afterwards(() => elsewhere.close());
  elsewhere.service.config.tokenSecret = 'another-secret-of-the-service';
  elsewhere.clock.offsetMs = t.clock.offsetMs;
  await desk.send('sendTestWebhook', { endpointId: one.id });
  await deliver(elsewhere);
  expect(verifies(one.secret, receiver.received.at(-1) as Received)).toBe(false);
});

test('No secret is in the database or in the log', async () => {
  const { id, secret: first } = await desk.endpoint(receiver.url);
  const second = await rotate(id);
  receiver.always(500);
  await next(id);
  const tables = await t.database.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'`,
  );
  expect(tables.length).toBeGreaterThan(15);
  const rows = await Promise.all(
    tables.map(({ name }) =>
      t.database.query<{ text: string }>(`SELECT x::text AS text FROM ${name} x`),
    ),
  );
  const all = [...rows.flat().map(({ text }) => text), ...log].join('\n');
  expect(all).toContain(new URL(receiver.url).host);
  for (const secret of [first, second]) {
    const bytes = Buffer.from(secret.slice('whsec_'.length), 'base64');
    for (const form of ['base64', 'base64url', 'hex'] as const) {
      expect(all).not.toContain(bytes.toString(form));
    }
  }
});
