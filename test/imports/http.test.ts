import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startHttpService, type HttpService } from '../support/http-service';
import { newKey, type Data, type TestBrand } from '../support/test-service';
import { mapping, track } from './desk';

let t: HttpService;
let brand: TestBrand;

beforeAll(async () => {
  t = await startHttpService({ jobs: true });
  brand = await t.createBrand('over-http');
});

afterAll(() => t.close());

const operation = (name: string): string =>
  readFileSync(join(__dirname, `../../schema/operations/${name}.graphql`), 'utf8');

/** What a browser library sends of somebody who opened a mail, in about 900 bytes. */
const event = (at: number): Data =>
  track('Email Opened', `http-${at % 20}`, {
    anonymousId: `1f4e-${at % 20}`,
    context: {
      active: true,
      campaign: { name: 'diwali', source: 'newsletter', medium: 'email' },
      library: { name: 'analytics.js', version: '2.1.0' },
      locale: 'en-IN',
      page: { path: '/', referrer: '', search: '', title: 'Tea', url: 'https://tea.example.in/' },
      userAgent:
        'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko)',
      traits: { email: `http-${at % 20}@mail.in`, plan: 'gold' },
    },
    properties: { campaign_id: 'diwali', link_url: 'https://tea.example.in/?utm=1', position: at },
    writeKey: 'k'.repeat(120),
  });

async function importEvents(events: Data[], input: Data = { mapping }): Promise<Data> {
  const variables = { input: { ...input, events, idempotencyKey: newKey() } };
  const answer = await t.ask(operation('import-events'), variables, brand.apiKey);
  expect(answer.json['errors']).toBeUndefined();
  return answer.data['importEvents'] as Data;
}

describe('A track batch over HTTP', () => {
  it('of a thousand calls is taken in one request, and recorded by the jobs of the service', async () => {
    const events = Array.from({ length: 1000 }, (_, at) => event(at));
    const bytes = Buffer.byteLength(JSON.stringify(events));
    expect(bytes).toBeGreaterThan(t.service.config.limits.bodyBytes);
    const { importJob, userErrors } = await importEvents(events);
    expect(userErrors).toEqual([]);
    expect(importJob).toMatchObject({ received: 1000, duplicates: 0, refused: 0 });
    let standing: Data = importJob;
    for (const until = Date.now() + 60_000; standing['finishedAt'] == null;) {
      expect(Date.now()).toBeLessThan(until);
      await new Promise((resolve) => setTimeout(resolve, 200));
      const { id } = importJob;
      const answer = await t.ask(operation('import-job'), { id, first: 5 }, brand.apiKey);
      standing = answer.data['importJob'] as Data;
    }
    expect(standing).toMatchObject({ status: 'DONE', recorded: 1000, refused: 0 });
    expect(standing['refusals'].nodes).toEqual([]);
    const [stored] = await t.database.query(
      'SELECT count(*)::integer AS events FROM attention_events',
    );
    expect(stored).toEqual({ events: 1000 });
  });

  it('is refused to a stranger and to a body no batch may have', async () => {
    const variables = { input: { mapping, events: [event(1)], idempotencyKey: newKey() } };
    const stranger = await t.ask(operation('import-events'), variables);
    expect(stranger.codes).toEqual(['UNAUTHENTICATED']);
    const most = t.service.config.limits.batchBodyBytes;
    const events = Array.from({ length: 1000 }, () => ({ ...event(1), pad: 'x'.repeat(1000) }));
    expect(Buffer.byteLength(JSON.stringify(events))).toBeGreaterThan(most);
    const large = await t.ask(
      operation('import-events'),
      { input: { mapping, events, idempotencyKey: newKey() } },
      brand.apiKey,
    );
    expect(large.codes).toEqual(['PAYLOAD_TOO_LARGE']);
  });
});
