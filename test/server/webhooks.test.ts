import { createHttpServer, type HttpServer } from '../../src/server/http';
import { webhookRoutes } from '../../src/server/webhooks';
import { identify } from '../customers/people';
import { bodyOf, eventsAbout, type Event } from '../rewards/webhooks/sendgrid-events';
import { createSigner } from '../rewards/webhooks/sendgrid-signer';
import {
  newKey,
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';

const signer = createSigner();

let t: TestService;
let server: HttpServer;
let url: string;
let brand: TestBrand;
let databaseAway = false;

beforeAll(async () => {
  t = await startTestService({
    limits: { listInput: 5, batchBodyBytes: 20_000 },
    hooks: {
      beforeCommit() {
        if (databaseAway) throw Object.assign(new Error('gone'), { code: '57P01' });
      },
    },
  });
  t.service.config.port = 0;
  server = await createHttpServer(t.service, { routes: [webhookRoutes] });
  url = (await server.listen()).url;
  brand = await newBrand('tripkart');
});

afterAll(async () => {
  await server.close();
  await t.close();
});

async function run(document: string, input: object, bearer: string): Promise<Data> {
  const { data, errors } = await t.run(document, { input }, bearer);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}

async function newBrand(slug: string, publicKey: string | null = signer.publicKey) {
  const made = await t.createBrand(slug, { budget: 1000 });
  if (publicKey !== null) {
    await run(
      'mutation ($input: UpdateBrandInput!) { updateBrand(input: $input) { userErrors { code } } }',
      { sendgridPublicKey: publicKey, idempotencyKey: newKey() },
      made.apiKey,
    );
  }
  for (const name of ['asha', 'ravi', 'gone']) {
    await identify(t, made, { externalId: name, email: `${name}@example.com` });
  }
  return made;
}

/** A message that pays 3 Mu for an open and up to 5 for other actions. */
async function newMessage(by: TestBrand, externalId: string): Promise<string> {
  const data = await run(
    'mutation ($input: RecordMessageInput!) { recordMessage(input: $input) { message { id } } }',
    {
      externalId,
      channel: 'EMAIL',
      openMu: 3,
      actionMuMax: 5,
      audience: 10,
      idempotencyKey: newKey(),
    },
    by.apiKey,
  );
  return data['recordMessage'].message.id as string;
}

interface Post {
  brand?: string;
  body: Buffer;
  headers?: Record<string, string>;
}

async function post({ brand: name = brand.slug, body, headers }: Post) {
  const signature = signer.headersFor(body, new Date()) as Record<string, string>;
  const response = await fetch(`${url}/webhooks/${name}/sendgrid`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(headers ?? signature) },
    body: new Uint8Array(body),
  });
  return {
    status: response.status,
    headers: response.headers,
    json: (await response.json()) as Data,
  };
}

async function balanceOf(name: string, by: TestBrand): Promise<number> {
  const { data } = await t.run(
    'query ($by: CustomerBy!) { customer(by: $by) { wallet { balance } } }',
    { by: { externalId: name } },
    by.apiKey,
  );
  return data['customer'].wallet.balance as number;
}

