import { randomUUID } from 'node:crypto';
import { Kind, parse, type ObjectTypeDefinitionNode } from 'graphql';
import { serviceSchemas } from '../../src/server/create-service';
import type { Answer } from '../support/http-service';
import { settlingMs, startWorld, type World } from './world';

let w: World;
beforeAll(async () => (w = await startWorld()), settlingMs);
afterAll(() => w.close());

type Representation = Record<string, unknown>;

const entities = `query ($all: [_Any!]!) { _entities(representations: $all) {
  __typename ... on Customer { id } ... on Brand { id } ... on Message { id } } }`;

const ask = (all: unknown, bearer = w.a.key): Promise<Answer> =>
  w.t.ask(entities, { all }, bearer, { door: '/subgraph' });

async function loaded(all: unknown[], bearer = w.a.key): Promise<(Representation | null)[]> {
  const { data, codes } = await ask(all, bearer);
  expect(codes).toEqual([]);
  return data['_entities'] as (Representation | null)[];
}

const customer = (tenant: 'a' | 'b'): Representation => ({
  __typename: 'Customer',
  externalId: w[tenant].customer['externalId'],
});

test('what a representation says beside its key is not believed (G4)', async () => {
  const shown = `name traits wallet { balance } externalId email`;
  const document = `query ($all: [_Any!]!) {
    _entities(representations: $all) { ... on Customer { ${shown} } ... on Brand { slug budget } } }`;
  const load = async (more: Representation) => {
    const all = [
      { ...customer('a'), ...more },
      { __typename: 'Brand', id: w.a.brand.id, ...more },
    ];
    return (await w.t.ask(document, { all }, w.a.key, { door: '/subgraph' })).text;
  };
  const plain = await load({});
  expect(plain).toContain('brand-a canary');
  const claims = {
    uuid: randomUUID(),
    brandUuid: randomUUID(),
    name: 'Mallory',
    traits: { admin: true },
    wallet: { balance: 10 ** 9 },
    relationship: { traits: {} },
    budget: 10 ** 9,
    brand: { id: w.b.brand.id },
    email: 'brand-b@example.in',
    slug: 'brand-b',
  };
  expect(await load(claims)).toBe(plain);
});

test('of two keys the first decides, and a foreign one does not fall back on an own one (G4)', async () => {
  const own = w.a.customer['externalId'];
  expect(
    await loaded([
      { __typename: 'Customer', id: w.b.ids['cus'], externalId: own },
      { __typename: 'Brand', id: w.b.brand.id, slug: 'brand-a' },
    ]),
  ).toEqual([null, null]);
});

/** Every type with a key, and the keys it has, as the SDL declares them. */
const keys = parse(serviceSchemas().sdl)
  .definitions.filter(
    (one): one is ObjectTypeDefinitionNode => one.kind === Kind.OBJECT_TYPE_DEFINITION,
  )
  .flatMap(({ name, directives = [] }) =>
    directives
      .filter((directive) => directive.name.value === 'key')
      .map((directive): [string, string] => {
        const value = directive.arguments?.[0]?.value;
        return [name.value, value?.kind === Kind.STRING ? value.value : ''];
      }),
  );

test('the promised keys are there (G1)', () => {
  const promised = [
    'Customer id',
    'Customer externalId',
    'Customer email',
    'Brand id',
    'Brand slug',
  ];
  const byId = ['Message', 'AttentionEvent', 'LedgerEntry'].map((name) => `${name} id`);
  const declared = keys.map((key) => key.join(' '));
  expect(declared).toEqual(expect.arrayContaining([...promised, ...byId]));
});

/** What brand A, or B, has of each key. */
function valuesOf(tenant: 'a' | 'b', key: string): string[] {
  if (key === 'id') return [...Object.values(w[tenant].ids), ...w[tenant].others];
  if (key === 'slug') return [w[tenant].brand.slug];
  const own = `brand-${tenant} only`;
  return key === 'email'
    ? [`brand-${tenant}@example.in`]
    : [own, w[tenant].customer[key] as string];
}

test.each(keys)(
  'a brand finds %s by its %s where it is its own, and nothing of another (G4, T5)',
  async (typeName, key) => {
    const ofBrand = (tenant: 'a' | 'b') =>
      valuesOf(tenant, key).map((value) => ({ __typename: typeName, [key]: value }));
    const found = (list: unknown[]): number => list.filter((one) => one !== null).length;
    const own = ofBrand('a');
    expect(found(await loaded(own))).toBe(key === 'externalId' ? 2 : 1);
    expect(found(await loaded(ofBrand('b')))).toBe(0);
    expect(found(await loaded(own, w.b.key))).toBe(0);
    const missing = await ask(ofBrand('b').map((one) => ({ ...one, [key]: `no ${key}` })));
    expect((await ask(ofBrand('b'))).text).toBe(missing.text);
  },
);

test('a person finds only what is theirs, the platform a person by the id alone (G4)', async () => {
  const [mine] = await loaded([{ __typename: 'Customer', externalId: 'brand-a only' }], w.token);
  expect(mine).not.toBeNull();
  const id = (mine as { id: string }).id;
  const others = [customer('a'), { __typename: 'Customer', id: w.b.ids['cus'] }];
  expect(await loaded([...others, { __typename: 'Message', id: w.a.ids['msg'] }], w.token)).toEqual(
    [null, null, null],
  );
  const asPlatform = [{ __typename: 'Customer', id }, customer('a')];
  expect(await loaded(asPlatform, w.t.platformKey)).toEqual([{ __typename: 'Customer', id }, null]);
});

test('an entity of one caller is not another caller’s a moment later (G4, T12)', async () => {
  const all = [customer('a'), customer('b'), { __typename: 'Message', id: w.a.ids['msg'] }];
  const askers = Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? w.a.key : w.b.key));
  const answers = await Promise.all(askers.map((bearer) => loaded(all, bearer)));
  answers.forEach((found, at) => {
    const isA = at % 2 === 0;
    expect(found.map((one) => one !== null)).toEqual([isA, !isA, isA]);
  });
});
