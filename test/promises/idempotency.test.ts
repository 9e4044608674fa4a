import { getNamedType, type GraphQLObjectType } from 'graphql';
import { dump } from '../support/dump';
import { selectAll } from '../support/select-all';
import { newKey, startTestService, type Data, type TestService } from '../support/test-service';
import { batches } from './batches';
import { Chance } from './economy/chance';
import { mutationCases, type MutationCase } from './mutations';
import { codesOf, send, sendUntilAnswered } from './operations';
import { goneSince, recorded, sendAgain, type Recorded } from './recording';
import { Scene, type Person } from './scene';

const kept: Recorded[] = [];
let t: TestService;
let scene: Scene;

beforeAll(async () => {
  t = recorded(await startTestService(), kept);
  scene = await Scene.create(t, 'first-brand');
});

afterAll(() => t.close());

type Input = Record<string, unknown>;

function mutationType(): GraphQLObjectType {
  return t.service.publicSchema.getMutationType() as GraphQLObjectType;
}

const documents = new Map<string, string>();

/** A mutation that asks for everything it can tell. */
function documentFor({ mutation }: Pick<MutationCase, 'mutation'>): string {
  const known = documents.get(mutation);
  if (known !== undefined) return known;
  const field = mutationType().getFields()[mutation]!;
  const payload = getNamedType(field.type).name;
  // What a brand has is read live, and another experiment of it is another thing it has.
  const everything = selectAll(t.service.publicSchema, payload, 3, ['Experiment.brand']);
  const document = `mutation ($input: ${String(field.args[0]?.type)}) {
    ${mutation}(input: $input) ${everything} }`;
  documents.set(mutation, document);
  return document;
}

async function tell(one: MutationCase, input: Input): Promise<Data> {
  const bearer = await scene.bearer(one.by);
  const { data, errors } = await t.run(documentFor(one), { input }, bearer);
  expect(errors).toBeUndefined();
  return data[one.mutation] as Data;
}

it('has a case for every mutation of the schema', () => {
  const covered = [
    ...mutationCases.map(({ mutation }) => mutation),
    ...batches.map(({ mutation }) => mutation),
  ];
  expect(Object.keys(mutationType().getFields()).sort()).toEqual(covered.sort());
});

describe.each(mutationCases)('$mutation', (one) => {
  const anotherMutation = mutationCases.find(
    ({ by, mutation }) => by === one.by && mutation !== one.mutation,
  );

  it('is done once under its key: the same input, in whatever order, is told the first answer to the letter, any other is refused, and nothing changes (P5, P6, I1, I2, I4)', async () => {
    const idempotencyKey = newKey();
    const input = { ...(await one.done(scene)), idempotencyKey };
    const elsewhere = { ...(await anotherMutation!.done(scene)), idempotencyKey };
    const first = await tell(one, input);
    expect(first).toMatchObject({ replayed: false, userErrors: [] });
    const before = await dump(t.database);
    expect(await tell(one, input)).toEqual({ ...first, replayed: true });
    const changed = await tell(one, { ...input, ...one.change });
    expect({ codes: codesOf(changed), replayed: changed['replayed'] }).toEqual({
      codes: ['IDEMPOTENCY_KEY_REUSED'],
      replayed: false,
    });
    expect(codesOf(await tell(anotherMutation!, elsewhere))).toEqual(['IDEMPOTENCY_KEY_REUSED']);
    await expectBadKeysRefused(one, input);
    expect(await tell(one, turned(input) as Input)).toEqual({ ...first, replayed: true });
    expect(await dump(t.database)).toEqual(before);
  });

  it('is refused once under its key, in the same words whenever it is sent again (P5)', async () => {
    const idempotencyKey = newKey().repeat(6).slice(0, 200);
    const input = { ...(await one.refused.input(scene)), idempotencyKey };
    const first = await tell(one, input);
    expect(codesOf(first)).toEqual([one.refused.code]);
    expect(first['replayed']).toBe(false);
    const before = await dump(t.database);
    expect(await tell(one, input)).toEqual({ ...first, replayed: true });
    expect(await dump(t.database)).toEqual(before);
  });
});

const badKeys = ['', 'short-1', 'k'.repeat(201), 'line\nbreak', 'nul\u0000char', 'ключ-из-букв'];

