import { Client } from 'pg';
import { newKey, startTestService, type TestService } from '../support/test-service';
import { readPage } from './markdown';

const { text } = readPage('docs/scale-out.md');
let t: TestService;

beforeAll(async () => (t = await startTestService()));
afterAll(() => t.close());

it('scale-out.md says of every table where it would live on many machines', async () => {
  const section = text.slice(text.indexOf('## Many machines'), text.indexOf('**Keys.**'));
  const named = [...section.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
  const tables = await t.database.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition`,
  );
  expect(tables.map(({ name }) => name).filter((name) => !named.includes(name))).toEqual([]);
});

it('scale-out.md cuts the events into parts, and the service goes on', async () => {
  const brand = await t.createBrand('cut', { budget: 1000 });
  const run = async (mutation: string, input: object): Promise<unknown> => {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const key = { idempotencyKey: newKey() };
    const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code } } }`;
    return (await t.run(document, { input: { ...input, ...key } }, brand.apiKey)).data[mutation];
  };
  const visit = (channel: string) =>
    run('recordAttention', { customer: { externalId: 'asha' }, action: 'VISIT', channel });
  await run('identifyCustomer', { externalId: 'asha' });
  expect(await visit('WEB')).toEqual({ userErrors: [] });
  const owner = new Client({ connectionString: t.database.url });
  await owner.connect();
  for (const [, sql = ''] of text.matchAll(/```sql\n(.*?)```/gs)) await owner.query(sql);
  await owner.end();
  expect(await visit('SMS')).toEqual({ userErrors: [] });
  const [found] = await t.database.query(
    `SELECT count(*)::int AS events,
       (SELECT count(*)::int FROM pg_inherits WHERE inhparent = 'attention_events'::regclass) AS parts
     FROM attention_events`,
  );
  expect(found).toEqual({ events: 2, parts: 2 });
});
