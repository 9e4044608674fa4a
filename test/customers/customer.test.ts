import { graphql } from 'graphql';
import { customersFeature } from '../../src/customers';
import { startTestService, type TestBrand, type TestService } from '../support/test-service';
import {
  customerOperation,
  everything,
  find,
  identify,
  idOf,
  meOperation,
  tokenOf,
} from './people';

let t: TestService;
let brand: TestBrand;
let other: TestBrand;
let id: string;
let token: string;

const asha = { externalId: 'crm-1', email: 'asha@example.in', phone: '+919820012345' };

beforeAll(async () => {
  t = await startTestService();
  brand = await t.createBrand('tripkart');
  other = await t.createBrand('dailypaper');
  id = await idOf(t, brand, {
    ...asha,
    traits: { name: 'Asha Rao', tier: 'gold' },
    consents: [{ purpose: 'MESSAGES', granted: true }],
    confirmed: ['EMAIL'],
  });
  t.clock.offsetMs = 60_000;
  await identify(t, other, {
    externalId: 'dp-9',
    email: asha.email,
    phone: '+919820054321',
    traits: { name: 'A. Rao', note: 'private' },
    consents: [{ purpose: 'MESSAGES', granted: false }],
  });
  token = await tokenOf(t, brand, { id });
});

afterAll(() => t.close());

const entities = `
  query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on Customer { id externalId } } }`;

async function entitiesOf(
  bearer: string,
  keys: Record<string, unknown>[],
): Promise<({ id: string } | null)[]> {
  const representations = keys.map((key) => ({ __typename: 'Customer', ...key }));
  const { data, errors } = await t.runSubgraph(entities, { representations }, bearer);
  expect(errors).toBeUndefined();
  return data['_entities'] as ({ id: string } | null)[];
}

