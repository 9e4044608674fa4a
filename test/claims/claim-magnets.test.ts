import { startTestService, type Data, type TestService } from '../support/test-service';
import { does } from '../message-view/mail';
import { ClaimDesk, codesOf } from './desk';

const day = 86_400_000;
const right = { quiz: [1, 0, 1] };
const question = { text: 'Who?', options: ['Asha', 'Ravi'] };
const questions = right.quiz.map((place, at) => ({ ...question, text: `${at}?`, right: place }));
const quiz = { quiz: { questions, muPerRight: 10 } };

let t: TestService;
let desk: ClaimDesk;
let other: ClaimDesk;
let made = 0;

beforeAll(async () => {
  t = await startTestService();
  desk = new ClaimDesk(t, await t.createBrand('pageturn', { budget: 100_000 }));
  other = new ClaimDesk(t, await t.createBrand('other', { budget: 100 }));
});
afterEach(() => (t.clock.offsetMs = 0));
afterAll(() => t.close());

async function magnet(content: object = quiz, more: object = {}, by = desk): Promise<string> {
  const draft = { externalId: `magnet-${(made += 1)}`, title: 'A quiz', content, ...more };
  const { magnet: one } = await does(t, by.brand, 'createMagnet', draft, 'magnet { id }');
  return one.id as string;
}

/** A code that pays for an answer alone, unless said otherwise. */
async function codeFor(magnetId: string, input: object = {}): Promise<string> {
  return desk.code({ mu: undefined, magnetId, ...input });
}

async function answer(code: string, given: object = right): Promise<Data> {
  const { claim } = await desk.run('openClaim', { code });
  return desk.run('answerClaim', { claimId: claim.id, answer: given });
}

/** Binds the claim of an answer to a customer. */
function bind(answered: Data, id: string): Promise<Data> {
  return desk.run('bindClaim', { claimId: answered['claim'].id, customer: { id } });
}

async function statement(id: string): Promise<Data[]> {
  const document = `query ($by: CustomerBy!) { customer(by: $by) { wallet { statement { nodes {
    amount reason event { action } } } } } }`;
  const { data } = await t.run(document, { by: { id } }, desk.brand.apiKey);
  return data['customer'].wallet.statement.nodes as Data[];
}

async function stored(): Promise<string> {
  const rows = await t.database.query(
    `SELECT to_jsonb(c)::text AS text FROM claims c
     UNION ALL SELECT to_jsonb(k)::text FROM idempotency_keys k
     UNION ALL SELECT to_jsonb(o)::text FROM outbox o`,
  );
  return JSON.stringify(rows);
}

test('a code takes an open magnet of its brand, without stakes and in no message', async () => {
  const { message } = await desk.run('recordMessage', { externalId: 'm', channel: 'QR' });
  const prediction = { question: 'Who?', options: ['A', 'B'], muForAnswering: 1, muForRight: 2 };
  const closed = await magnet();
  await does(t, desk.brand, 'closeMagnet', { id: closed });
  const wrong: [string | undefined, string][] = [
    [undefined, 'INVALID_VALUE'],
    ['mag_01h455vb4pex5vsknk084sn02q', 'NOT_FOUND'],
    ['nonsense', 'NOT_FOUND'],
    [await magnet(quiz, {}, other), 'NOT_FOUND'],
    [closed, 'MAGNET_CLOSED'],
    [await magnet({ prediction: { ...prediction, allowsStake: true } }), 'INVALID_VALUE'],
    [await magnet(quiz, { messageId: message.id }), 'INVALID_VALUE'],
  ];
  for (const [magnetId, code] of wrong) {
    const input = { code: `no-${(made += 1)}`, name: 'A chapter', magnetId };
    const refused = await desk.run('createQrCode', input);
    expect([magnetId, refused['qrCode'], codesOf(refused)]).toEqual([magnetId, null, [code]]);
  }
  const magnetId = await magnet({ prediction });
  const document = `mutation ($input: CreateQrCodeInput!) { createQrCode(input: $input) {
    qrCode { mu magnet { id title } } userErrors { code } } }`;
  const input = {
    code: 'yes',
    name: 'A chapter',
    magnetId,
    idempotencyKey: 'a code with a magnet',
  };
  const { data } = await t.run(document, { input }, desk.brand.apiKey);
  expect(data['createQrCode'].qrCode).toEqual({ mu: 0, magnet: { id: magnetId, title: 'A quiz' } });
});

test('an answer sets aside what it is worth, beside what the scan pays', async () => {
  const code = await codeFor(await magnet(), { mu: 20 });
  const before = await desk.funds();
  expect((await answer(code))['claim']).toMatchObject({ state: 'PENDING', mu: 50 });
  expect((await answer(code, { quiz: [1, 0, 0] }))['claim']).toMatchObject({ mu: 40 });
  expect(await desk.funds()).toEqual({
    budget: before.budget - 90,
    reserved: before.reserved + 90,
  });
});

