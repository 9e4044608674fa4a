import {
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLInputType,
} from 'graphql';
import { serviceSchemas } from '../../src/server/create-service';
import type { Answer } from '../support/http-service';
import { validArguments } from './samples';
import { rootFields, type RootField } from './schema-walk';
import { someOf } from './some-of';
import { bearerFor, runRoot, settlingMs, startWorld, type World } from './world';

const { publicSchema, sdl } = serviceSchemas();
const roots = rootFields(publicSchema, sdl);

let w: World;
beforeAll(async () => (w = await startWorld()), settlingMs);
afterAll(() => w.close());

/** What a row has and no input may set. */
const columns = [
  'brandId',
  'brand_id',
  'tenant',
  'customerId',
  'uuid',
  'id',
  'balance',
  'balanceAfter',
  'confidence',
  'duplicate',
  'recordedAt',
  'createdAt',
  'postedAt',
  'replayed',
  'state',
  'version',
  '__typename',
];

interface InputObject {
  root: RootField;
  /** From the arguments down to the input object. */
  path: string[];
  unknown: string[];
}

/** Every input object of every query and mutation, with the columns it does not know. */
function inputObjects(): [string, InputObject][] {
  const found: [string, InputObject][] = [];
  const enter = (
    root: RootField,
    type: GraphQLInputType,
    path: string[],
    above: readonly GraphQLInputType[] = [],
  ): void => {
    if (isNonNullType(type)) return enter(root, type.ofType, path, above);
    if (isListType(type)) return enter(root, type.ofType, [...path, '0'], above);
    const named = getNamedType(type);
    // What contains itself, as a condition does, is entered once.
    if (!isInputObjectType(named) || above.includes(named)) return;
    const fields = named.getFields();
    const unknown = columns.filter((column) => !(column in fields));
    found.push([`${root.name}(${path.join('.')})`, { root, path, unknown }]);
    const chain = [...above, named];
    for (const field of Object.values(fields))
      enter(root, field.type, [...path, field.name], chain);
  };
  for (const root of roots) {
    for (const argument of root.field.args) enter(root, argument.type, [argument.name]);
  }
  return found;
}

/** A copy with one more field in the object at this path; what is missing on the way is made. */
function withField(value: unknown, [step, ...rest]: string[], name: string): unknown {
  if (step === undefined) return { ...(value as object | undefined), [name]: 'mine' };
  if (step === '0') return [withField((value as unknown[] | undefined)?.[0], rest, name)];
  const object = (value ?? {}) as Record<string, unknown>;
  return { ...object, [step]: withField(object[step], rest, name) };
}

function expectRefused(name: string, { status, codes, json }: Answer, code: string): void {
  expect({ name, status, code: codes[0], data: json['data'] ?? null }).toEqual({
    name,
    status: 400,
    code,
    data: null,
  });
}

const objects = inputObjects().map(([name, object], at) => [name, object, at] as const);

test.each(objects)('%s takes no field that is not its own (T9)', async (_, object, at) => {
  const { root, path, unknown } = object;
  expect(unknown.length).toBeGreaterThan(5);
  for (const name of someOf(unknown, 1, at)) {
    const args = withField(validArguments(root, w.a), path, name) as Record<string, unknown>;
    const answer = await runRoot(w.t, root, args, bearerFor(w, root));
    expectRefused(name, answer, 'BAD_USER_INPUT');
  }
});

test('no argument is taken that a field does not have (T9)', async () => {
  for (const document of [
    '{ brand(slug: "brand-b") { id } }',
    '{ customers(brandId: "x") { nodes { id } } }',
    '{ me(id: "x") { id } }',
    'mutation { recordMessage(input: {}, brandId: "x") { replayed } }',
  ]) {
    expectRefused(document, await w.t.ask(document, {}, w.a.key), 'GRAPHQL_VALIDATION_FAILED');
  }
});

test('a message cannot be recorded for another brand, nor paid out of its budget (T9)', async () => {
  const before = await budgets();
  const root = roots.find(({ name }) => name === 'recordMessage') as RootField;
  const args = withField(validArguments(root, w.a), ['input'], 'brandId') as Record<
    string,
    unknown
  >;
  expectRefused('brandId', await runRoot(w.t, root, args, w.a.key), 'BAD_USER_INPUT');
  expect(await budgets()).toEqual(before);
});

function budgets(): Promise<unknown[]> {
  return w.t.database.query(
    `SELECT owner, balance FROM accounts WHERE kind = 'BUDGET' ORDER BY id`,
  );
}
