import { codesOf, must, send } from '../promises/operations';
import { Scene } from '../promises/scene';
import { unmergeAs } from '../merging/merges';
import { newKey, startTestService, type Data, type TestService } from '../support/test-service';

let t: TestService;
let here: Scene;
let there: Scene;
const room = 3;

beforeAll(async () => {
  t = await startTestService({ limits: { identitiesPerKind: room } });
  here = await Scene.create(t, 'pageturn');
  there = await Scene.create(t, 'other');
});
afterAll(() => t.close());

const identify = (input: object, scene = here) =>
  send(t, scene.brand.apiKey, 'identifyCustomer', { ...input, idempotencyKey: newKey() });
const idOf = async (input: object, scene = here) =>
  (await identify(input, scene))['customer'].id as string;
const look = (by: object) =>
  must(t, here.brand.apiKey, 'recordAttention', {
    customer: by,
    action: 'SCAN',
    idempotencyKey: newKey(),
  });

async function seen(by: object, scene = here): Promise<Data> {
  const text = `query ($by: CustomerBy!) { customer(by: $by) { id externalId wallet { balance }
    attention(first: 50) { nodes { id } } identities { kind value level }
    relationship { identityHistory(first: 50) { nodes { kind value change level source merge { id } } } } } }`;
  return (await t.run(text, { by }, scene.brand.apiKey)).data['customer'] as Data;
}
const historyOf = (customer: Data) =>
  customer['relationship'].identityHistory.nodes
    .map((one: Data) => `${one['kind']} ${one['change']} ${one['source']}`)
    .sort();

test('a visitor of whom only a device is known is a customer, found by it', async () => {
  const deviceId = here.name();
  const id = await idOf({ deviceId });
  await look({ deviceId });
  const visitor = await seen({ deviceId });
  expect(visitor).toMatchObject({ id, externalId: null, wallet: { balance: 10 } });
  expect(visitor['identities']).toEqual([{ kind: 'DEVICE', value: deviceId, level: 'CLAIMED' }]);
  expect(await seen({ deviceId }, there)).toBeNull();
  expect(await idOf({ deviceId }, there)).not.toBe(id);
});

test('the visitor becomes known when a call names them, and keeps what they did', async () => {
  const [deviceId, externalId] = [here.name(), here.name()];
  const id = await idOf({ deviceId });
  await look({ deviceId });
  expect(await idOf({ deviceId, externalId, email: `${externalId}@shop.in` })).toBe(id);
  const known = await seen({ externalId });
  expect(known['attention'].nodes).toHaveLength(1);
});

test('the visitor becomes the customer whom the brand knows already, and can be parted again', async () => {
  const [deviceId, externalId] = [here.name(), here.name()];
  const visitor = await idOf({ deviceId, appId: here.name() });
  await look({ deviceId });
  const customer = await idOf({ externalId });
  await look({ externalId });
  expect(await idOf({ externalId, deviceId })).toBe(customer);
  const whole = await seen({ deviceId });
  expect(whole).toMatchObject({ id: customer, externalId, wallet: { balance: 20 } });
  expect(whole['attention'].nodes).toHaveLength(2);
  expect(historyOf(whole)).toEqual([
    'APP LINKED BRAND',
    'APP MOVED MERGE',
    'DEVICE LINKED BRAND',
    'DEVICE MOVED MERGE',
  ]);
  const { merge } = whole['relationship'].identityHistory.nodes.find(
    (one: Data) => one['merge'] !== null,
  );
  expect(codesOf(await unmergeAs(t, here.brand.apiKey, merge.id as string))).toEqual([]);
  const parted = await seen({ deviceId });
  expect(parted).toMatchObject({ id: visitor, externalId: null, wallet: { balance: 10 } });
  expect(historyOf(parted)).toEqual([
    'APP LINKED BRAND',
    'APP RETURNED MERGE',
    'DEVICE LINKED BRAND',
    'DEVICE RETURNED MERGE',
  ]);
  expect(await seen({ externalId })).toMatchObject({ id: customer, wallet: { balance: 10 } });
});