/** I4: a key has 8 to 200 printable characters. */
async function expectBadKeysRefused(one: MutationCase, input: Input): Promise<void> {
  const field = mutationType().getFields()[one.mutation]!;
  const document = `mutation ($input: ${String(field.args[0]?.type)}) {
    ${one.mutation}(input: $input) { replayed } }`;
  const bearer = await scene.bearer(one.by);
  for (const idempotencyKey of badKeys) {
    const { errors } = await t.run(document, { input: { ...input, idempotencyKey } }, bearer);
    expect(errors?.map(({ message }) => message)).toEqual([
      'idempotencyKey must be 8 to 200 printable ASCII characters',
    ]);
  }
}

/** The same JSON with the keys of every object in reverse. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, inner]) => [name, turned(inner)]),
  );
}

describe('64 at once with one key', () => {
  let second: TestService;
  let customer: Person;

  beforeAll(async () => {
    second = await startTestService({ database: t.database });
    customer = await scene.customer(100);
  });

  afterAll(() => second.close());

  const storms: { write: Parameters<typeof send>[2]; input: () => Promise<Input> }[] = [
    { write: 'recordAttention', input: async () => ({ customer: byName(), action: 'SCAN' }) },
    {
      write: 'redeem',
      input: async () => ({ customer: byName(), amount: 7, description: 'a cup of tea' }),
    },
    {
      write: 'recordMessage',
      input: async () => ({ externalId: scene.name(), channel: 'SMS', openMu: 1, audience: 2 }),
    },
    { write: 'captureRedemption', input: async () => ({ id: await scene.redemption() }) },
    {
      write: 'reverseTransfer',
      input: async () => ({ id: await scene.grant(), reason: 'a mistake' }),
    },
  ];

  const byName = () => ({ externalId: customer.externalId });

  async function countTransfers(): Promise<number> {
    const [row] = await t.database.query<{ count: string }>('SELECT count(*) FROM transfers');
    return Number(row?.count);
  }

  it.each(storms)(
    '$write has one effect and 64 equal answers, over two processes (P4, I3)',
    async (storm) => {
      const input = { ...(await storm.input()), idempotencyKey: newKey() };
      const before = await countTransfers();
      const answers = await Promise.all(
        Array.from({ length: 64 }, (_, at) =>
          sendUntilAnswered(at % 2 === 0 ? t : second, scene.brand.apiKey, storm.write, input),
        ),
      );
      const first = answers.filter(({ replayed }) => replayed === false);
      expect(first.length).toBeLessThanOrEqual(1);
      expect(codesOf(answers[0]!)).toEqual([]);
      const same = { ...answers[0], replayed: expect.any(Boolean) as boolean };
      for (const answer of answers) expect(answer).toEqual(same);
      expect(await countTransfers()).toBe(before + 1);
    },
  );

  it('one key many times in one list is one event (P4)', async () => {
    const document = `mutation ($input: RecordAttentionBatchInput!) { recordAttentionBatch(input: $input) {
      results { event { id } grants { amount } replayed userErrors { code } } } }`;
    const event = { customer: byName(), action: 'SCAN', idempotencyKey: newKey() };
    const input = { events: Array.from({ length: 64 }, () => event) };
    const { data } = await t.run(document, { input }, scene.brand.apiKey);
    const results = data['recordAttentionBatch'].results as Data[];
    expect(new Set(results.map(({ event: stored }) => stored.id)).size).toBe(1);
    expect(results.filter(({ replayed }) => replayed === false)).toHaveLength(1);
  });

  it('whatever comes in one batch, each is answered as if it had come alone (P5, P6)', async () => {
    const idempotencyKey = newKey();
    const scan = { customer: byName(), action: 'SCAN', idempotencyKey };
    const first = await send(t, scene.brand.apiKey, 'recordAttention', scan);
    const [poisoned, again, poisonedAgain] = await Promise.all(
      [{ ...scan, durationMs: 7 }, scan, { ...scan, durationMs: 7 }].map((input) =>
        send(t, scene.brand.apiKey, 'recordAttention', input),
      ),
    );
    expect(codesOf(poisoned!)).toEqual(['IDEMPOTENCY_KEY_REUSED']);
    expect(again).toEqual({ ...first, replayed: true });
    expect(poisonedAgain).toEqual(poisoned);
  });
});

describe('later', () => {
  it('a refusal stays a refusal when the Mu has come, and a new key is judged anew (P5, I5)', async () => {
    const { externalId } = await scene.customer();
    const input = { customer: { externalId }, amount: 10, description: 'a cup of tea' };
    const poor = { ...input, idempotencyKey: newKey() };
    const refusal = await send(t, scene.brand.apiKey, 'redeem', poor);
    expect(codesOf(refusal)).toEqual(['INSUFFICIENT_MU']);
    await scene.grantTo({ externalId });
    expect(await send(t, scene.brand.apiKey, 'redeem', poor)).toEqual({
      ...refusal,
      replayed: true,
    });
    const anew = await send(t, scene.brand.apiKey, 'redeem', {
      ...input,
      idempotencyKey: newKey(),
    });
    expect(codesOf(anew)).toEqual([]);
  });

  it('an answer is the same after everything has moved on, also of another process (P5, I1)', async () => {
    const { externalId } = await scene.customer(30);
    const customer = { externalId };
    const key = scene.brand.apiKey;
    const scan = { customer, action: 'SCAN', idempotencyKey: newKey() };
    const redeem = { customer, amount: 5, description: 'a cup of tea', idempotencyKey: newKey() };
    const scanned = await send(t, key, 'recordAttention', scan);
    const redeemed = await send(t, key, 'redeem', redeem);
    const capture = { id: redeemed['redemption'].id, idempotencyKey: newKey() };
    const captured = await send(t, key, 'captureRedemption', capture);
    await scene.grantTo(customer);
    await send(t, key, 'reverseTransfer', {
      id: captured['transfer'].id,
      reason: 'a mistake',
      idempotencyKey: newKey(),
    });
    t.clock.offsetMs += 40 * 86_400_000;
    const second = await startTestService({ database: t.database });
    try {
      expect(await send(t, key, 'recordAttention', scan)).toEqual({ ...scanned, replayed: true });
      expect(await send(second, key, 'redeem', redeem)).toEqual({ ...redeemed, replayed: true });
      expect(await send(second, key, 'captureRedemption', capture)).toEqual({
        ...captured,
        replayed: true,
      });
    } finally {
      t.clock.offsetMs = 0;
      await second.close();
    }
  });
});

/** What a recorded mutation was told of each thing it was to do. */
const payloadsOf = ({ mutation, answer }: Recorded): Data[] => {
  const payload = answer.data[mutation] as Data | null | undefined;
  return (payload?.['results'] as Data[] | undefined) ?? (payload == null ? [] : [payload]);
};

