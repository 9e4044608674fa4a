import * as operations from '../../schema/generated/operations';
import { idOf } from '../customers/people';
import { eraseAs } from '../privacy/people';
import { startScene, type Scene } from './scene';

let s: Scene;
beforeAll(async () => (s = await startScene()));
afterEach(() => s.hangUp());
afterAll(() => s.t.close());

const document = operations.CustomerErasedDocument.toString();

test('a brand hears whom it has erased, another brand does not, and the platform hears of both', async () => {
  const ofA = await s.follow('WebSocket', document, s.a.apiKey);
  const ofB = await s.follow('server-sent events', document, s.b.apiKey);
  const ofAll = await s.follow('WebSocket', document, s.t.platformKey);
  const id = await idOf(s.t, s.a, { externalId: 'asha' });
  await eraseAs(s.t, s.a.apiKey, { id });
  const heard = { customerErased: { customerId: id, brand: { slug: 'brand-a' } } };
  expect((await ofA.have(1))[0]?.data).toMatchObject(heard);
  expect((await ofAll.have(1))[0]?.data).toMatchObject(heard);
  // Whoever is erased everywhere is told to every brand that still knew them.
  await eraseAs(s.t, s.t.platformKey, { id });
  expect((await ofB.have(1))[0]?.data).toMatchObject({
    customerErased: { customerId: id, brand: { slug: 'brand-b' } },
  });
  await ofAll.have(2);
  expect([ofA, ofB, ofAll].map(({ results }) => results.length)).toEqual([1, 1, 2]);
});

test('a customer may not follow who is erased', async () => {
  const listener = await s.follow('WebSocket', document, await s.token(s.b, 'ira'));
  await listener.end();
  expect(listener.results).toEqual([]);
  expect(JSON.stringify(listener.ended)).toContain('FORBIDDEN');
});
