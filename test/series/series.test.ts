import {
  newKey,
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';

const payloads = {
  createEmSeries: 'emSeries { id name dailySlot state }',
  updateEmSeries: 'emSeries { id name dailySlot state }',
  scheduleEm: 'seriesItem { id position subject link }',
  advanceEmSeries: 'emSeries { id }',
  identifyCustomer: 'customer { id }',
  recordMessage: 'message { id kind seriesItem { id position } }',
  recordDeliveries: 'recorded',
  recordAttention: 'grants { amount } streak { unit current }',
  upsertEarnRule: 'earnRule { id }',
};

let t: TestService;
let brand: TestBrand;
let other: TestBrand;

beforeAll(async () => {
  t = await startTestService();
  brand = await t.createBrand('letters', { budget: 10_000, timezone: 'Asia/Kolkata' });
  other = await t.createBrand('others');
});
afterAll(() => t.close());

async function call(mutation: keyof typeof payloads, input: Data, by = brand): Promise<Data> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) {
    ${payloads[mutation]} replayed userErrors { code field } } }`;
  const variables = { input: { idempotencyKey: newKey(), ...input } };
  const { data, errors } = await t.run(document, variables, by.apiKey);
  expect(errors).toBeUndefined();
  return data[mutation] as Data;
}

async function series(items = 3): Promise<{ id: string; items: string[] }> {
  const made = await call('createEmSeries', {
    externalId: newKey(),
    name: 'A word a day',
    dailySlot: '07:00',
  });
  const { id } = made['emSeries'] as { id: string };
  const ids: string[] = [];
  for (let n = 1; n <= items; n += 1) {
    const { seriesItem } = await call('scheduleEm', { seriesId: id, subject: `Word ${n}` });
    expect(seriesItem.position).toBe(n);
    ids.push(seriesItem.id as string);
  }
  return { id, items: ids };
}

async function customer(): Promise<{ externalId: string }> {
  const externalId = newKey();
  await call('identifyCustomer', { externalId });
  return { externalId };
}

async function send(seriesItemId: string, to: Data): Promise<string> {
  const { message } = await call('recordMessage', {
    externalId: newKey(),
    channel: 'EMAIL',
    seriesItemId,
  });
  expect(message).toMatchObject({ kind: 'EM', seriesItem: { id: seriesItemId } });
  await call('recordDeliveries', { messageId: message.id, customers: [to] });
  return message.id as string;
}

async function next(id: string, who: Data, by = brand): Promise<Data | null> {
  const { data } = await t.run(
    `query ($id: ID!, $who: CustomerBy!) { emSeries(id: $id) {
      items(first: 2) { nodes { position } pageInfo { hasNextPage } }
      nextFor(customer: $who) { position slotAt item { subject } } } }`,
    { id, who },
    by.apiKey,
  );
  return data['emSeries'] as Data | null;
}

const codes = (payload: Data) =>
  (payload['userErrors'] as { code: string }[]).map(({ code }) => code);

it('A customer gets the items in their order, one a day, and nothing after the last', async () => {
  const { id, items } = await series();
  const who = await customer();
  for (const [nth, item] of items.entries()) {
    const told = (await next(id, who)) as Data;
    expect(told['nextFor']).toMatchObject({
      position: nth + 1,
      item: { subject: `Word ${nth + 1}` },
    });
    // Seven in the morning in Kolkata.
    expect(told['nextFor'].slotAt).toMatch(/T01:30:00.000Z$/);
    await send(item, who);
  }
  expect(await next(id, who)).toMatchObject({
    items: { nodes: [{ position: 1 }, { position: 2 }], pageInfo: { hasNextPage: true } },
    nextFor: null,
  });
});

it('What bounced is still to come, and who is moved on is not sent what lies behind', async () => {
  const { id, items } = await series();
  const who = await customer();
  const messageId = await send(items[0] as string, who);
  expect(await next(id, who)).toMatchObject({ nextFor: { position: 2 } });
  await call('recordDeliveries', { messageId, customers: [who], state: 'BOUNCED' });
  expect(await next(id, who)).toMatchObject({ nextFor: { position: 1 } });
  await call('advanceEmSeries', { seriesId: id, customer: who, position: 2 });
  await call('advanceEmSeries', { seriesId: id, customer: who, position: 1 });
  expect(await next(id, who)).toMatchObject({ nextFor: { position: 3 } });
});

it('A paused series sends nothing until it goes on, and an ended one never again', async () => {
  const { id } = await series(1);
  const who = await customer();
  await call('updateEmSeries', { id, state: 'PAUSED' });
  expect(await next(id, who)).toMatchObject({ nextFor: null });
  const moved = await call('updateEmSeries', { id, state: 'ACTIVE', dailySlot: '08:30' });
  expect(moved['emSeries']).toMatchObject({ dailySlot: '08:30', name: 'A word a day' });
  expect((await next(id, who))?.['nextFor'].slotAt).toMatch(/T03:00:00.000Z$/);
  await call('updateEmSeries', { id, state: 'ENDED' });
  expect(await next(id, who)).toMatchObject({ nextFor: null });
  expect(codes(await call('updateEmSeries', { id, state: 'ACTIVE' }))).toEqual([
    'ALREADY_RESOLVED',
  ]);
  expect(codes(await call('scheduleEm', { seriesId: id, subject: 'x' }))).toEqual([
    'ALREADY_RESOLVED',
  ]);
});

it('A series and its items are their brand’s, and to another brand as if they were not', async () => {
  const { id, items } = await series(1);
  const who = await customer();
  expect(await next(id, who, other)).toBeNull();
  for (const [mutation, input] of [
    ['updateEmSeries', { id, name: 'mine' }],
    ['scheduleEm', { seriesId: id, subject: 'mine' }],
    ['advanceEmSeries', { seriesId: id, customer: who, position: 1 }],
    ['recordMessage', { externalId: newKey(), channel: 'EMAIL', seriesItemId: items[0] }],
  ] as const) {
    expect(codes(await call(mutation, input, other))).toEqual(['NOT_FOUND']);
  }
});

it('What makes no sense is refused with a code', async () => {
  const { id } = await series(1);
  const who = await customer();
  const made = { externalId: newKey(), name: 'A', dailySlot: '07:00' };
  expect(codes(await call('createEmSeries', { ...made, dailySlot: '7' }))).toEqual([
    'INVALID_VALUE',
  ]);
  expect(codes(await call('createEmSeries', { ...made, name: ' ' }))).toEqual(['INVALID_TEXT']);
  await call('createEmSeries', made);
  expect(codes(await call('createEmSeries', made))).toEqual(['ALREADY_EXISTS']);
  const link = 'http://example.in/';
  expect(codes(await call('scheduleEm', { seriesId: id, subject: 'x', link }))).toEqual([
    'INVALID_VALUE',
  ]);
  for (const position of [0, 2]) {
    const move = { seriesId: id, customer: who, position };
    expect(codes(await call('advanceEmSeries', move))).toEqual(['INVALID_VALUE']);
  }
});

it('A streak of a series counts its own messages and no others', async () => {
  await call('upsertEarnRule', {
    name: 'words',
    action: 'OPEN',
    amount: 1,
    streak: { unit: 'SERIES' },
  });
  const [one, two] = [await series(), await series()];
  const who = await customer();
  const open = async (messageId: string) =>
    (await call('recordAttention', { customer: who, messageId, action: 'OPEN' }))['streak'] as Data;
  expect(await open(await send(one.items[0] as string, who))).toEqual({
    unit: 'SERIES',
    current: 1,
  });
  expect(await open(await send(two.items[0] as string, who))).toEqual({
    unit: 'SERIES',
    current: 1,
  });
  expect(await open(await send(one.items[1] as string, who))).toEqual({
    unit: 'SERIES',
    current: 2,
  });
  const { message } = await call('recordMessage', { externalId: newKey(), channel: 'EMAIL' });
  await call('recordDeliveries', { messageId: message.id, customers: [who] });
  expect(await open(message.id as string)).toBeNull();
  expect(await open(await send(one.items[2] as string, who))).toEqual({
    unit: 'SERIES',
    current: 3,
  });
});
