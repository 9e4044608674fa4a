import {
  extendSchema,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  getNamedType,
  isRequiredArgument,
  parse,
  validate,
  type ExecutionResult,
} from 'graphql';
import { guardGraph } from '../../../src/gateway/rights/guard-graph';
import { readRights } from '../../../src/gateway/rights/read-rights';
import { Requirement } from '../../../src/gateway/rights/requirement';
import { Rights } from '../../../src/gateway/rights/rights';
import type { Caller } from '../../../src/platform/auth/caller';
import { serviceSchemas } from '../../../src/server/create-service';
import {
  anonymous,
  brand,
  composed,
  customer,
  platform,
  RecordingGraph,
  request,
  run,
} from './barn';
import { reached } from './reach';

const callers: Record<string, Caller> = {
  anonymous,
  customer,
  platform,
  nobody: brand(),
  reader: brand('mu:read'),
  both: brand('a', 'b'),
  other: brand('c'),
};

/** Who gets `{ thing { secret } }` of a schema in which something is said of `secret`. */
async function whoSees(subgraphs: string[], policies = new Map<string, string[][]>()) {
  const { sdl, schema } = composed(...subgraphs);
  const data = { thing: { __typename: 'Thing', id: '1', secret: 'RED' } };
  const graph = guardGraph(new RecordingGraph(schema, data), readRights(sdl, policies));
  const seen: string[] = [];
  for (const [name, caller] of Object.entries(callers)) {
    const asked = request('{ thing { id secret } }', caller);
    const { data: answer, errors } = await run(graph, asked);
    const { secret } = (answer as { thing: { secret: unknown } }).thing;
    if (secret === 'RED') seen.push(name);
    else {
      const code = caller.kind === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
      expect(errors).toMatchObject([{ path: ['thing', 'secret'], originalError: { code } }]);
    }
  }
  return seen;
}

const everybodyKnown = ['customer', 'platform', 'nobody', 'reader', 'both', 'other'];
const onField = (directive: string) => [
  `type Query { thing: Thing } type Thing { id: ID! secret: String ${directive} }`,
];

describe('What a supergraph asks of callers', () => {
  it.each([
    ['', ['anonymous', ...everybodyKnown]],
    ['@authenticated', everybodyKnown],
    ['@requiresScopes(scopes: [["a", "b"], ["mu:customer"]])', ['customer', 'both']],
    ['@requiresScopes(scopes: [["mu:platform"], ["mu:read"]])', ['platform', 'reader']],
    ['@requiresScopes(scopes: [["a", "c"]])', []],
    ['@requiresScopes(scopes: [[]])', everybodyKnown],
    ['@policy(policies: [["red"]])', ['both', 'other']],
    ['@policy(policies: [["red", "green"]])', ['both']],
    ['@policy(policies: [["red", "unknown"], ["own"]])', ['customer']],
    ['@policy(policies: [["unknown"]])', []],
    ['@policy(policies: [["nobody"]])', []],
    ['@policy(policies: [["red"]]) @requiresScopes(scopes: [["c"], ["a"]])', ['both', 'other']],
    ['@policy(policies: [["green"]]) @requiresScopes(scopes: [["c"]]) @authenticated', []],
  ])('by %s on a field', async (directive, expected) => {
    const policies = new Map([
      ['red', [['a'], ['c']]],
      ['green', [['b', 'a']]],
      ['own', [['mu:customer']]],
      ['nobody', []],
    ]);
    expect(await whoSees(onField(directive), policies)).toEqual(expected);
  });

  const guard = '@requiresScopes(scopes: [["a"]])';
  it.each([
    [
      'an enum',
      [`type Query { thing: Thing } type Thing { id: ID! secret: E } enum E ${guard} { RED }`],
    ],
    [
      'a scalar',
      [`type Query { thing: Thing } type Thing { id: ID! secret: S } scalar S ${guard}`],
    ],
    [
      'a field that another subgraph shares',
      [
        `type Query { thing: Thing } type Thing @key(fields: "id") { id: ID! secret: String @shareable ${guard} }`,
        'type Thing @key(fields: "id") { id: ID! secret: String @shareable }',
      ],
    ],
    [
      'a field of an interface object',
      [
        `type Query { thing: Named } interface Named @key(fields: "id") { id: ID! }
         type Thing implements Named @key(fields: "id") { id: ID! }`,
        `type Named @interfaceObject @key(fields: "id") { id: ID! secret: String ${guard} }`,
      ],
    ],
  ])('on %s', async (_place, subgraphs) => {
    expect(await whoSees(subgraphs)).toEqual(['both']);
  });

  it('on an object type, on which the root field depends', async () => {
    const { sdl, schema } = composed(
      `type Query { thing: Thing all: [Other] } type Thing ${guard} { id: ID! } type Other { thing: [Thing!] }`,
    );
    const data = { thing: { id: 1 }, all: [{ thing: [{ id: 1 }] }] };
    const graph = guardGraph(new RecordingGraph(schema, data), readRights(sdl, new Map()));
    const ask = (source: string, caller: Caller): Promise<ExecutionResult> =>
      run(graph, request(source, caller));
    await expect(ask('{ thing { id } }', brand())).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await ask('{ thing { id } }', brand('a'))).data).toMatchObject({ thing: { id: '1' } });
    expect((await ask('{ all { thing { id } } }', brand())).data).toEqual({
      all: [{ thing: null }],
    });
  });

  it('under whatever names the supergraph links the directives', () => {
    const sdl = `schema
      @link(url: "https://specs.apollo.dev/requiresScopes/v0.1", as: "needs", for: SECURITY)
      @link(url: "https://specs.apollo.dev/authenticated/v0.1", import: [{ name: "@authenticated", as: "@known" }]) { query: Query }
      type Query { a: Int @needs(scopes: [["a"]]) b: Int @known c: Int @requiresScopes(scopes: [["a"]]) d: Int @needs(scopes: []) }`;
    const rights = readRights(sdl, new Map());
    expect(rights.ofField('Query', 'a')?.allows(brand())).toBe(false);
    expect(rights.ofField('Query', 'b')?.allows(anonymous)).toBe(false);
    expect(rights.ofField('Query', 'c')).toBeUndefined();
    expect(rights.ofField('Query', 'd')?.allows(brand('a'))).toBe(false);
  });

  it('holds what an interface alone asks for all its implementations, and none for another’s', () => {
    const sdl = (onCow: string) => `type Query { a: Animal }
      interface Animal @authenticated { name: String @requiresScopes(scopes: [["a"]]) }
      type Cow implements Animal ${onCow} { name: String } type Pig implements Animal { name: String }`;
    const header =
      'schema @link(url: "https://specs.apollo.dev/authenticated/v0.1") @link(url: "https://specs.apollo.dev/requiresScopes/v0.1") { query: Query } ';
    const silent = readRights(header + sdl(''), new Map());
    for (const type of ['Cow', 'Pig']) {
      expect(silent.ofType(type)?.allows(anonymous)).toBe(false);
      expect(silent.ofField(type, 'name')?.allows(brand())).toBe(false);
      expect(silent.ofField(type, 'name')?.allows(brand('a'))).toBe(true);
    }
    const derived = readRights(header + sdl('@authenticated'), new Map());
    expect(derived.ofType('Cow')?.allows(anonymous)).toBe(false);
    expect(derived.ofType('Pig')).toBeUndefined();
  });
});

