import {
  getNamedType,
  isObjectType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLObjectType,
} from 'graphql';
import { serviceSchemas } from '../../src/server/create-service';
import type { Answer } from '../support/http-service';
import { freshText, validArguments } from './samples';
import { inputPlaces, rootFields, withValue, type InputPlace, type RootField } from './schema-walk';
import { runRoot, startWorld, typeId, type World } from './world';

const { publicSchema, sdl } = serviceSchemas();
const roots = rootFields(publicSchema, sdl).filter(({ scopes }) =>
  scopes.some((scope) => scope !== 'mu:platform' && scope !== 'mu:customer'),
);

let w: World;
beforeAll(async () => (w = await startWorld()));
afterAll(() => w.close());

const textTypes = new Set(['String', 'EmailAddress', 'PhoneNumber']);
/** Cursors and idempotency keys have tests of their own; an amount of money is text but no name. */
const noNames = new Set(['after', 'idempotencyKey', 'amount']);

/** Mutations that tie a name to a new thing of the caller come last: they change who is known. */
const places = roots
  .flatMap((root) =>
    inputPlaces(root.field.args)
      .filter(({ typeName, path }) => textTypes.has(typeName) && !noNames.has(path.at(-1) ?? ''))
      .map((place): [string, RootField, InputPlace] => [
        `${root.name}(${place.path.join('.')})`,
        root,
        place,
      ]),
  )
  .sort(
    ([, a], [, b]) => Number(a.name === 'identifyCustomer') - Number(b.name === 'identifyCustomer'),
  );

/** What a name does not decide: ids, moments, secrets, and how far the caller's own counters are. */
function masked(answer: Answer, ...sent: string[]): string {
  const counters = /"(number|version|balance|balanceAfter|budget|reserved|lifetimeEarned)":\d+/g;
  const text = sent.reduce((all, one) => all.replaceAll(one, '<fresh>'), answer.text);
  return text
    .replace(typeId, '<id>')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<moment>')
    .replace(/fresh-\d+(@example.in)?|\+919820\d{6}/g, '<fresh>')
    .replace(/"(secret|token)":"[^"]+"/g, '"$1":"<secret>"')
    .replace(counters, '"$1":<counter>');
}

/** What both brands call the person they both know. */
const shared = 'shared@example.in';

/** What B calls things, as far as it fits into a field of this name and type. */
function namesOfB({ path, typeName }: InputPlace): string[] {
  const name = path.at(-1) ?? '';
  const byType = { EmailAddress: 'email', PhoneNumber: 'phone' }[typeName];
  return [...(w.b.names.get(byType ?? name) ?? [])].filter((one) => one !== shared);
}

test.each(places)(
  'T7 %s answers to a name of another brand as to a new one',
  async (_, root, place) => {
    const { args } = root.field;
    const name = place.path.at(-1) ?? '';
    const ask = async (value: string) => {
      const given = withValue(args, validArguments(root, w.a), place.path, value);
      return masked(await runRoot(w.t, root, given, w.a.key), value);
    };
    const fresh = await ask(freshText(name, place.typeName));
    for (const value of namesOfB(place)) {
      expect([value, await ask(value)]).toEqual([value, fresh]);
    }
  },
);

test('T7 there are names to try in every place that B has filled', () => {
  const tried = places.filter(([, , place]) => namesOfB(place).length > 0);
  expect(tried.length).toBeGreaterThan(20);
});

test('T7 a key of another brand is a new key', async () => {
  const keys = [...(w.b.names.get('idempotencyKey') ?? [])];
  const mutations = roots.filter(({ operation }) => operation === 'mutation');
  for (const root of mutations) {
    const { args } = root.field;
    const path = inputPlaces(args).find((place) => place.path.at(-1) === 'idempotencyKey')?.path;
    const key = keys.shift();
    if (path === undefined || key === undefined) break;
    const given = withValue(args, validArguments(root, w.a), path, key);
    const answer = await runRoot(w.t, root, given, w.a.key);
    expect(answer.text).toContain('"replayed":false');
    expect(answer.text).not.toContain('IDEMPOTENCY_KEY_REUSED');
  }
  expect(keys.length).toBeLessThan((w.b.names.get('idempotencyKey')?.size ?? 0) - 5);
});

interface List {
  way: string[];
  field: GraphQLField<unknown, unknown>;
}

/** Every list below a customer, and those at the root. */
function lists(): List[] {
  const found: List[] = [];
  const known = new Set<string>();
  const queue = [
    { type: publicSchema.getQueryType() as GraphQLObjectType, way: [] as string[] },
    { type: publicSchema.getType('Customer') as GraphQLObjectType, way: ['customer'] },
  ];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { type, way } = next;
    if (known.has(type.name)) continue;
    known.add(type.name);
    for (const field of Object.values(type.getFields())) {
      if (field.args.some(({ name }) => name === 'after')) found.push({ way, field });
      const below = getNamedType(field.type);
      const enters = way.length > 0 && !field.args.some(isRequiredArgument) && isObjectType(below);
      if (enters) queue.push({ type: below, way: [...way, field.name] });
    }
  }
  return found;
}

describe.each(
  lists().map((list): [string, List] => [[...list.way, list.field.name].join('.'), list]),
)('the list %s', (_, { way, field }) => {
  const read = async (bearer: string, externalId: string, after: string | null) => {
    const connection = getNamedType(field.type) as GraphQLObjectType;
    const node = getNamedType((connection.getFields()['nodes'] as typeof field).type);
    const shown = isObjectType(node) && 'id' in node.getFields() ? 'id' : '__typename';
    const inner = `${field.name}(after: $after) { nodes { ${shown} } pageInfo { endCursor } }`;
    const body = way.reduceRight(
      (below, name) => (name === 'customer' ? below : `${name} { ${below} }`),
      inner,
    );
    const document =
      way.length === 0
        ? `query ($after: String) { ${body} }`
        : `query ($after: String, $by: CustomerBy!) { customer(by: $by) { ${body} } }`;
    const variables = { after, ...(way.length === 0 ? {} : { by: { externalId } }) };
    const answer = await w.t.ask(document, variables, bearer);
    expect(answer.codes).toEqual([]);
    const owner = way.length === 0 ? answer.data : answer.data['customer'];
    const list = [...way.slice(1), field.name].reduce((at, name) => at[name], owner);
    return list as { nodes: { id?: string }[]; pageInfo: { endCursor: string | null } };
  };

  test('V15 shows a brand its own rows only, also from a place in the list of another', async () => {
    const own = await read(w.a.key, w.a.customer['externalId'] as string, null);
    const theirs = await read(w.b.key, w.b.customer['externalId'] as string, null);
    expect(own.nodes.length).toBeGreaterThan(0);
    expect(theirs.pageInfo.endCursor).not.toBeNull();
    const from = await read(
      w.a.key,
      w.a.customer['externalId'] as string,
      theirs.pageInfo.endCursor,
    );
    for (const node of from.nodes) expect(own.nodes).toContainEqual(node);
  });
});
