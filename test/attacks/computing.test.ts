import { computingMs } from '../support/computing-time';
import type { Answer } from '../support/http-service';
import { newKey } from '../support/test-service';
import { settlingMs, startWorld, type World } from './world';

let w: World;
beforeAll(async () => (w = await startWorld()), settlingMs);
afterAll(() => w.close());

/**
 * The least of several times that asking took of this process's computing, in milliseconds: what else
 * the machine does makes some tries dearer, and none cheaper.
 */
async function leastMs(ask: () => Promise<Answer>): Promise<number> {
  const tries: number[] = [];
  for (let at = 0; at < 8; at += 1) {
    tries.push(await computingMs(ask));
  }
  return Math.min(...tries);
}

const times = (count: number, write: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => write(at)).join(' ');

/** Documents that cost much where the work grows faster than they do; each has some 200 KB at most. */
const documents: Record<string, string> = {
  'fragments in a circle': `{ ...F0 } ${times(60, (at) => `fragment F${at} on Query { ...F${(at + 1) % 60} ...F${(at + 7) % 60} }`)}`,
  'fragments that double': `{ brand { ...F0 } } ${times(60, (at) => `fragment F${at} on Brand { ...F${at + 1} ...F${at + 1} }`)} fragment F60 on Brand { id }`,
  'one field 500 times': `{ brand { ${times(500, () => 'id')} } }`,
  '500 fields that conflict': `{ brand { ${times(500, (at) => `wallet { a: id${at} }`)} } }`,
  '200 fields that conflict, each in each': `{ brand { ${times(200, (at) => `x: node(id: "${at}") { id }`)} } }`,
  '20,000 levels': `{ brand ${'{ a '.repeat(20_000)} ${'}'.repeat(20_000)} }`,
  '200 KB of directives': `{ brand { id ${times(20_000, (at) => `@d${at}`)} } }`,
  '200 KB of variables': `query (${times(10_000, (at) => `$v${at}: Int`)}) { brand { id } }`,
  'a list of 200 KB': `{ brand(id: [${'['.repeat(100_000)}${']'.repeat(100_000)}]) { id } }`,
  'a block of 20,000 lines': `{ brand(id: """${'\\n "'.repeat(20_000)}""") { id } }`,
  'names like one another': `{ brand { ${times(300, (at) => `bran${'d'.repeat(at % 50)}`)} } }`,
};

test.each(Object.entries(documents))(
  'a document of %s is refused within 100 ms of computing (Q8)',
  async (_, query) => {
    const ask = () => w.t.ask(query, {}, w.a.key);
    expect((await ask()).status).toBe(400);
    expect(await leastMs(ask)).toBeLessThan(100);
  },
);

const identify = `mutation ($input: IdentifyCustomerInput!) {
  identifyCustomer(input: $input) { replayed userErrors { code } } }`;
const record = `mutation ($input: RecordAttentionInput!) {
  recordAttention(input: $input) { userErrors { code } } }`;
const customers = 'query ($after: String) { customers(after: $after) { nodes { id } } }';
const found = 'query ($by: CustomerBy!) { customer(by: $by) { id } }';

/** Places that read a text by a pattern; each takes as long a text as the body allows. */
const readers: Record<string, (text: string) => Promise<Answer>> = {
  'an address': (email) =>
    w.t.ask(identify, { input: { email, idempotencyKey: newKey() } }, w.a.key),
  'an address that is looked for': (email) => w.t.ask(found, { by: { email } }, w.a.key),
  'a number': (phone) => w.t.ask(identify, { input: { phone, idempotencyKey: newKey() } }, w.a.key),
  'a name': (externalId) =>
    w.t.ask(identify, { input: { externalId, idempotencyKey: newKey() } }, w.a.key),
  'a moment': (occurredAt) => w.t.ask(record, { input: { ...event(), occurredAt } }, w.a.key),
  'a user agent': (userAgent) => w.t.ask(record, { input: { ...event(), userAgent } }, w.a.key),
  'an id': (id) => w.t.ask('query ($id: ID!) { node(id: $id) { id } }', { id }, w.a.key),
  'a cursor': (after) => w.t.ask(customers, { after }, w.a.key),
  'a key': (idempotencyKey) =>
    w.t.ask(identify, { input: { externalId: 'key', idempotencyKey } }, w.a.key),
};

const event = () => ({
  customer: { externalId: w.a.customer['externalId'] },
  action: 'VISIT',
  idempotencyKey: newKey(),
});

/** Beginnings and what is repeated after them, so that a pattern that goes back over a text does. */
const pumped: [string, string, string][] = [
  ['a@', 'a.', ''],
  ['', 'a.', '@'],
  ['', '@', ''],
  ['+', '1 ', 'x'],
  ['', ' ', 'x'],
  ['2026-01-01T00:00:00.', '0', 'x'],
  ['', '(', ''],
  ['Mozilla/5.0 (', 'a; ', ''],
  ['', 'bot ', ''],
  ['1', 'A', '='],
  ['', 'ａ', 'İ'],
  ['cus_', '0', '!'],
];

test.each(Object.entries(readers))(
  '%s of 100,000 characters made to keep a pattern busy costs no 10 ms more than an innocent one (Q15)',
  async (_, ask) => {
    const length = 100_000;
    const innocent = await leastMs(() => ask('x'.repeat(length)));
    for (const [head, part, tail] of pumped) {
      const text = (head + part.repeat(length)).slice(0, length - tail.length) + tail;
      const isDear = async () => (await leastMs(() => ask(text))) - innocent >= 10;
      // What goes back over a text is dear each time, a machine that is busy now is not.
      const tooDear = (await isDear()) && (await isDear()) && (await isDear());
      expect({ part, tooDear }).toEqual({ part, tooDear: false });
    }
  },
);