describe('Every interface and union of our own graph, with a partner’s type beside ours', () => {
  const partner = `
    type Parcel implements Node { id: ID! weight: Int }
    extend type Query { parcel: Parcel }
  `;
  const withParcels = extendSchema(serviceSchemas().publicSchema, parse(partner));
  const abstracts = Object.values(withParcels.getTypeMap()).filter(
    (type) => isAbstractType(type) && !type.name.startsWith('__'),
  );
  const probes = abstracts.map((type) => `probe${type.name}: [${type.name}]`).join(' ');
  const schema = extendSchema(withParcels, parse(`extend type Query { ${probes} }`));
  const nobody = new Requirement([() => false]);

  it('leads to no guarded field of any of its types, and to no hidden type (G7)', async () => {
    expect(abstracts.map(String)).toContain('Node');
    let tried = 0;
    for (const { name } of abstracts) {
      const type = schema.getType(name);
      if (!isAbstractType(type)) continue;
      const promised = isInterfaceType(type) ? Object.keys(type.getFields()) : [];
      for (const one of schema.getPossibleTypes(type)) {
        const plain = Object.values(one.getFields()).filter(
          (field) => isLeafType(getNamedType(field.type)) && !field.args.some(isRequiredArgument),
        );
        const fields = plain.map((field) => field.name).slice(0, 4);
        const detours = one.getInterfaces().map(
          (wider) =>
            `... on ${wider.name} { ${
              Object.values(wider.getFields())
                .filter((field) => isLeafType(getNamedType(field.type)))
                .map((field) => `w_${field.name}: ${field.name}`)
                .join(' ') || '__typename'
            } }`,
        );
        const shared = promised.filter((field) => plain.some((known) => known.name === field));
        const source = `{ probe${name} { ${shared.join(' ')} ... on ${one.name} { ${fields.map((field) => `x_${field}: ${field}`).join(' ')} __typename } ${detours.join(' ')} } }`;
        expect(validate(schema, parse(source))).toEqual([]);
        for (const place of [...fields.map((field) => `${one.name}.${field}`), one.name]) {
          const isField = place.includes('.');
          const rights = new Rights(
            new Map(isField ? [] : [[place, nobody]]),
            new Map(isField ? [[place, nobody]] : []),
          );
          const inner = new RecordingGraph(schema, { [`probe${name}`]: [] });
          expect(
            (await guardGraph(inner, rights).execute(request(source, platform))).errors,
          ).toBeUndefined();
          const found = [...reached(schema, inner.requests[0]!.document)];
          expect(found.filter((known) => known === place || known.startsWith(`${place}.`))).toEqual(
            [],
          );
          expect(validate(schema, inner.requests[0]!.document)).toEqual([]);
          tried += 1;
        }
      }
    }
    expect(tried).toBeGreaterThan(100);
  });
});
