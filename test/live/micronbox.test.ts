import * as operations from '../../schema/generated/operations';
import { newMessage } from '../messages/messages';
import { must } from '../referrals/friends';
import type { TestBrand } from '../support/test-service';
import { startScene, type Scene } from './scene';

let s: Scene;
beforeAll(async () => (s = await startScene()));
afterEach(() => s.hangUp());
afterAll(() => s.t.close());

const document = operations.MicronArrivedDocument.toString();

async function deliver(brand: TestBrand, subject: string, externalId = 'asha'): Promise<void> {
  const messageId = await newMessage(s.t, brand, { subject });
  const customers = [{ externalId }];
  await must(s.t, brand.apiKey, 'record-deliveries', { messageId, customers });
}

test('a person hears of microns of every brand they let in, and of no other', async () => {
  const token = await s.token(s.a);
  await must(s.t, token, 'allow-brand', { brandId: s.a.id });
  const listener = await s.follow('WebSocket', document, token);
  await deliver(s.b, 'not asked for');
  await deliver(s.a, 'for somebody else', 'ira');
  await deliver(s.a, 'for her');
  // A micron is shown as it is by then, and that of a brand who is muted meanwhile is not.
  await listener.have(1);
  await must(s.t, token, 'allow-brand', { brandId: s.b.id });
  await deliver(s.b, 'asked for by now');
  await must(s.t, token, 'mute-brand', { brandId: s.a.id });
  await deliver(s.a, 'muted');
  await deliver(s.b, 'the last');
  const updates = await listener.have(3);
  expect(updates.map(({ data }) => data?.['micronArrived'])).toMatchObject([
    { brand: { id: s.a.id }, micron: { subject: 'for her', offer: { openMu: 2 } } },
    { brand: { id: s.b.id }, micron: { subject: 'asked for by now' } },
    { brand: { id: s.b.id }, micron: { subject: 'the last' } },
  ]);
});

test('what is told again, came back or is older than the box arrives once or not at all', async () => {
  const token = await s.token(s.b, 'ira');
  await must(s.t, token, 'allow-brand', { brandId: s.b.id });
  const listener = await s.follow('WebSocket', document, token);
  const customers = [{ externalId: 'ira' }];
  const tell = async (subject: string, ...states: object[]) => {
    const messageId = await newMessage(s.t, s.b, { subject });
    for (const state of states) {
      await must(s.t, s.b.apiKey, 'record-deliveries', { messageId, customers, ...state });
    }
  };
  await tell('bounced', { state: 'BOUNCED' }, {});
  await tell('old', { deliveredAt: new Date(Date.now() - 91 * 86_400_000).toISOString() });
  await tell('once', {}, {}, {});
  await tell('the last', {});
  const subjects = (await listener.have(2)).map(
    ({ data }) => data?.['micronArrived'].micron.subject,
  );
  expect(subjects).toEqual(['once', 'the last']);
});

test('a brand does not follow anybody’s box', async () => {
  const listener = await s.follow('WebSocket', document, s.a.apiKey);
  await listener.end();
  expect(JSON.stringify(listener)).toContain('FORBIDDEN');
});
