import * as operations from '../../schema/generated/operations';
import { startScene, type Scene } from './scene';

let s: Scene;
beforeAll(async () => (s = await startScene()));
afterEach(() => s.hangUp());
afterAll(() => s.t.close());

test('a brand hears of its customers as they are heard of, and of those of no other', async () => {
  const dormancy = await s.follow(
    'WebSocket',
    operations.DormancyChangedDocument.toString(),
    s.a.apiKey,
  );
  const score = await s.follow(
    'server-sent events',
    operations.AttentionScoreChangedDocument.toString(),
    s.a.apiKey,
  );
  await s.scan(s.b, 'ira');
  await s.scan(s.a, 'ira');
  expect((await dormancy.have(1))[0]?.data?.['dormancyChanged']).toMatchObject({
    from: 'NEW',
    to: 'ACTIVE',
    reactivated: false,
    wokenFrom: null,
    customer: { externalId: 'ira' },
  });
  expect((await score.have(1))[0]?.data?.['attentionScoreChanged']).toMatchObject({
    from: 'SILENT',
    to: 'DRIFTING',
    index: 11,
    customer: { externalId: 'ira' },
  });
});

test('a customer is not told that they fell silent', async () => {
  const listener = await s.follow(
    'WebSocket',
    'subscription { dormancyChanged { to } }',
    await s.token(s.a),
  );
  await listener.end();
  expect(listener.results).toEqual([]);
});
