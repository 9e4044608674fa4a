import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { parse, type OperationDefinitionNode } from 'graphql';
import { pino } from 'pino';
import { loadConfig } from '../../src/platform/config';
import { startTracing, type Tracing } from '../../src/server/tracing';
import { dispatchOutbox } from '../../src/webhooks/dispatch-outbox.job';
import { eraseAs, followUp, tablesWith } from '../privacy/people';
import { startHttpService, type HttpService } from '../support/http-service';
import { newKey, type TestService } from '../support/test-service';
import { jobContextOf } from '../webhooks/desk';
import { sayEverywhere, somebodyNamed, takeBackSaying } from './canary';
import { idsOf } from './everything';
import { Scene } from './scene';
import { viewAll } from './tenancy/views';

const canary = 'canary-7b20';
const words = [canary, '9876512345'];
const lines: string[] = [];
const spans: string[] = [];

let t: HttpService;
let scene: Scene;
let id: string;
let taken: string[];
let tracing: Tracing;

beforeAll(async () => {
  jest.spyOn(OTLPTraceExporter.prototype, 'export').mockImplementation((sent, done) => {
    spans.push(
      ...sent.map(({ name, attributes, events, status }) =>
        JSON.stringify({ name, attributes, events, status }),
      ),
    );
    done({ code: 0 });
  });
  const env = { NODE_ENV: 'test', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' };
  tracing = await startTracing(loadConfig(env));
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  t = await startHttpService({ log, limits: { brandBucket: 1e9 } });
  scene = await Scene.create(overHttp(t), 'first-brand');
  await scene.newWebhookEndpoint();
  id = await somebodyNamed(scene, canary, 20);
  taken = await sayEverywhere(scene, id, canary);
  await takeBackSaying(scene, canary);
});

afterAll(async () => {
  await t.close();
});

/** The same service, asked at its door. */
function overHttp(http: HttpService): TestService {
  return {
    ...http,
    async run(document, variables, bearer) {
      const { data, json } = await http.ask(document, variables, bearer);
      return { data, errors: json['errors'], statements: 0, trips: 0 };
    },
  };
}

/** Makes webhooks of all that was announced; nobody sends them. */
async function queueWebhooks(): Promise<void> {
  while ((await dispatchOutbox.run(jobContextOf(t))) > 0);
}

const saysWord = (text: string): boolean => words.some((word) => text.toLowerCase().includes(word));

/** What the brand is answered by everything it can read, its own ids and names given. */
async function everyAnswer(): Promise<string[]> {
  const ids = await idsOf(scene);
  const customers: Record<string, string>[] = [
    { id },
    { externalId: canary },
    { email: `${canary}@example.in` },
  ];
  const views = await viewAll(t, scene.brand.apiKey, { ids, customers, slugs: ['first-brand'] });
  return [...Object.values(views), ...(await publishedAnswers())].map((one) => JSON.stringify(one));
}

const folder = join(__dirname, '../../schema/operations');

/** What those published queries answer that need no more than a customer, or a page of a list. */
async function publishedAnswers(): Promise<object[]> {
  const values: Record<string, unknown> = { 'CustomerBy!': { id }, CustomerBy: { id }, Int: 20 };
  const answers: object[] = [];
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.graphql'))) {
    const text = readFileSync(join(folder, file), 'utf8');
    const { operation, variableDefinitions = [] } = parse(text)
      .definitions[0] as OperationDefinitionNode;
    const asked = variableDefinitions.map(({ variable, type, defaultValue }) => {
      const { start, end } = type.loc as { start: number; end: number };
      const written = text.slice(start, end);
      const value = defaultValue === undefined ? values[written] : undefined;
      const free = value !== undefined || defaultValue !== undefined || !written.endsWith('!');
      return { name: variable.name.value, value, free };
    });
    if (operation !== 'query' || asked.some(({ free }) => !free)) continue;
    const variables = Object.fromEntries(asked.map(({ name, value }) => [name, value]));
    // Some are for others than a brand.
    const answer = await t.run(text, variables, scene.brand.apiKey).catch(() => null);
    if (answer !== null && answer.errors === undefined) answers.push(answer.data);
  }
  expect(answers.length).toBeGreaterThan(30);
  return answers;
}

it('writes no word of a person into logs, metrics and traces, not even while they are known (P17)', async () => {
  // Refusals and faults are what a log would be most tempted to tell.
  const text = `mutation ($input: IdentifyCustomerInput!) { identifyCustomer(input: $input) { replayed } }`;
  const broken = [
    { email: `${canary}@`, idempotencyKey: newKey() },
    { email: `${canary}@localhost`, idempotencyKey: newKey() },
    { [canary]: canary },
  ];
  for (const input of broken) await t.ask(text, { input }, scene.brand.apiKey);
  await t.ask(`{ me { ${canary.replace('-', '_')} } }`, {}, `${canary}-key`);
  await t.fetch(`/${canary}`);
  await t.database.query('ALTER TABLE relationships RENAME TO astray');
  await t.ask('{ customer(by: { externalId: "canary-7b20" }) { id } }', {}, scene.brand.apiKey);
  await t.ask(
    text,
    { input: { email: `${canary}@example.in`, idempotencyKey: newKey() } },
    scene.brand.apiKey,
  );
  await t.database.query('ALTER TABLE astray RENAME TO relationships');
  await tracing.stop();
  expect(lines.filter((line) => line.includes('request failed')).length).toBe(2);
  expect(lines.filter(saysWord)).toEqual([]);
  const { text: metrics } = await t.fetch('/metrics');
  expect(metrics).toContain('rewards_graphql_operations_total');
  expect(saysWord(metrics)).toBe(false);
  expect(spans.length).toBeGreaterThan(50);
  expect(spans.filter(saysWord)).toEqual([]);
});

it('shows a word of somebody erased in no answer, and keeps none to be sent or said again (P17)', async () => {
  expect(taken.length).toBeGreaterThan(10);
  expect((await everyAnswer()).filter(saysWord).length).toBeGreaterThan(10);
  await queueWebhooks();
  const before = Object.keys(await tablesWith(t, words));
  expect(before).toEqual(expect.arrayContaining(['outbox', 'webhook_deliveries']));
  await eraseAs(t, scene.brand.apiKey, { id });
  await followUp(t);
  expect((await everyAnswer()).filter(saysWord)).toEqual([]);
  expect(await tablesWith(t, words)).toEqual({});
  await queueWebhooks();
  const [waiting] = await t.database.query<{ n: number }>(
    `SELECT count(*)::integer AS n FROM webhook_deliveries d WHERE d.topic = 'customer.erased'`,
  );
  expect(waiting?.n).toBe(1);
});