describe('a brand', () => {
  test('finds its customer by each of their keys, however they are written', async () => {
    const keys = [{ id }, { externalId: ' crm-1 ' }, { email: 'ASHA@example.in' }];
    for (const by of [...keys, { phone: '+91 98200 12345' }]) {
      expect(await find(t, brand.apiKey, by)).toMatchObject({ id, ...asha, name: 'Asha Rao' });
    }
  });

  test.each([
    ['an unknown id', { id: 'cus_01h455vb4pex5vsknk084sn02q' }],
    ['an id of another kind', { id: 'brd_01h455vb4pex5vsknk084sn02q' }],
    ['no id at all', { id: "' OR 1 = 1" }],
    ['an unknown externalId', { externalId: 'crm-2' }],
    ['a pattern', { externalId: 'crm%' }],
    ['NUL', { externalId: 'crm-1\u0000' }],
    ['half a surrogate pair', { externalId: '\udfff' }],
    ['a malformed e-mail', { email: 'asha' }],
    ['a malformed phone', { phone: '98200 12345' }],
  ])('finds nobody by %s', async (_, by) => {
    expect(await find(t, brand.apiKey, by)).toBeNull();
  });

  test.each([
    ['no key', {}],
    ['two keys', { id: 'cus_1', email: 'asha@example.in' }],
    ['a null key', { email: null }],
  ])('may not name a customer by %s', async (_, by) => {
    const { errors } = await t.run(customerOperation, { by }, brand.apiKey);
    expect(errors).toHaveLength(1);
  });

  test('is nobody’s me', async () => {
    await expect(t.run(meOperation, {}, brand.apiKey)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('the platform', () => {
  test('sees the id only, and finds by the id only', async () => {
    const nobody = { externalId: null, email: null, phone: null, name: null, createdAt: null };
    const empty = { traits: {}, identities: [], consents: [], relationships: [] };
    expect(await find(t, t.platformKey, { id })).toEqual({
      id,
      ...nobody,
      ...empty,
      relationship: null,
    });
    for (const by of [{ externalId: 'crm-1' }, { email: asha.email }, { phone: asha.phone }]) {
      expect(await find(t, t.platformKey, by)).toBeNull();
    }
    expect(await find(t, t.platformKey, { id: 'cus_01h455vb4pex5vsknk084sn02q' })).toBeNull();
  });
});

describe('the person', () => {
  test('sees what is theirs across brands, but not how another brand files them', async () => {
    const { data, errors } = await t.run(`{ me { ${everything} } }`, {}, token);

    expect(errors).toBeUndefined();
    expect(data['me']).toEqual({
      id,
      externalId: 'crm-1',
      email: asha.email,
      phone: '+919820054321',
      name: 'Asha Rao',
      traits: { name: 'Asha Rao', tier: 'gold' },
      createdAt: expect.any(String),
      identities: [
        expect.objectContaining({ value: '+919820054321', confirmedAt: null }),
        expect.objectContaining({ value: asha.email, confirmedAt: expect.any(String) }),
        expect.objectContaining({ value: asha.phone, confirmedAt: null }),
      ],
      consents: expect.arrayContaining([
        {
          purpose: 'MESSAGES',
          granted: true,
          brand: { slug: 'tripkart' },
          recordedAt: expect.any(String),
        },
        {
          purpose: 'MESSAGES',
          granted: false,
          brand: { slug: 'dailypaper' },
          recordedAt: expect.any(String),
        },
      ]),
      relationship: {
        externalId: 'crm-1',
        traits: { name: 'Asha Rao', tier: 'gold' },
        createdAt: expect.any(String),
        brand: { slug: 'tripkart' },
      },
      relationships: [
        {
          externalId: null,
          traits: {},
          createdAt: expect.any(String),
          brand: { slug: 'dailypaper' },
        },
        {
          externalId: 'crm-1',
          traits: { name: 'Asha Rao', tier: 'gold' },
          createdAt: expect.any(String),
          brand: { slug: 'tripkart' },
        },
      ],
    });
  });

  test('finds themselves by id, and nobody else', async () => {
    const meera = await idOf(t, brand, { externalId: 'crm-meera' });

    expect(await find(t, token, { id })).toMatchObject({ id });
    expect(await find(t, token, { id: meera })).toBeNull();
    expect(await find(t, token, { externalId: 'crm-meera' })).toBeNull();
    expect(await find(t, token, { email: asha.email })).toBeNull();
    expect(await entitiesOf(token, [{ id: meera }, { id }, { externalId: 'crm-meera' }])).toEqual([
      null,
      { id, externalId: 'crm-1' },
      null,
    ]);
  });

  test('the operation that asks who I am answers', async () => {
    const { data } = await t.run(meOperation, {}, token);
    expect(
      data['me'].relationships.map((it: { brand: { slug: string } }) => it.brand.slug),
    ).toEqual(['dailypaper', 'tripkart']);
  });
});

describe('a router', () => {
  test('gets customers by any key in the order it asked, in one statement', async () => {
    const meera = await idOf(t, brand, { externalId: 'crm-m', email: 'meera@example.in' });
    const caller = await t.service.authenticate({ authorization: `Bearer ${brand.apiKey}` });
    const context = t.service.contextFor(caller, 'request', t.service.log);
    const keys = [
      { email: 'MEERA@example.in' },
      { id },
      { externalId: 'nobody' },
      { externalId: 'crm-m' },
      { id: 'rubbish' },
      { id: 7 },
      { phone: asha.phone },
      JSON.parse(`{"email": "${asha.email}", "__proto__": {"id": "${meera}"}}`),
      { id },
    ];
    const found = await customersFeature.references['Customer']?.(keys, context);
    const statements = context.reads.statements;
    await context.reads.close();

    const ids = found?.map((customer) => (customer as { id: string } | null)?.id ?? null);
    expect(ids).toEqual([meera, id, null, meera, null, null, null, id, id]);
    expect(statements).toBe(1);
    expect(await entitiesOf(brand.apiKey, keys.slice(0, 4))).toEqual([
      { id: meera, externalId: 'crm-m' },
      { id, externalId: 'crm-1' },
      null,
      { id: meera, externalId: 'crm-m' },
    ]);
  });
});

describe('statements', () => {
  const page = `query ($first: Int) { customers(first: $first) { nodes { ${everything} } } }`;

  async function statementsFor(first: number): Promise<{ count: number; statements: number }> {
    const caller = await t.service.authenticate({ authorization: `Bearer ${brand.apiKey}` });
    const context = t.service.contextFor(caller, 'request', t.service.log);
    const { data } = await graphql({
      schema: t.service.publicSchema,
      source: page,
      variableValues: { first },
      contextValue: context,
    });
    const { statements } = context.reads;
    await context.reads.close();
    const { nodes } = data?.['customers'] as { nodes: unknown[] };
    return { count: nodes.length, statements };
  }

  test('one customer and fifty take three, and one for the brand', async () => {
    for (let at = 0; at < 50; at += 1) {
      await identify(t, brand, { externalId: `page-${at}`, email: `page-${at}@example.in` });
    }

    expect(await statementsFor(1)).toEqual({ count: 1, statements: 4 });
    expect(await statementsFor(50)).toEqual({ count: 50, statements: 4 });
  });
});
