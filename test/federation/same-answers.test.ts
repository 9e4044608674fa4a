import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { Kind, parse, type FieldNode, type OperationDefinitionNode } from 'graphql';
import { idKind } from '../../src/platform/ids';
import { doEverything } from '../promises/everything';
import { mutationCases } from '../promises/mutations';
import { Scene } from '../promises/scene';
import { startFederatedService, type FederatedService } from '../support/federated-service';
import { startHttpService, type Answer, type HttpService } from '../support/http-service';
import { newKey, type Data } from '../support/test-service';

const folder = 'schema/operations';
const published = readdirSync(folder)
  .filter((file) => file.endsWith('.graphql'))
  .map((file) => {
    const text = readFileSync(`${folder}/${file}`, 'utf8');
    const operation = parse(text).definitions.find(
      (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
    );
    const [field] = operation?.selectionSet.selections as FieldNode[];
    return { text, kind: operation?.operation, name: field?.name.value ?? '', operation, file };
  });

/** Adds to types of ours in every way, so that our operations are planned over three subgraphs. */
const shop = {
  sdl: `
    scalar EmailAddress
    type Query { hello: String node2: Node }
    interface Node { id: ID! }
    type Customer implements Node @key(fields: "id") { id: ID! tier: String }
    type Brand @key(fields: "slug") { slug: String! motto: String }
    type PageInfo @shareable { hasNextPage: Boolean! endCursor: String }
    type Mutation { shout: String }
    type Subscription { shouted: String }`,
};

let federated: FederatedService<'shop'>;
let plain: HttpService;
let scene: Scene;
let owned: Record<string, string[]>;
let token: string;
let person: { id: string; externalId: string };

beforeAll(async () => {
  // What is compiled at once beside a partner is never compiled alone.
  federated = await startFederatedService({ partners: { shop }, limits: { compileAfter: 0 } });
  plain = await startHttpService({
    database: federated.database,
    limits: { compiledOperations: 0 },
  });
  plain.service.config.publicUrl = federated.service.config.publicUrl;
  scene = await Scene.create(federated, 'same-answers');
  owned = await doEverything(scene);
  person = await scene.customer(30);
  token = await scene.tokenOf(person);
});
afterAll(async () => {
  await plain.close();
  await federated.close();
});

const prefixes: Record<string, string> = {
  claim: 'clm',
  earnRule: 'rul',
  emSeries: 'ems',
  exportJob: 'xpt',
  importJob: 'imp',
  incrementalRevenue: 'exp',
  journeyRun: 'jrn',
  nudgeLift: 'exp',
  segment: 'seg',
  ledgerTransfer: 'trf',
  magnet: 'mag',
  message: 'msg',
  messageRewardView: 'msg',
  messageRewardViews: 'msg',
  node: 'trf',
  qrCode: 'qrc',
  surpriseAudit: 'sup',
};

function variablesFor(name: string, file: string): Data {
  const prefix = prefixes[name];
  // Where nothing is there yet, both say so.
  const [uuid] = prefix === undefined ? [] : (owned[prefix] ?? [randomUUID()]);
  const id = uuid === undefined ? undefined : idKind(prefix ?? '').encode(uuid);
  const by = { externalId: person.externalId };
  if (name === 'simulateEarn') {
    return JSON.parse(
      readFileSync(`${folder}/${file.replace('.graphql', '.json')}`, 'utf8'),
    ) as Data;
  }
  return {
    id,
    poolId: id,
    messageId: id,
    by,
    customer: by,
    customers: [by],
    to: 'https://shop.example.in/',
    experiment: id,
    experimentId: id,
    channel: 'EMAIL',
    names: ['ORDERS', 'VERIFIED_EVENTS'],
    bucket: 'DAY',
    last: 7,
    model: 'VALUE_2021',
    basis: 'FIRST_ORDER',
    ...(name === 'brand' ? { to: { existingPercent: 25 } } : {}),
  };
}

/** What is told, but for when measures were taken. */
const seenOf = ({ status, json }: Answer): unknown => ({ status, json: untimed(json) });

const ofTheMoment = new Set(['asOf', 'window', 'at']);

function untimed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(untimed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => !ofTheMoment.has(key));
  return Object.fromEntries(entries.map(([key, inner]) => [key, untimed(inner)]));
}

const queries = published.filter(({ kind }) => kind === 'query');

test.each(queries.map((query) => [query.file, query] as const))(
  '%s answers everybody the same beside a partner as alone',
  async (_file, { text, name, file, operation }) => {
    const known = operation?.variableDefinitions?.map(({ variable }) => variable.name.value) ?? [];
    const all = variablesFor(name, file);
    const variables = Object.fromEntries(known.map((one) => [one, all[one] as unknown]));
    const bearers = [scene.brand.apiKey, token, federated.platformKey, undefined];
    const statuses: number[] = [];
    for (const bearer of bearers) {
      const alone = await plain.ask(text, variables, bearer);
      statuses.push(alone.status);
      expect(seenOf(await federated.ask(text, variables, bearer))).toEqual(seenOf(alone));
    }
    expect(statuses).toContain(200);
  },
);

const textOf = (mutation: string): string =>
  published.find(({ kind, name }) => kind === 'mutation' && name === mutation)?.text ?? '';

test.each(mutationCases.map((one) => [one.mutation, one] as const))(
  '%s is done once, whichever of the two is asked first, and refused alike',
  async (mutation, { by, done, refused }) => {
    const bearer = await scene.bearer(by);
    const ask = async (t: HttpService, input: Data): Promise<Answer> =>
      t.ask(textOf(mutation), { input }, bearer);
    const input = { ...(await done(scene)), idempotencyKey: newKey() };
    const first = await ask(federated, input);
    const second = await ask(plain, input);
    expect([first.data[mutation]?.replayed, second.data[mutation]?.replayed]).toEqual([
      false,
      true,
    ]);
    const asReplayed = { [mutation]: { ...first.data[mutation], replayed: true } };
    expect(second.data).toEqual(asReplayed);
    expect((await ask(federated, input)).data).toEqual(asReplayed);
    const wrong = { ...(await refused.input(scene)), idempotencyKey: newKey() };
    const refusal = await ask(federated, wrong);
    expect(refusal.data[mutation].userErrors).toMatchObject([{ code: refused.code }]);
    expect(seenOf(await ask(plain, { ...wrong, idempotencyKey: newKey() }))).toEqual(
      seenOf(refusal),
    );
  },
);

test('no partner was asked for any of it', () => {
  expect(federated.partners.shop.asked).toEqual([]);
});

test.each([
  [
    'a bad variable',
    'query ($first: Int) { customers(first: $first) { nodes { id } } }',
    { first: 'x' },
  ],
  ['a page too large', '{ customers(first: 5000) { nodes { id } } }', {}],
  ['a broken cursor', '{ customers(after: "broken") { nodes { id } } }', {}],
  ['no field of ours', '{ customers { nodes { id nothing } } }', {}],
  ['no document', '{ customers(', {}],
  ['two keys', '{ customer(by: { id: "a", email: "b@example.in" }) { id } }', {}],
  ['a root field of others', '{ me { id } }', {}],
])('%s is refused alike', async (_what, query, variables) => {
  const alone = await plain.ask(query, variables, scene.brand.apiKey);
  expect(alone.codes).not.toEqual([]);
  expect(seenOf(await federated.ask(query, variables, scene.brand.apiKey))).toEqual(seenOf(alone));
});
