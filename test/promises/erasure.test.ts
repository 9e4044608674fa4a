import { transferId } from '../../src/ledger';
import { getNamedType, type GraphQLInputObjectType } from 'graphql';
import { eraseAs, followUp, tablesWith } from '../privacy/people';
import { newKey, startTestService, type TestService } from '../support/test-service';
import { assertBooks } from '../support/invariants';
import { mutationCases } from './mutations';
import { Scene, type Person } from './scene';

const canary = 'canary-4f1d';

/** Texts by which a brand names things of its own, not people: they stay. */
const ofBrand = [
  'recordOrder.campaign',
  'recordAcquisition.campaign',
  'recordAttention.channel',
  'velvetGrantPerk.name',
];

let t: TestService;
let scene: Scene;
let person: Person;

beforeAll(async () => {
  t = await startTestService();
  scene = await Scene.create(t, 'first-brand');
  const { customer } = await scene.do('identifyCustomer', {
    externalId: canary,
    email: `${canary}@example.in`,
    phone: '+919876512345',
    deviceId: `${canary}-device`,
    traits: { name: canary },
  });
  person = { id: customer.id as string, externalId: canary };
  for (let given = 0; given < 20; given += 1) await scene.grantTo({ externalId: canary });
});

afterAll(() => t.close());

/** Fields of a mutation's input that name a customer, and those that take any text. */
function fieldsOf(mutation: string): { people: string[]; texts: [name: string, json: boolean][] } {
  const field = t.service.publicSchema.getMutationType()!.getFields()[mutation]!;
  const input = getNamedType(field.args[0]!.type) as GraphQLInputObjectType;
  const fields = Object.values(input.getFields());
  const ofType = (name: string) =>
    fields.filter((one) => getNamedType(one.type).name === name).map((one) => one.name);
  return {
    people: ofType('CustomerBy'),
    texts: [
      ...ofType('String').map((name): [string, boolean] => [name, false]),
      ...ofType('JSONObject').map((name): [string, boolean] => [name, true]),
    ].filter(([name]) => name !== 'idempotencyKey'),
  };
}

/** Says the canary's name in every text of every mutation about them; answers those that took it. */
async function saysCanaryEverywhere(): Promise<string[]> {
  const taken: string[] = [];
  for (const one of mutationCases) {
    if (/^(erase|merge|optOut)/.test(one.mutation) || one.by !== 'brand') continue;
    const { people, texts } = fieldsOf(one.mutation);
    const [about] = people;
    for (const [name, json] of about === undefined ? [] : texts) {
      const place = `${one.mutation}.${name}`;
      if (ofBrand.includes(place)) continue;
      const input = {
        ...(await one.done(scene)),
        [about as string]: { id: person.id },
        [name]: json ? { note: canary } : `${canary} ${taken.length}`,
        idempotencyKey: newKey(),
      };
      const type = `${one.mutation.charAt(0).toUpperCase()}${one.mutation.slice(1)}Input`;
      const { data, errors } = await t.run(
        `mutation ($input: ${type}!) { ${one.mutation}(input: $input) { userErrors { code } } }`,
        { input },
        scene.brand.apiKey,
      );
      if (errors === undefined && data[one.mutation].userErrors.length === 0) taken.push(place);
    }
  }
  return taken;
}

it('P17: erases a person so that no word of them is anywhere, and the books balance', async () => {
  const taken = await saysCanaryEverywhere();
  expect(taken).toEqual(
    expect.arrayContaining([
      'recordAttention.properties',
      'recordOrder.externalId',
      'redeem.description',
      'requestAdjustment.reason',
    ]),
  );
  const other = await scene.customer(20);
  await t.run(
    `mutation ($input: MergeCustomersInput!) { mergeCustomers(input: $input) { merge { id } } }`,
    {
      input: {
        ...{ from: { id: other.id }, into: { id: person.id } },
        ...{ reason: canary, idempotencyKey: newKey() },
      },
    },
    scene.brand.apiKey,
  );
  const [paid] = await t.database.query<{ id: string }>(
    `SELECT f.id FROM transfers f JOIN relationships r USING (customer_id)
     WHERE r.external_id = $1 AND f.kind = 'GRANT' LIMIT 1`,
    [canary],
  );
  await scene.do('reverseTransfer', { id: transferId.encode(paid!.id), reason: canary });
  const words = [canary, '9876512345'];
  expect(Object.keys(await tablesWith(t, words))).toEqual(
    expect.arrayContaining(['relationships', 'merge_log', 'attention_events', 'transfers']),
  );
  const { erasure, userErrors } = await eraseAs(t, scene.brand.apiKey, { id: person.id });
  expect(userErrors).toEqual([]);
  expect(erasure.extinguished).toBeGreaterThan(0);
  expect(await tablesWith(t, words)).toEqual({});
  await followUp(t);
  expect(await tablesWith(t, words)).toEqual({});
  await assertBooks(t.database);
});

it('I6: replays what an erased customer was answered, without a word of them', async () => {
  const idempotencyKey = newKey();
  const email = 'gone-9c2e@example.in';
  const text = `mutation ($input: IdentifyCustomerInput!) { identifyCustomer(input: $input) {
    customer { id email } replayed userErrors { code } } }`;
  const send = () => t.run(text, { input: { email, idempotencyKey } }, scene.brand.apiKey);
  const { data } = await send();
  await eraseAs(t, scene.brand.apiKey, { id: data['identifyCustomer'].customer.id });
  const replay = await send();
  expect(replay.errors).toBeUndefined();
  expect(replay.data['identifyCustomer']).toEqual({
    customer: null,
    replayed: true,
    userErrors: [],
  });
});