test('a device that two known people share stays whose it was, and refuses nobody', async () => {
  const deviceId = here.name();
  const first = await idOf({ externalId: here.name(), deviceId });
  const second = await identify({ externalId: here.name(), deviceId });
  expect(second['userErrors']).toEqual([]);
  expect(second['customer'].id).not.toBe(first);
  expect(await seen({ deviceId })).toMatchObject({ id: first });
});

test('in one batch too the visitor is the customer a later call names', async () => {
  const [deviceId, externalId] = [here.name(), here.name()];
  await Promise.all([identify({ deviceId }), identify({ externalId })]);
  const both = await Promise.all([
    identify({ externalId, deviceId }),
    identify({ deviceId, traits: { a: 1 } }),
    identify({ externalId, traits: { b: 2 } }),
  ]);
  expect(new Set(both.map((one) => one['customer'].id)).size).toBe(1);
});

test('each identity says how sure it is, and its history why', async () => {
  const externalId = here.name();
  const [email, phone] = [`${externalId}@shop.in`, '+919820012399'];
  await identify({ externalId, email, phone, confirmed: ['PHONE'] });
  const begun = await must(t, here.brand.apiKey, 'linkIdentity', {
    customer: { externalId },
    email,
    idempotencyKey: newKey(),
  });
  await must(t, here.brand.apiKey, 'confirmIdentity', {
    confirmationId: begun['confirmation'].id,
    code: begun['code'],
    idempotencyKey: newKey(),
  });
  const customer = await seen({ externalId });
  expect(customer['identities']).toEqual(
    expect.arrayContaining([
      { kind: 'EMAIL', value: email, level: 'PROVEN' },
      { kind: 'PHONE', value: phone, level: 'CONFIRMED' },
    ]),
  );
  expect(historyOf(customer)).toEqual([
    'EMAIL CONFIRMED PROOF',
    'EMAIL LINKED BRAND',
    'PHONE LINKED BRAND',
  ]);
});

test(`a customer has ${room} identities of a kind and no more`, async () => {
  const externalId = here.name();
  for (let n = 0; n < room; n += 1) {
    expect(
      codesOf(
        await identify({ externalId, deviceId: here.name(), email: `${here.name()}@shop.in` }),
      ),
    ).toEqual([]);
  }
  const more = await identify({ externalId, deviceId: here.name() });
  expect(more['userErrors']).toMatchObject([{ code: 'LIMIT_EXCEEDED', field: ['deviceId'] }]);
  const link = {
    customer: { externalId },
    email: `${here.name()}@shop.in`,
    idempotencyKey: newKey(),
  };
  expect(codesOf(await send(t, here.brand.apiKey, 'linkIdentity', link))).toEqual([
    'LIMIT_EXCEEDED',
  ]);
});

test('what stands for nobody is refused at every door that makes or links people', async () => {
  const nobodies: [object, string][] = [
    [{ externalId: 'null' }, 'externalId'],
    [{ externalId: '{{user_id}}' }, 'externalId'],
    [{ deviceId: '00000000-0000-0000-0000-000000000000' }, 'deviceId'],
    [{ appId: 'undefined' }, 'appId'],
    [{ email: 'test@test.com' }, 'email'],
    [{ phone: '+919999999999' }, 'phone'],
  ];
  for (const [input, field] of nobodies) {
    expect((await identify(input))['userErrors']).toMatchObject([
      { code: 'PLACEHOLDER_IDENTITY', field: [field] },
    ]);
  }
  const { id } = await here.customer();
  const link = { customer: { id }, email: 'noreply@shop.in', idempotencyKey: newKey() };
  expect(codesOf(await send(t, here.brand.apiKey, 'linkIdentity', link))).toEqual([
    'PLACEHOLDER_IDENTITY',
  ]);
});
