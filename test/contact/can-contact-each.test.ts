import { tokenOf } from '../customers/people';
import { must, person } from '../referrals/friends';
import {
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { operation, Writing } from './writing';

let t: TestService;
let brand: TestBrand;
let other: TestBrand;
let pageturn: Writing;
let kaapico: Writing;

beforeAll(async () => {
  t = await startTestService({
    limits: { contactRecipients: 3, frequencyCap: 5, contactDays: 30, contactDeliveries: 3 },
  });
  brand = await t.createBrand('pageturn', { timezone: 'Asia/Kolkata' });
  other = await t.createBrand('kaapico', { timezone: 'Europe/Berlin' });
  pageturn = new Writing(t, brand);
  kaapico = new Writing(t, other);
});

afterAll(() => t.close());

const by = ({ id }: { id: string }) => ({ customer: { id } });
const consents = [{ purpose: 'MESSAGES', granted: true }];

describe('at send time', () => {
  test('a list is judged in its order by as many statements as one', async () => {
    const willing = await pageturn.reader();
    const silent = await person(t, brand, { email: 'silent@example.in' });
    const file = operation('can-contact-each');
    const ask = (customers: object[]) => t.run(file, { customers, channel: 'EMAIL' }, brand.apiKey);
    const one = await ask([{ id: willing.id }]);
    const many = await ask([
      { id: silent.id },
      { externalId: 'nobody' },
      { externalId: willing.externalId },
    ]);
    expect(many.data['canContactEach']).toMatchObject([
      { allowed: false, reasons: [{ code: 'NO_CONSENT' }] },
      null,
      { allowed: true },
    ]);
    expect([one.statements, many.statements]).toEqual([1, 1]);
    const { errors } = await ask([1, 2, 3, 4].map(() => ({ id: willing.id })));
    expect(errors).toMatchObject([{ message: 'A list holds at most 3.' }]);
  });

  test('a page of customers is judged by as many statements as one of them', async () => {
    const document = `query ($first: Int!) { customers(first: $first) { nodes { relationship {
      canContact(channel: EMAIL) { allowed } channels { deliverable } quietHours { from } } } } }`;
    for (let count = 0; count < 8; count += 1) await pageturn.reader();
    const one = await t.run(document, { first: 1 }, brand.apiKey);
    const many = await t.run(document, { first: 8 }, brand.apiKey);
    expect(many.data['customers'].nodes).toHaveLength(8);
    expect(many.statements).toBe(one.statements);
  });

  test('so many messages of a week are looked at, and no more', async () => {
    const who = await pageturn.reader();
    for (let count = 0; count < 4; count += 1) await pageturn.deliver(who);
    const cap = (perWeek: number) =>
      must(t, brand.apiKey, 'set-frequency-policy', { caps: [{ perWeek }] });
    await cap(3);
    expect(await pageturn.verdict(who)).toMatchObject({ allowed: false });
    await cap(4);
    expect(await pageturn.verdict(who)).toMatchObject({ allowed: true });
    await must(t, brand.apiKey, 'set-frequency-policy', { caps: [] });
  });

  test('a moment is at most so many days from now', async () => {
    const who = await pageturn.reader();
    const inDays = (days: number) => ({
      at: new Date(Date.now() + days * 86_400_000).toISOString(),
    });
    expect(await pageturn.verdict(who, inDays(29.9))).toMatchObject({ allowed: true });
    await expect(pageturn.verdict(who, inDays(30.1))).rejects.toThrow('within 30 days');
    await expect(pageturn.verdict(who, inDays(-30.1))).rejects.toThrow('within 30 days');
  });
});

describe('two brands', () => {
  test('hear nothing of what a customer of both said to the other, or what reached them', async () => {
    const email = 'both@example.in';
    const here = await person(t, brand, { email, consents });
    const there = await person(t, other, { email, consents });
    expect(there.id).toBe(here.id);
    await must(t, brand.apiKey, 'set-frequency-policy', { caps: [{ perDay: 1 }] });
    await must(t, other.apiKey, 'set-frequency-policy', { caps: [{ perDay: 1 }] });
    await pageturn.deliver(here);
    await pageturn.deliver(here, { state: 'BOUNCED', over: 'EMAIL' });
    await must(t, brand.apiKey, 'set-quiet-hours', { ...by(here), from: '00:00', until: '23:59' });
    await must(t, brand.apiKey, 'withdraw-consent', { ...by(here), purpose: 'MESSAGES' });
    expect(await kaapico.verdict(there)).toMatchObject({ allowed: true, reasons: [] });
    expect(await kaapico.verdict(await pageturn.reader())).toBeNull();
    const token = await tokenOf(t, other, { id: there.id });
    const { data } = await t.run(
      `{ me { relationships { brand { slug } canContact(channel: EMAIL) { reasons { code } } } } }`,
      {},
      token,
    );
    const own = (data['me'].relationships as Data[]).map((one) => [
      one['brand'].slug as string,
      one['canContact'].reasons.length > 0,
    ]);
    expect(Object.fromEntries(own)).toEqual({ pageturn: true, kaapico: false });
    await must(t, brand.apiKey, 'set-frequency-policy', { caps: [] });
  });
});
