import { operation } from '../contact/writing';
import { codesOf, must } from '../referrals/friends';
import { newKey, type Data } from '../support/test-service';
import { BoxDesk, tokenOf } from './desk';

let desk: BoxDesk;

beforeEach(async () => (desk = await BoxDesk.open(2)));
afterEach(() => desk.t.close());

const permissionsOf = async (bearer: string): Promise<unknown> => {
  const document = `{ me { relationships { brand { slug } micronboxPermission } } }`;
  const { data } = await desk.t.run(document, {}, bearer);
  const list = data['me'].relationships as {
    brand: { slug: string };
    micronboxPermission: string;
  }[];
  return Object.fromEntries(list.map((one) => [one.brand.slug, one.micronboxPermission]));
};

test('a brand is in the box once the person has let it in, with what it sent lately', async () => {
  const [a, b] = [desk.brand(0), desk.brand(1)];
  await desk.deliver(a, { subject: 'from a' });
  await desk.deliver(b, { subject: 'from b' });
  expect(await desk.order()).toEqual([]);
  const { relationship } = await desk.allow(b);
  expect(relationship).toMatchObject({ brand: { id: b.id }, micronboxPermission: 'ALLOWED' });
  expect(await desk.order()).toEqual(['box-1']);
  expect(await desk.subjects(b)).toEqual(['from b']);
  expect(await permissionsOf(desk.token)).toEqual({ 'box-0': 'CLOSED', 'box-1': 'ALLOWED' });
});

test('consent to marketing opens the box if the person gave it, and not if the brand says so', async () => {
  const [a, b] = [desk.brand(0), desk.brand(1)];
  for (const brand of [a, b]) await desk.deliver(brand);
  await must(desk.t, desk.token, 'grant-consent', { purpose: 'MARKETING' });
  const said = { customer: { externalId: 'asha' }, purpose: 'MARKETING' };
  await must(desk.t, b.apiKey, 'grant-consent', said);
  expect(await permissionsOf(desk.token)).toEqual({ 'box-0': 'CONSENTED', 'box-1': 'CLOSED' });
  expect(await desk.order()).toEqual(['box-0']);
  await must(desk.t, a.apiKey, 'withdraw-consent', said);
  expect(await permissionsOf(desk.token)).toEqual({ 'box-0': 'CLOSED', 'box-1': 'CLOSED' });
  await must(desk.t, a.apiKey, 'grant-consent', said);
  await must(desk.t, a.apiKey, 'withdraw-consent', { ...said, purpose: 'MESSAGES' });
  expect(await desk.order()).toEqual([]);
});

test('a word about the box goes before consent', async () => {
  const a = desk.brand(0);
  await desk.deliver(a);
  await must(desk.t, desk.token, 'grant-consent', { purpose: 'MARKETING' });
  await desk.mute(a);
  expect(await desk.order()).toEqual([]);
  await desk.allow(a);
  await must(desk.t, desk.token, 'withdraw-consent', { purpose: 'MARKETING' });
  await desk.deliver(a);
  expect(await desk.order()).toEqual(['box-0']);
});

test('what a brand sends while it is muted never comes, and what was saved of it stays', async () => {
  const a = desk.brand(0);
  await desk.allow(a);
  await desk.deliver(a, { subject: 'kept' });
  await must(desk.t, desk.token, 'save-micron', { micronId: await desk.newest(a) });
  await desk.mute(a);
  await desk.deliver(a, { subject: 'unheard' });
  expect(await desk.order()).toEqual([]);
  expect(await desk.subjects(a, 'SAVED')).toEqual(['kept']);
  await desk.allow(a);
  expect(await desk.subjects(a)).toEqual([]);
  await desk.deliver(a, { subject: 'heard' });
  await desk.allow(a);
  expect(await desk.subjects(a)).toEqual(['heard']);
});

test('a muted brand may not push, nor write inside its app, and may by e-mail', async () => {
  const a = desk.brand(0);
  const customer = { externalId: 'asha' };
  const consents = [{ purpose: 'MESSAGES', granted: true }];
  await must(desk.t, a.apiKey, 'identify-customer', { ...customer, consents });
  await must(desk.t, a.apiKey, 'set-channel-preference', {
    customer,
    channel: 'PUSH',
    preference: 'ALLOWED',
  });
  const reasons = async (channel: string) => {
    const { data } = await desk.t.run(operation('can-contact'), { customer, channel }, a.apiKey);
    return (data['canContact'].reasons as Data[]).map(({ code }) => code as string);
  };
  expect(await reasons('PUSH')).toEqual([]);
  await desk.mute(a);
  expect(await reasons('PUSH')).toEqual(['MUTED']);
  expect(await reasons('IN_APP')).toContain('MUTED');
  expect(await reasons('EMAIL')).toEqual([]);
  await desk.allow(a);
  expect(await reasons('PUSH')).toEqual([]);
});

test('nothing but a micron or an em that arrived is in the box', async () => {
  const a = desk.brand(0);
  await desk.allow(a);
  for (const kind of ['SELL', 'NOTIFY'] as const) await desk.deliver(a, { kind });
  await desk.deliver(a, {}, { state: 'BOUNCED' });
  expect(await desk.order()).toEqual([]);
  const late = await desk.deliver(a, { kind: 'EM', channel: 'SMS', subject: 'an em' });
  expect(await desk.subjects(a)).toEqual(['an em']);
  const customers = [{ externalId: 'asha' }];
  await must(desk.t, a.apiKey, 'record-deliveries', {
    messageId: late,
    customers,
    state: 'BOUNCED',
  });
  expect(await desk.order()).toEqual([]);
});

test('a brand sees no box, and cannot speak for the person', async () => {
  const a = desk.brand(0);
  await desk.allow(a);
  await desk.deliver(a);
  const micronId = await desk.newest(a);
  const document = `query ($by: CustomerBy!) { customer(by: $by) {
    micronbox { nodes { unread } } relationship { micronboxPermission } } }`;
  const { data } = await desk.t.run(document, { by: { externalId: 'asha' } }, a.apiKey);
  expect(data['customer']).toEqual({
    micronbox: null,
    relationship: { micronboxPermission: 'ALLOWED' },
  });
  const ofMicron = ['save-micron', 'unsave-micron', 'mark-micron-read'];
  for (const file of [...ofMicron, 'allow-brand', 'mute-brand']) {
    const named = ofMicron.includes(file) ? { micronId } : { brandId: a.id };
    const input = { ...named, idempotencyKey: newKey() };
    const refusal = desk.t.run(operation(file), { input }, a.apiKey);
    await expect(refusal).rejects.toMatchObject({ code: 'FORBIDDEN' });
  }
});

test('nobody reads, marks or opens the box of another', async () => {
  const [a, b] = [desk.brand(0), desk.brand(1)];
  await desk.allow(a);
  await desk.deliver(a);
  const micronId = await desk.newest(a);
  await must(desk.t, a.apiKey, 'identify-customer', { externalId: 'ira', email: 'ira@example.in' });
  const ira = await tokenOf(desk.t, a, 'ira');
  expect((await desk.page({}, ira))['nodes']).toEqual([]);
  for (const file of ['save-micron', 'unsave-micron', 'mark-micron-read']) {
    expect(codesOf(await desk.send(file, { micronId }, ira))).toEqual(['NOT_FOUND']);
  }
  expect(codesOf(await desk.send('allow-brand', { brandId: b.id }, ira))).toEqual(['NOT_FOUND']);
  expect(codesOf(await desk.send('mute-brand', { brandId: 'brd_x' }, ira))).toEqual(['NOT_FOUND']);
});
