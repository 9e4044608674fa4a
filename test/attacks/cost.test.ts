import { Lexer, Source, TokenKind } from 'graphql';
import type { Answer, Door } from '../support/http-service';
import { newKey } from '../support/test-service';
import { settlingMs, startWorld, type World } from './world';

let w: World;
beforeAll(async () => (w = await startWorld()), settlingMs);
afterAll(() => w.close());

const times = (count: number, write: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => write(at)).join(' ');

/** How many tokens a document has, the end not counted. */
function tokensOf(document: string): number {
  const lexer = new Lexer(new Source(document));
  let count = 0;
  while (lexer.advance().kind !== TokenKind.EOF) count += 1;
  return count;
}

describe.each<Door>(['/graphql', '/subgraph'])('at %s', (door) => {
  const ask = (query: string, variables = {}, headers = {}): Promise<Answer> =>
    w.t.ask(query, variables, w.a.key, { door, headers });

  async function expectTaken(query: string, variables = {}): Promise<void> {
    const answer = await ask(query, { by: w.a.customer['externalId'], ...variables });
    expect([answer.status, answer.codes]).toEqual([200, []]);
  }

  async function expectRefused(query: string, code = 'OPERATION_TOO_COMPLEX'): Promise<void> {
    const answer = await ask(query, { by: w.a.customer['externalId'] });
    expect([answer.status, answer.codes]).toEqual([400, [code]]);
    expect(answer.json['data'] ?? null).toBeNull();
  }

  test('30 aliases are the most (Q1)', async () => {
    const aliased = (count: number) => `{ brand { ${times(count, (at) => `a${at}: id`)} } }`;
    await expectTaken(aliased(30));
    await expectRefused(aliased(31));
    await expectRefused(aliased(300));
  });

  test('10 fields at the root are the most, in fragments too (Q1)', async () => {
    const roots = (count: number) => `{ ${times(count, (at) => `a${at}: brand { id }`)} }`;
    await expectTaken(roots(10));
    await expectRefused(roots(11));
    const spread = `fragment Five on Query { ${times(5, (at) => `a${at}: brand { id }`)} }`;
    await expectTaken(`{ ...Five ... { ...Five } } ${spread}`);
    await expectRefused(`{ ...Five ...Five brand { id } } ${spread}`);
  });

  test('5 mutations are the most, and each costs (Q2)', async () => {
    const write = (
      at: number,
    ) => `a${at}: upsertEarnRule(input: { name: "cost", action: SCAN, amount: 1,
      idempotencyKey: "${newKey()}" }) { replayed }`;
    const costOf = async (count: number): Promise<number> => {
      const answer = await ask(`mutation { ${times(count, write)} }`, {}, { 'x-cost': '1' });
      expect(answer.codes).toEqual([]);
      return answer.json['extensions'].cost.requested as number;
    };
    expect(await costOf(5)).toBe(5 * (await costOf(1)));
    await expectRefused(`mutation { ${times(6, write)} }`);
    await expectRefused(`mutation { ${times(100, write)} }`);
  });

  const chain = (levels: number): string => {
    const steps = ['brand', 'wallet', 'statement(first: 1)', 'nodes'];
    const way = ['customer(by: { externalId: $by })', ...steps.slice(1)];
    while (way.length < levels - 1) way.push(way.at(-1) === 'transfer' ? 'entries' : 'transfer');
    return `query ($by: String!) { ${way.reduceRight((below, field) => `${field} { ${below} }`, 'id')} }`;
  };

  test('12 levels are the most (Q3)', async () => {
    await expectTaken(chain(12));
    await expectRefused(chain(13));
    await expectRefused(chain(15));
    await expectRefused(chain(600));
  });

  test.each([2000, 20_000])('%d levels run into no stack (Q3)', async (levels) => {
    const answer = await ask(`{ brand ${'{ a '.repeat(levels)} ${'}'.repeat(levels)} }`);
    expect([answer.status, answer.codes]).toEqual([400, ['OPERATION_TOO_COMPLEX']]);
  });

  test('2,000 tokens are the most (Q4)', async () => {
    const start = `mutation { identifyCustomer(input: { externalId: "tokens", traits: { a: [`;
    const end = (): string => `] }, idempotencyKey: "${newKey()}" }) { replayed } }`;
    const sized = (tokens: number): string => {
      const others = tokensOf(start + end());
      return start + times(tokens - others, () => '1') + end();
    };
    expect(tokensOf(sized(2000))).toBe(2000);
    await expectTaken(sized(2000));
    await expectRefused(sized(2001));
    await expectRefused(sized(15_000));
  });

  test.each([1, 100])('a page of %d (Q5)', async (first) => {
    await expectTaken(`{ customers(first: ${first}) { nodes { id } } }`);
    await expectTaken('query ($n: Int) { customers(first: $n) { nodes { id } } }', { n: first });
  });

  test.each([0, -1, 101, 1_000_000, 2_147_483_647, -2_147_483_648])(
    'no page of %d (Q5)',
    async (first) => {
      await expectRefused(`{ customers(first: ${first}) { nodes { id } } }`, 'BAD_USER_INPUT');
      const nested = `{ wallet { statement(first: ${first}) { nodes { id } } } }`;
      const answer = await ask(
        `query ($by: String!) { customer(by: { externalId: $by }) ${nested} }`,
        {
          by: w.a.customer['externalId'],
        },
      );
      expect(answer.codes).toEqual(['BAD_USER_INPUT']);
    },
  );

  test.each(['2147483648', '1.5', '"10"', 'true', '[10]'])(
    '%s is no number of items (Q5)',
    async (first) => {
      const answer = await ask(`{ customers(first: ${first}) { nodes { id } } }`);
      expect([answer.status, answer.codes.length > 0]).toEqual([400, true]);
    },
  );

  test('there is no last (Q5)', async () => {
    const answer = await ask('{ customers(first: 1, last: 1) { nodes { id } } }');
    expect([answer.status, answer.codes]).toEqual([400, ['GRAPHQL_VALIDATION_FAILED']]);
  });

  test('pages of pages cost their product, and 2,000 is the most (Q6)', async () => {
    const pages = (customers: number, messages: number) =>
      `{ customers(first: ${customers}) { nodes { messages(first: ${messages}) { nodes { id } } } } }`;
    const costOf = async (messages: number): Promise<number> => {
      const answer = await ask(pages(30, messages), {}, { 'x-cost': '1' });
      return answer.json['extensions'].cost.requested as number;
    };
    const [one, two] = [await costOf(1), await costOf(2)];
    const step = two - one;
    expect(step).toBeGreaterThanOrEqual(30);
    const most = Math.floor((2000 - one) / step) + 1;
    await expectTaken(pages(30, most));
    await expectRefused(pages(30, most + 1));
    await expectRefused(pages(100, 100));
    const deeper = `{ customers(first: 100) { nodes { messages(first: 100) { nodes {
      message { brand { apiKeys { id } } } } } } } }`;
    await expectRefused(deeper);
  });

  test('an alias costs like the field it renames (Q6)', async () => {
    const list = (at: number) =>
      `a${at}: customers(first: 100) { nodes { wallet { balance } relationship { brand { id } } } }`;
    await expectRefused(`{ ${times(10, list)} }`);
  });

  test('fragments that double each other are refused for what they come to (Q7)', async () => {
    const bomb = (count: number): string => {
      const doubling = (at: number) => `fragment F${at} on Brand { ...F${at + 1} ...F${at + 1} }`;
      return `{ brand { ...F0 } } ${times(count, doubling)} fragment F${count} on Brand { id }`;
    };
    await expectTaken(bomb(3));
    await expectRefused(bomb(24));
    await expectRefused(bomb(60));
  });

  test('fragments in a circle are refused (Q8)', async () => {
    const circle = `{ brand { ...A } } fragment A on Brand { ...B } fragment B on Brand { ...A }`;
    await expectRefused(circle, 'GRAPHQL_VALIDATION_FAILED');
    await expectRefused('{ ...A } fragment A on Query { ...A }', 'GRAPHQL_VALIDATION_FAILED');
  });

  test('one name may be written 200 times (Q8)', async () => {
    await expectTaken(`{ brand { ${times(200, () => 'id')} } }`);
    await expectRefused(`{ brand { ${times(201, () => 'id')} } }`);
  });

  test('10 directives in one place are the most (Q9)', async () => {
    const skips = (count: number) => `{ brand { id ${times(count, () => '@skip(if: false)')} } }`;
    const ten = await ask(skips(10));
    expect(ten.codes).not.toContain('OPERATION_TOO_COMPLEX');
    await expectRefused(skips(11));
    await expectRefused(`{ brand { id ${times(1000, (at) => `@d${at}`)} } }`);
  });

  test('ten errors are the most an answer tells (Q12)', async () => {
    const unknown = await ask(`{ brand { ${times(20, (at) => `nope${at}`)} } }`);
    expect(unknown.codes).toHaveLength(10);
    const events = Array.from({ length: 50 }, () => ({}));
    const coercion = await ask(
      `mutation ($input: RecordAttentionBatchInput!) {
        recordAttentionBatch(input: $input) { userErrors { code } } }`,
      { input: { events } },
    );
    expect(coercion.codes).toHaveLength(10);
    expect(new Set(coercion.codes)).toEqual(new Set(['BAD_USER_INPUT']));
  });
});

test('to look a person up costs ten times what a field does (T6)', async () => {
  const costOf = async (query: string): Promise<number> => {
    const headers = { 'x-cost': '1' };
    const answer = await w.t.ask(query, {}, w.a.key, { headers });
    return answer.json['extensions'].cost.requested as number;
  };
  const field = await costOf('{ brand { id } }');
  const person = await costOf('{ customer(by: { email: "nobody@example.in" }) { id } }');
  expect(person).toBeGreaterThanOrEqual(10);
  expect(person - field).toBeGreaterThanOrEqual(9);
  const one = (at: number) => `a${at}: customer(by: { email: "nobody${at}@example.in" }) { id }`;
  expect(await costOf(`{ ${times(10, one)} }`)).toBe(10 * person);
});