const isKept = (mutation: string, refused: boolean): boolean =>
  kept.some(
    (one) =>
      one.mutation === mutation &&
      payloadsOf(one).some(({ userErrors = [] }) => userErrors.length > 0 === refused),
  );

/** Records what no test has sent so far, so that each mutation is there done and refused. */
async function recordTheRest(): Promise<void> {
  for (const one of mutationCases) {
    const { mutation, done, refused } = one;
    if (!isKept(mutation, false))
      await tell(one, { ...(await done(scene)), idempotencyKey: newKey() });
    const input = { ...(await refused.input(scene)), idempotencyKey: newKey() };
    if (!isKept(mutation, true)) await tell(one, input);
  }
  for (const { mutation, list, single } of batches) {
    const { by, done, refused } = mutationCases.find((one) => one.mutation === single)!;
    const inputs = [await done(scene), await refused.input(scene)];
    const input = { [list]: inputs.map((each) => ({ ...each, idempotencyKey: newKey() })) };
    const bearer = await scene.bearer(by);
    await t.run(documentFor({ mutation }), { input }, bearer);
  }
}

it('all that was sent of every mutation, sent again in another order when everything has moved on, is answered as it was and changes nothing (P5, I1, I5, d5)', async () => {
  await recordTheRest();
  const every = Object.keys(mutationType().getFields());
  expect(every.filter((name) => !isKept(name, false) || !isKept(name, true))).toEqual([]);
  const before = await dump(t.database);
  const rest = new Chance(20_261_122).shuffled(kept);
  const gone = goneSince(rest);
  while (rest.length > 0) {
    const answers = await Promise.all(rest.splice(0, 50).map((one) => sendAgain(t, one, gone)));
    expect(answers.map(({ now }) => now)).toEqual(answers.map(({ then }) => then));
  }
  expect(await dump(t.database)).toEqual(before);
}, 120_000);
