import { buildSchema, execute, parse, type GraphQLObjectType } from 'graphql';
import { argumentsBeneath } from '../../../src/platform/graphql/selected-fields';

const schema = buildSchema(`
  type Query { wallet: Wallet! }
  type Wallet { balance: Int statement(first: Int = 20, kind: String): String self: Wallet }
`);
let seen: unknown[] = [];
const { wallet } = (schema.getQueryType() as GraphQLObjectType).getFields();
if (wallet !== undefined) {
  wallet.resolve = (_source, _args, _context, info) => {
    seen.push(...argumentsBeneath(info, 'statement'));
    return {};
  };
}

async function argumentsOf(source: string, variableValues = {}): Promise<unknown[]> {
  seen = [];
  await execute({ schema, document: parse(source), variableValues });
  return seen;
}

test('arguments of a field beneath are read with defaults and variables, once for each time it is asked', async () => {
  const source = `query ($n: Int) { wallet { balance statement a: statement(first: $n, kind: "GRANT") } }`;
  expect(await argumentsOf(source, { n: 3 })).toEqual([{ first: 20 }, { first: 3, kind: 'GRANT' }]);
});

test('fragments are looked into, and fields further down are another matter', async () => {
  const source = `{ wallet { ...lines ... on Wallet { a: statement(first: 2) } self { b: statement(first: 9) } } }
    fragment lines on Wallet { statement(first: 1) }`;
  expect(await argumentsOf(source)).toEqual([{ first: 1 }, { first: 2 }]);
});

test('what a directive may leave out is not begun with', async () => {
  const source = `query ($no: Boolean = false) {
    wallet { statement @include(if: $no) ... @skip(if: true) { a: statement } }
  }`;
  expect(await argumentsOf(source)).toEqual([]);
});
