import {
  getNamedType,
  isObjectType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLObjectType,
} from 'graphql';
import { randomUUID } from 'node:crypto';
import { idKind } from '../../src/platform/ids';
import { serviceSchemas } from '../../src/server/create-service';
import { long } from '../support/long';
import { newKey } from '../support/test-service';
import { kindOfId, validArguments } from './samples';
import { withoutRivals } from './rivals';
import { inputPlaces, rootFields, selectionOf, withValue, type RootField } from './schema-walk';
import { someOf } from './some-of';
import { bearerFor, runRoot, send, startWorld, type World } from './world';

const { publicSchema, sdl } = serviceSchemas();
const roots = rootFields(publicSchema, sdl).filter(({ scopes }) =>
  scopes.some((scope) => scope !== 'mu:platform'),
);

let w: World;
beforeAll(async () => {
  w = await startWorld();
  for (const { key, ids } of [w.a, w.b]) ids['mrg'] = await mergeTwo(key);
});
afterAll(() => w.close());

/** A merge that can be undone. */
async function mergeTwo(key: string): Promise<string> {
  const [from, into] = [{ externalId: newKey() }, { externalId: newKey() }];
  for (const by of [from, into]) await send(w.t, key, 'identifyCustomer', by);
  const merged = await send(w.t, key, 'mergeCustomers', { from, into, reason: 'one card' });
  return (merged['merge'] as { id: string }).id;
}

/** What people may look at by its id, whichever brand has it: their statement names such things. */
const openToPeople = new Set(['brd', 'rul', 'itm']);

/** An id of this kind that nothing has. */
function nobodys(kind: string): string {
  return idKind(kind).encode(randomUUID());
}

/** The arguments of a root field with one id in one place, under a fresh idempotency key. */
function argumentsWith(root: RootField, path: string[], id: string): Record<string, unknown> {
  const { args } = root.field;
  let values = withoutRivals(args, validArguments(root, w.a), path);
  for (const place of inputPlaces(args)) {
    if (place.path.at(-1) === 'idempotencyKey') {
      values = withValue(args, values, place.path, newKey());
    }
  }
  return withValue(args, values, path, id);
}

/** What takes things away comes after what asks for them, the person last of all. */
const takingAway = [/^(delete|end|mute|stop)/, /^merge/, /^unmerge/, /^optOut/, /^erase/];
const turnOf = ({ name }: RootField) => takingAway.findIndex((taking) => taking.test(name));
const inOrder = [...roots].sort((one, other) => turnOf(one) - turnOf(other));

const places = inOrder.flatMap((root) =>
  inputPlaces(root.field.args)
    .filter((place) => place.typeName === 'ID')
    .map(({ path }): [string, RootField, string[]] => [
      `${root.name}(${path.join('.')})`,
      root,
      path,
    ]),
);

test('the schema has ids to try (T4)', () => {
  expect(places.length).toBeGreaterThan(15);
});

test('a person who holds the id of a brand sees nothing of its funds and keys (T5)', async () => {
  const shown = 'slug budget reserved sendgridPublicKey linkOrigins ampSenders apiKeys { id }';
  const document = `query ($id: ID!) { node(id: $id) { ... on Brand { ${shown} } } }`;
  const answer = await w.t.ask(document, { id: w.b.ids['brd'] }, w.token);
  const lists = { linkOrigins: [], ampSenders: [], apiKeys: [] };
  const nothing = { budget: 0, reserved: 0, sendgridPublicKey: null, ...lists };
  expect(answer.data['node']).toEqual({ slug: 'brand-b', ...nothing });
  const own = await w.t.ask(document, { id: w.b.ids['brd'] }, w.b.key);
  expect(own.data['node'].budget).toBeGreaterThan(0);
  expect(own.data['node'].apiKeys).not.toEqual([]);
});

interface NestedPlace {
  /** Names of fields from a customer to the object that has the field. */
  way: string[];
  field: GraphQLField<unknown, unknown>;
  argument: string;
}