describe('a webhook of SendGrid', () => {
  test('becomes deliveries and paid attention, once however often it comes (S3)', async () => {
    await newMessage(brand, 'once');
    const body = bodyOf(eventsAbout('once'));

    const answers = [await post({ body }), await post({ body }), await post({ body })];

    for (const { status, json } of answers) {
      expect(status).toBe(200);
      expect(json).toEqual({ accepted: 5, ignored: 6, refused: 0 });
    }
    const events = await t.database.query(
      `SELECT e.action, e.machine, e.confidence, e.properties, i.value AS email
       FROM attention_events e JOIN messages m ON m.id = e.message_id
       JOIN brand_identities i ON i.customer_id = e.customer_id AND i.brand_id = e.brand_id
       WHERE m.external_id = 'once' ORDER BY e.id`,
    );
    expect(events).toEqual([
      {
        action: 'OPEN',
        machine: true,
        confidence: 100,
        properties: { provider: 'sendgrid' },
        email: 'asha@example.com',
      },
      {
        action: 'CLICK',
        machine: false,
        confidence: 100,
        properties: { provider: 'sendgrid', url: 'https://shop.example.com/diwali/lamps' },
        email: 'asha@example.com',
      },
      {
        action: 'OPEN',
        machine: false,
        confidence: 50,
        properties: { provider: 'sendgrid' },
        email: 'ravi@example.com',
      },
    ]);
    const deliveries = await t.database.query(
      `SELECT d.state FROM deliveries d JOIN messages m ON m.id = d.message_id
       WHERE m.external_id = 'once' ORDER BY d.state`,
    );
    expect(deliveries).toEqual([{ state: 'BOUNCED' }, { state: 'DELIVERED' }]);
    // The machine's open was withheld until the click proved it; both people were paid for one open.
    expect(await balanceOf('asha', brand)).toBe(3);
    expect(await balanceOf('ravi', brand)).toBe(3);
  });

  test('pays nothing for an open a machine made', async () => {
    const by = await newBrand('machines');
    await newMessage(by, 'machines');
    const useragent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36';
    const events = eventsAbout('machines').map((event): Event => ({ ...event, useragent }));
    const opens = events.filter(({ event }) => event === 'open');
    expect((await post({ brand: by.slug, body: bodyOf(opens) })).json).toMatchObject({
      accepted: 2,
    });
    expect(await balanceOf('asha', by)).toBe(0);
    expect(await balanceOf('ravi', by)).toBe(3);
  });

  test('may name the brand and the message by our ids', async () => {
    const id = await newMessage(brand, 'by-id');
    const events = eventsAbout('nobody’s').map((event) => ({ ...event, message_id: id }));
    const answer = await post({ brand: brand.id, body: bodyOf(events) });
    expect(answer.json).toMatchObject({ accepted: 6, refused: 0 });
  });

  test('is taken in parts when it has more events than a list may have', async () => {
    await newMessage(brand, 'many');
    const [, , delivered, , click] = eventsAbout('many') as [Event, Event, Event, Event, Event];
    const events = Array.from({ length: 12 }, (_, at) => ({
      ...(at % 2 === 0 ? delivered : click),
      sg_event_id: `many-${at}-of-them`,
    }));
    expect((await post({ body: bodyOf(events) })).json).toEqual({
      accepted: 12,
      ignored: 0,
      refused: 0,
    });
    const rows = await t.database.query(
      `SELECT FROM attention_events e JOIN messages m ON m.id = e.message_id
       WHERE m.external_id = 'many'`,
    );
    expect(rows).toHaveLength(6);
  });

  test('counts what is refused for good and takes the rest', async () => {
    await newMessage(brand, 'partly');
    const events = eventsAbout('partly');
    const [stranger, unknown, old] = [events[2], events[4], events[5]] as [Event, Event, Event];
    stranger['email'] = 'stranger@example.com';
    unknown['message_external_id'] = 'never recorded';
    old['timestamp'] = (old['timestamp'] as number) - 90 * 86_400;
    const { status, json } = await post({ body: bodyOf(events) });
    expect(status).toBe(200);
    expect(json).toEqual({ accepted: 2, ignored: 6, refused: 3 });
  });

  test('is to be sent again while the database is away, and then counts once', async () => {
    const by = await newBrand('patient');
    await newMessage(by, 'later');
    const body = bodyOf(eventsAbout('later'));
    databaseAway = true;
    const away = await post({ brand: by.slug, body });
    databaseAway = false;
    expect(away.status).toBe(503);
    expect(away.headers.get('retry-after')).toBe('1');
    expect(away.json['errors'][0].extensions).toMatchObject({
      code: 'UNAVAILABLE',
      retryable: true,
    });
    expect(await balanceOf('ravi', by)).toBe(0);

    expect((await post({ brand: by.slug, body })).json).toMatchObject({ accepted: 5 });
    expect(await balanceOf('ravi', by)).toBe(3);
  });

  test('gets one same answer whatever is wrong with its origin (S3)', async () => {
    await newBrand('keyless', null);
    const body = bodyOf(eventsAbout('origin'));
    const signed = signer.headersFor(body, new Date()) as Record<string, string>;
    const tampered = Buffer.from(body.toString().replace('"open"', '"click"'));
    const hourAgo = new Date(Date.now() - 3_600_000);
    const answers = [
      await post({ body: tampered, headers: signed }),
      await post({ body: bodyOf(JSON.parse(body.toString())).subarray(0, -2), headers: signed }),
      await post({ body, headers: {} }),
      await post({ body, headers: createSigner().headersFor(body, new Date()) as never }),
      await post({ body, headers: signer.headersFor(body, hourAgo) as never }),
      await post({ body: Buffer.alloc(0), headers: signed }),
      await post({ brand: 'keyless', body }),
      await post({ brand: 'nobody', body }),
      await post({ brand: 'no%00body', body }),
      await post({ brand: 'brd_01kbd0v6jve9g8v4bfwkhtazxa', body }),
    ];
    for (const { status, json } of answers) {
      expect(status).toBe(401);
      expect(json).toEqual(answers[0]?.json);
      expect(json['errors'][0].extensions.code).toBe('UNAUTHENTICATED');
    }
    expect(await t.database.query(`SELECT FROM messages WHERE external_id = 'origin'`)).toEqual([]);
  });

  test('never reaches another brand, even when both trust the same key', async () => {
    const other = await newBrand('dailypaper');
    await newMessage(brand, 'mine');
    const body = bodyOf(eventsAbout('mine'));
    expect((await post({ brand: other.slug, body })).json).toEqual({
      accepted: 0,
      ignored: 6,
      refused: 5,
    });
    const rows = await t.database.query(
      `SELECT FROM attention_events e JOIN messages m ON m.id = e.message_id
       WHERE m.external_id = 'mine'`,
    );
    expect(rows).toHaveLength(0);
    expect((await post({ body })).json).toMatchObject({ accepted: 5 });
  });

  test('is refused when it is signed and no list of events', async () => {
    for (const body of [Buffer.from('{"event":"open"}'), Buffer.from('[')]) {
      const { status, json } = await post({ body });
      expect(status).toBe(400);
      expect(json['errors'][0].extensions.code).toBe('BAD_REQUEST');
    }
  });

  test('may be as large as the limit for batches, and no larger', async () => {
    const exactly = (bytes: number) => Buffer.from(`[]${' '.repeat(bytes - 2)}`);
    expect((await post({ body: exactly(20_000) })).json).toEqual({
      accepted: 0,
      ignored: 0,
      refused: 0,
    });
    expect((await post({ body: exactly(20_001) })).status).toBe(413);
  });

  test('is one of a provider we understand, sent by POST', async () => {
    const send = (path: string, method: string) => fetch(`${url}${path}`, { method });
    expect((await send(`/webhooks/${brand.slug}/pigeon`, 'POST')).status).toBe(404);
    expect((await send(`/webhooks/${brand.slug}/sendgrid`, 'GET')).status).toBe(405);
  });
});
