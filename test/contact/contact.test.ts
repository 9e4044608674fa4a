import { tokenOf } from '../customers/people';
import { codesOf, must, person, send } from '../referrals/friends';
import {
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { ago, Writing } from './writing';

let t: TestService;
let brand: TestBrand;
let other: TestBrand;
let pageturn: Writing;

beforeAll(async () => {
  t = await startTestService({
    limits: { contactRecipients: 3, frequencyCap: 5, contactDays: 30 },
  });
  brand = await t.createBrand('pageturn', { timezone: 'Asia/Kolkata' });
  other = await t.createBrand('kaapico', { timezone: 'Europe/Berlin' });
  pageturn = new Writing(t, brand);
});

afterAll(() => t.close());

const by = ({ id }: { id: string }) => ({ customer: { id } });
const consents = [{ purpose: 'MESSAGES', granted: true }];

describe('consent', () => {
  test('is asked for before anything is sent, and its withdrawal holds at once', async () => {
    const stranger = await person(t, brand, { email: 'stranger@example.in' });
    expect(await pageturn.reasons(stranger)).toEqual(['NO_CONSENT']);
    await must(t, brand.apiKey, 'grant-consent', { ...by(stranger), purpose: 'MESSAGES' });
    expect(await pageturn.verdict(stranger)).toMatchObject({ allowed: true, reasons: [] });
    expect((await pageturn.verdict(stranger, { purpose: 'MARKETING' }))['reasons']).toEqual([
      { code: 'NO_CONSENT', purpose: 'MARKETING', until: null },
    ]);
    const token = await tokenOf(t, brand, { id: stranger.id });
    await must(t, token, 'withdraw-consent', { purpose: 'MESSAGES' });
    expect(await pageturn.verdict(stranger)).toMatchObject({
      allowed: false,
      allowedAt: null,
      reasons: [{ code: 'OPTED_OUT', purpose: 'MESSAGES' }],
    });
  });
});

describe('a channel', () => {
  test('is denied and allowed again by the customer, each for itself', async () => {
    const who = await pageturn.reader();
    const token = await tokenOf(t, brand, { id: who.id });
    const denied = await must(t, token, 'set-channel-preference', {
      channel: 'EMAIL',
      preference: 'DENIED',
      preferredHour: 9,
    });
    expect(denied['relationship'].channels[0]).toMatchObject({
      channel: 'EMAIL',
      preference: 'DENIED',
      preferredHour: 9,
      deliverable: false,
    });
    expect(await pageturn.reasons(who)).toEqual(['CHANNEL_DENIED']);
    expect(await pageturn.reasons(who, { channel: 'SMS' })).toEqual([]);
    const allowed = { ...by(who), channel: 'EMAIL', preference: 'ALLOWED', preferredHour: 9 };
    await must(t, brand.apiKey, 'set-channel-preference', allowed);
    const evening = new Date(Date.now() + 86_400_000).toISOString().replace(/T.*/, 'T16:00:00Z');
    const { preferredAt } = await pageturn.verdict(who, { at: evening });
    expect(Date.parse(preferredAt as string) - Date.parse(evening)).toBe(11.5 * 3_600_000);
    expect(await pageturn.verdict(who)).toMatchObject({ allowed: true });
  });

  test('needs an address, and PUSH the word that there is a device', async () => {
    const who = await person(t, brand, { email: 'no-phone@example.in', consents });
    expect(await pageturn.reasons(who, { channel: 'WHATSAPP' })).toEqual(['NO_ADDRESS']);
    expect(await pageturn.reasons(who, { channel: 'PUSH' })).toEqual(['NO_ADDRESS']);
    const push = { ...by(who), channel: 'PUSH', preference: 'ALLOWED' };
    await must(t, brand.apiKey, 'set-channel-preference', push);
    expect(await pageturn.reasons(who, { channel: 'PUSH' })).toEqual([]);
  });

  test('takes an hour of the day and no other number', async () => {
    const who = await pageturn.reader();
    const asked = { ...by(who), channel: 'SMS', preference: 'ALLOWED' };
    for (const [preferredHour, codes] of [
      [0, []],
      [23, []],
      [24, ['INVALID_VALUE']],
      [-1, ['INVALID_VALUE']],
    ] as const) {
      const payload = await send(t, brand.apiKey, 'set-channel-preference', {
        ...asked,
        preferredHour,
      });
      expect(codesOf(payload)).toEqual(codes);
    }
  });
});

describe('an address that bounced', () => {
  test('is not written to until something arrives there again', async () => {
    const who = await pageturn.reader();
    await pageturn.deliver(who, { state: 'BOUNCED', deliveredAt: ago(5) });
    expect(await pageturn.reasons(who)).toEqual(['NOT_DELIVERABLE']);
    expect(await pageturn.channel(who, 'EMAIL')).toMatchObject({
      deliverable: false,
      hasAddress: true,
    });
    expect(await pageturn.reasons(who, { channel: 'SMS' })).toEqual([]);
    await pageturn.deliver(who, { deliveredAt: ago(9) });
    expect(await pageturn.reasons(who)).toEqual(['NOT_DELIVERABLE']);
    await pageturn.deliver(who, { deliveredAt: ago(2) });
    expect(await pageturn.channel(who, 'EMAIL')).toMatchObject({
      deliverable: true,
      bouncedAt: null,
    });
  });

  test('says nothing of the next address, and still counts when it comes back', async () => {
    const who = await pageturn.reader({ email: 'old@example.in' });
    await pageturn.deliver(who, { state: 'BOUNCED' });
    const named = (email: string) =>
      must(t, brand.apiKey, 'identify-customer', { externalId: who.externalId, email });
    await named('new@example.in');
    expect(await pageturn.reasons(who)).toEqual([]);
    await named('old@example.in');
    expect(await pageturn.reasons(who)).toEqual(['NOT_DELIVERABLE']);
  });

  test('is told of after a delivery, too, and a number is each channel’s own', async () => {
    const who = await pageturn.reader();
    const externalId = 'told-twice';
    const made = await must(t, brand.apiKey, 'record-message', { externalId, channel: 'WHATSAPP' });
    const told = { messageId: made['message'].id, customers: [{ id: who.id }] };
    await must(t, brand.apiKey, 'record-deliveries', told);
    await must(t, brand.apiKey, 'record-deliveries', { ...told, state: 'BOUNCED' });
    expect(await pageturn.reasons(who, { channel: 'WHATSAPP' })).toEqual(['NOT_DELIVERABLE']);
    expect(await pageturn.reasons(who, { channel: 'SMS' })).toEqual([]);
  });
});

describe('quiet hours', () => {
  const policy = (quietHours: object | null) =>
    must(t, brand.apiKey, 'set-frequency-policy', { quietHours, caps: [] });
  afterEach(() => policy(null));

  /** Half past three in the night, in Calcutta, of a day to come. */
  const night = new Date(Math.ceil(Date.now() / 86_400_000) * 86_400_000 + 22 * 3_600_000);

  test('of the brand hold by the clock of the customer, and end when it says so', async () => {
    await policy({ from: '22:00', until: '08:00' });
    const here = await pageturn.reader();
    const away = await pageturn.reader({ traits: { timezone: 'America/New_York' } });
    const at = night.toISOString();
    const until = new Date(night.getTime() + 4.5 * 3_600_000).toISOString();
    expect(await pageturn.verdict(here, { at })).toMatchObject({
      allowed: false,
      reasons: [{ code: 'QUIET_HOURS', until }],
      allowedAt: until,
    });
    expect(await pageturn.reasons(away, { at })).toEqual([]);
  });

  test('of a customer stand instead of the brand’s, also where they want none', async () => {
    await policy({ from: '22:00', until: '08:00' });
    const who = await pageturn.reader();
    const token = await tokenOf(t, brand, { id: who.id });
    const at = night.toISOString();
    const set = async (input: object) =>
      (await must(t, token, 'set-quiet-hours', { ...input }))['relationship'].quietHours as Data;
    expect(await set({ from: '13:00', until: '14:00' })).toEqual({ from: '13:00', until: '14:00' });
    expect(await pageturn.reasons(who, { at })).toEqual([]);
    expect(await set({ from: '00:00', until: '00:00' })).toEqual({ from: '00:00', until: '00:00' });
    expect(await pageturn.reasons(who, { at })).toEqual([]);
    expect(await set({})).toEqual({ from: '22:00', until: '08:00' });
    expect(await pageturn.reasons(who, { at })).toEqual(['QUIET_HOURS']);
  });

  test('are two times of day or none', async () => {
    const who = await pageturn.reader();
    for (const input of [
      { from: '22:00' },
      { until: '08:00' },
      { from: '24:00', until: '08:00' },
    ]) {
      const payload = await send(t, brand.apiKey, 'set-quiet-hours', { ...by(who), ...input });
      expect(codesOf(payload)).toEqual(['INVALID_VALUE']);
    }
    const hours = { from: '22:00', until: 'noon' };
    const payload = await send(t, brand.apiKey, 'set-frequency-policy', {
      quietHours: hours,
      caps: [],
    });
    expect(payload['userErrors']).toMatchObject([
      { code: 'INVALID_VALUE', field: ['quietHours', 'until'] },
    ]);
  });
});

describe('frequency caps', () => {
  const caps = (...list: object[]) => must(t, brand.apiKey, 'set-frequency-policy', { caps: list });
  afterEach(() => caps());

  test('count what reached the customer, and neither notices nor what came back', async () => {
    await caps({ perDay: 2 }, { channel: 'EMAIL', perWeek: 4 });
    const who = await pageturn.reader();
    await pageturn.deliver(who, { kind: 'NOTIFY' });
    await pageturn.deliver(who, { over: 'SMS', state: 'SUPPRESSED' });
    await pageturn.deliver(who, { deliveredAt: ago(3) });
    expect(await pageturn.reasons(who)).toEqual([]);
    await pageturn.deliver(who, { over: 'WHATSAPP', deliveredAt: ago(1) });
    const capped = await pageturn.verdict(who);
    expect(capped).toMatchObject({ allowed: false, reasons: [{ code: 'FREQUENCY_CAP' }] });
    const hours = (Date.parse(capped['allowedAt'] as string) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(20.9);
    expect(hours).toBeLessThanOrEqual(21);
    expect(await pageturn.verdict(who, { at: capped['allowedAt'] })).toMatchObject({
      allowed: true,
    });
  });

  test('of a channel count over 7 days', async () => {
    await caps({ channel: 'EMAIL', perWeek: 2 });
    const who = await pageturn.reader();
    for (const hours of [30, 100]) await pageturn.deliver(who, { deliveredAt: ago(hours) });
    expect(await pageturn.reasons(who)).toEqual(['FREQUENCY_CAP']);
    expect(await pageturn.reasons(who, { channel: 'SMS' })).toEqual([]);
  });

  test('are from 1 to the limit, once for each channel, and say how many', async () => {
    const asked = async (...list: object[]) =>
      codesOf(await send(t, brand.apiKey, 'set-frequency-policy', { caps: list }));
    expect(await asked({ perDay: 5, perWeek: 5 }, { channel: 'SMS', perDay: 1 })).toEqual([]);
    expect(await asked({ perDay: 6 })).toEqual(['INVALID_VALUE']);
    expect(await asked({ perWeek: 0 })).toEqual(['INVALID_VALUE']);
    expect(await asked({ channel: 'SMS' })).toEqual(['INVALID_VALUE']);
    expect(await asked({ perDay: 1 }, { channel: null, perWeek: 2 })).toEqual(['INVALID_VALUE']);
  });

  test('are shown to the brand and to no customer', async () => {
    await caps({ channel: 'PUSH', perDay: 3 });
    const document = `{ brand { frequencyPolicy { quietHours { from } caps { channel perDay perWeek } } } }`;
    const seen = async (bearer: string) =>
      (await t.run(document, {}, bearer)).data['brand'].frequencyPolicy as Data;
    expect(await seen(brand.apiKey)).toEqual({
      quietHours: null,
      caps: [{ channel: 'PUSH', perDay: 3, perWeek: null }],
    });
    expect(await seen(other.apiKey)).toBeNull();
    expect(await seen(await tokenOf(t, brand, { id: (await pageturn.reader()).id }))).toBeNull();
  });
});