/** Fields below a customer that take an id, each by the shortest way to it. */
function nestedPlaces(): NestedPlace[] {
  const found: NestedPlace[] = [];
  const known = new Set<string>();
  const queue = [
    { type: publicSchema.getType('Customer') as GraphQLObjectType, way: [] as string[] },
  ];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (known.has(next.type.name)) continue;
    known.add(next.type.name);
    for (const field of Object.values(next.type.getFields())) {
      for (const argument of field.args) {
        if (getNamedType(argument.type).name !== 'ID') continue;
        found.push({ way: next.way, field, argument: argument.name });
      }
      const below = getNamedType(field.type);
      if (field.args.some(isRequiredArgument) || !isObjectType(below)) continue;
      queue.push({ type: below, way: [...next.way, field.name] });
    }
  }
  return found;
}

test.each(nestedPlaces().map((place): [string, NestedPlace] => [place.field.name, place]))(
  '%s of a customer takes an id of another brand for no id at all (T4)',
  async (_, { way, field, argument }) => {
    const inner = `${field.name}(${argument}: $id) ${selectionOf(publicSchema, field.type, 3)}`;
    const body = way.reduceRight((below, name) => `${name} { ${below} }`, inner);
    const document = `query ($id: ID!, $by: CustomerBy!) { customer(by: $by) { ${body} } }`;
    const by = { externalId: w.a.customer['externalId'] };
    const ask = async (id: string) => (await w.t.ask(document, { id, by }, w.a.key)).text;
    const kinds = Object.keys(w.b.ids);
    const foreign = await Promise.all(kinds.map((kind) => ask(w.b.ids[kind] as string)));
    expect(foreign).toEqual(await Promise.all(kinds.map((kind) => ask(nobodys(kind)))));
    const own = Object.values(w.a.ids).map(ask);
    expect(new Set(await Promise.all(own)).size).toBeGreaterThan(1);
  },
);

/** Kinds of id to try in a place: those it may take, and some that it does not. */
async function kindsFor(root: RootField, path: string[], at: number): Promise<Kinds> {
  const ours = bearerFor(w, root);
  const all = Object.keys(w.a.ids);
  const nothing = await told(root, path, nobodys('cus'), ours);
  const answered = async (kinds: string[]): Promise<string[]> => {
    const found: string[] = [];
    for (const kind of kinds) {
      if ((await told(root, path, w.a.ids[kind] as string, ours)) !== nothing) found.push(kind);
    }
    return found;
  };
  // Who is named by an id beside another key is a customer, whatever the field is about.
  const named = path.at(-1) ?? '';
  const guess = path.length > 2 && named === 'id' ? 'cus' : kindOfId(root.name, named);
  const taken = long || root.name === 'node' ? [] : await answered([guess]);
  const takes = taken.length > 0 ? taken : await answered(all);
  return { takes, others: someOf(Object.keys(w.b.ids), 2, at) };
}

interface Kinds {
  takes: string[];
  others: string[];
}

async function told(root: RootField, path: string[], id: string, bearer: string): Promise<string> {
  return (await runRoot(w.t, root, argumentsWith(root, path, id), bearer)).text;
}

test.each(places.map((place, at) => [...place, at] as const))(
  '%s takes an id of another brand for no id at all (T4)',
  async (_, root, path, at) => {
    const { takes, others } = await kindsFor(root, path, at);
    expect(takes).not.toEqual([]);
    const callers = root.scopes.includes('mu:customer') ? [w.a.key, w.token] : [w.a.key];
    for (const bearer of callers) {
      const none = await told(root, path, nobodys('cus'), bearer);
      for (const kind of takes) {
        expect([kind, await told(root, path, nobodys(kind), bearer)]).toEqual([kind, none]);
      }
      const theirs = [...new Set([...takes, ...others])].filter((kind) => kind in w.b.ids);
      for (const kind of theirs) {
        if (root.name === 'node' && bearer === w.token && openToPeople.has(kind)) continue;
        const id = w.b.ids[kind] as string;
        expect([kind, await told(root, path, id, bearer)]).toEqual([kind, none]);
      }
    }
  },
);