test('whoever turns out to have answered is paid out of the claim, once, with the answer on record', async () => {
  const code = await codeFor(await magnet(), { mu: 20 });
  const answered = await answer(code);
  const id = await desk.reader();
  const before = await desk.funds();
  const bound = await bind(answered, id);
  expect(bound).toMatchObject({
    claim: { state: 'BOUND', mu: 50, customer: { id } },
    wallet: { balance: 50 },
    userErrors: [],
  });
  expect(await statement(id)).toEqual([
    { amount: 30, reason: 'Took a quiz: A quiz, 3 of 3 right', event: { action: 'QUIZ' } },
    { amount: 20, reason: 'Scanned A chapter', event: { action: 'SCAN' } },
  ]);
  expect(await desk.funds()).toEqual({ ...before, reserved: before.reserved - 50 });
  expect(codesOf(await bind(answered, id))).toEqual(['ALREADY_CLAIMED']);
  expect(await desk.balance(id)).toBe(50);
});

test('who has answered the magnet before gets nothing for it, and it goes back', async () => {
  const magnetId = await magnet();
  const [code, id] = [await codeFor(magnetId, { mu: 20 }), await desk.reader()];
  const first = { magnetId, customer: { id }, answer: { quiz: [1, 1, 0] } };
  await does(t, desk.brand, 'submitMagnetResponse', first);
  expect(await desk.balance(id)).toBe(10);
  const before = await desk.funds();
  const bound = await bind(await answer(code), id);
  expect(bound).toMatchObject({ claim: { state: 'BOUND', mu: 20 }, wallet: { balance: 30 } });
  expect(codesOf(bound)).toEqual(['ALREADY_ANSWERED']);
  expect(await desk.funds()).toEqual({ ...before, budget: before.budget - 20 });
});

test('one customer with claims on two codes of one magnet is paid for one answer, also at once', async () => {
  const [magnetId, id] = [await magnet(), await desk.reader()];
  const before = await desk.funds();
  const answered = await Promise.all([1, 2, 3, 4].map(async () => answer(await codeFor(magnetId))));
  const bound = await Promise.all(answered.map((one) => bind(one, id)));
  expect(bound.flatMap(codesOf)).toEqual(Array(3).fill('ALREADY_ANSWERED'));
  expect(bound.map((one) => one['claim'].mu).sort()).toEqual([0, 0, 0, 30]);
  expect(await desk.balance(id)).toBe(30);
  expect(await desk.funds()).toEqual({ ...before, budget: before.budget - 30 });
});

test('an answer that is worth nothing sets nothing aside, and is still an answer', async () => {
  const before = await desk.funds();
  const answered = await answer(await codeFor(await magnet()), { quiz: [0, 1, 0] });
  expect(answered['claim']).toMatchObject({ state: 'PENDING', mu: 0 });
  const id = await desk.reader();
  expect(await bind(answered, id)).toMatchObject({
    claim: { state: 'BOUND', mu: 0 },
    userErrors: [],
  });
  expect(await desk.funds()).toEqual(before);
});

test('what is no answer to the magnet of the code is refused, and a second answer changes nothing', async () => {
  const code = await codeFor(await magnet());
  const { claim } = await desk.run('openClaim', { code });
  const give = (given?: object) => desk.run('answerClaim', { claimId: claim.id, answer: given });
  for (const bad of [
    undefined,
    { poll: 1 },
    { quiz: [1] },
    { quiz: [1, 0, 2] },
    { quiz: [-1, 0, 1] },
  ]) {
    expect([bad, codesOf(await give(bad))]).toEqual([bad, ['INVALID_VALUE']]);
  }
  expect((await give({ quiz: [0, 0, 0] }))['claim']).toMatchObject({ mu: 10 });
  expect((await give(right))['claim']).toMatchObject({ mu: 10 });
  expect(codesOf(await answer(await desk.code()))).toEqual(['INVALID_VALUE']);
});

test('a magnet that ends takes no new answers, and pays for those it has', async () => {
  const endsAt = new Date(Date.now() + day).toISOString();
  const code = await codeFor(await magnet(quiz, { endsAt }));
  const [early, id] = [await answer(code), await desk.reader()];
  t.clock.offsetMs = 2 * day;
  expect(codesOf(await answer(code))).toEqual(['MAGNET_CLOSED']);
  expect((await bind(early, id))['claim']).toMatchObject({ mu: 30 });
  expect(await desk.balance(id)).toBe(30);
});

test('an answer in words is kept with its claim alone, and no longer than it waits', async () => {
  const asked = { feedback: { question: 'How was it?', mu: 5 } };
  const code = await codeFor(await magnet(asked));
  const say = (text: string) => answer(code, { feedback: { score: 5, text } });
  const [bound, left] = [await say('I am Zebedee'), await say('I am Dougal')];
  expect((await stored()).match(/Zebedee/g)).toHaveLength(1);
  await bind(bound, await desk.reader());
  t.clock.offsetMs = 31 * day;
  await desk.settle();
  expect(await desk.claim(left['claim'].id)).toMatchObject({ state: 'EXPIRED' });
  expect(await stored()).not.toMatch(/Zebedee|Dougal/);
});

test('what nobody claims goes back, with what its answer was worth', async () => {
  const code = await codeFor(await magnet(), { mu: 20 });
  const start = await desk.funds();
  await answer(code);
  t.clock.offsetMs = 31 * day;
  await desk.settle();
  const end = await desk.funds();
  expect(end.budget + end.reserved).toBe(start.budget + start.reserved);
  expect(end.reserved).toBeLessThanOrEqual(start.reserved);
});
