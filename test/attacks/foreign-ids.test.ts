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
import { newKey } from '../support/test-service';
import { validArguments } from './samples';
import { withoutRivals } from './rivals';
import { inputPlaces, rootFields, selectionOf, withValue, type RootField } from './schema-walk';
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
    for (const [kind, id] of Object.entries(w.b.ids)) {
      expect([kind, await ask(id)]).toEqual([kind, await ask(nobodys(kind))]);
    }
    const own = Object.values(w.a.ids).map(ask);
    expect(new Set(await Promise.all(own)).size).toBeGreaterThan(1);
  },
);

test.each(places)(
  '%s takes an id of another brand for no id at all (T4)',
  async (_, root, path) => {
    const ask = async (id: string, bearer: string) =>
      (await runRoot(w.t, root, argumentsWith(root, path, id), bearer)).text;
    const told: string[] = [];
    const ours = bearerFor(w, root);
    const nothing = await ask(nobodys('cus'), ours);
    for (const [kind, id] of Object.entries(w.a.ids)) {
      if ((await ask(id, ours)) !== nothing) told.push(kind);
    }
    expect(told).not.toEqual([]);
    const callers = root.scopes.includes('mu:customer') ? [w.a.key, w.token] : [w.a.key];
    for (const bearer of callers) {
      const none = await ask(nobodys('cus'), bearer);
      for (const kind of told)
        expect([kind, await ask(nobodys(kind), bearer)]).toEqual([kind, none]);
      for (const [kind, id] of Object.entries(w.b.ids)) {
        if (root.name === 'node' && bearer === w.token && openToPeople.has(kind)) continue;
        expect([kind, await ask(id, bearer)]).toEqual([kind, none]);
      }
    }
  },
);
