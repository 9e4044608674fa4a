import { brandId } from '../../src/brands';
import { messageId, messagesByExternalIds, messagesByIds } from '../../src/messages';
import { idOf, tokenOf } from '../customers/people';
import { startTestService, type TestBrand, type TestService } from '../support/test-service';
import { deliver, draftOf, insert, messageOperation, newMessage } from './messages';

let t: TestService;
let brand: TestBrand;
let other: TestBrand;

beforeAll(async () => {
  t = await startTestService();
  brand = await t.createBrand('tripkart');
  other = await t.createBrand('dailypaper');
});

afterAll(() => t.close());

async function read(id: string, bearer: string) {
  const { data, errors } = await t.run(messageOperation, { id }, bearer);
  expect(errors).toBeUndefined();
  return data['message'];
}

describe('a message', () => {
  test('shows its brand everything that was recorded of it', async () => {
    const expiresAt = new Date('2031-01-01T00:00:00Z');
    const id = await newMessage(t, brand, {
      externalId: 'diwali-01',
      channel: 'WHATSAPP',
      kind: 'EM',
      campaign: 'diwali',
      openMu: 3,
      actionMuMax: 20,
      audience: 500,
      expiresAt,
    });
    const message = await read(id, brand.apiKey);
    expect(JSON.parse(JSON.stringify(message))).toEqual({
      id,
      externalId: 'diwali-01',
      channel: 'WHATSAPP',
      kind: 'EM',
      subject: 'Your seat is waiting',
      campaign: 'diwali',
      openMu: 3,
      actionMuMax: 20,
      audience: 500,
      expiresAt: expiresAt.toISOString(),
      createdAt: expect.any(String),
      brand: { slug: 'tripkart' },
    });
  });

  test('is missing for another brand, exactly like one that does not exist', async () => {
    const id = await newMessage(t, brand);
    expect(await read(id, other.apiKey)).toBeNull();
    expect(await read(messageId.encode(messageId.create()), other.apiKey)).toBeNull();
    expect(await read('msg_nonsense', other.apiKey)).toBeNull();
    expect(await read(id, t.platformKey)).toMatchObject({ id });
  });

  test('is seen by a customer it was delivered to, and by no other', async () => {
    const asha = await idOf(t, brand, { externalId: 'asha' });
    const ravi = await idOf(t, brand, { externalId: 'ravi' });
    const id = await newMessage(t, brand);
    await deliver(t, brand, { messageId: id, customers: [{ id: asha }] });

    expect(await read(id, await tokenOf(t, brand, { id: asha }))).toMatchObject({
      id,
      brand: { slug: 'tripkart' },
    });
    expect(await read(id, await tokenOf(t, brand, { id: ravi }))).toBeNull();
  });

  test('is fetched for a router by its id, in order, null for what the caller may not see', async () => {
    const [first, foreign, second] = [
      await newMessage(t, brand),
      await newMessage(t, other),
      await newMessage(t, brand),
    ];
    const representations = [second, 'msg_x', foreign, first, undefined].map((id) => ({
      __typename: 'Message',
      id,
    }));
    const { data, errors } = await t.runSubgraph(
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Message { id } } }',
      { representations },
      brand.apiKey,
    );
    expect(errors).toBeUndefined();
    expect(data['_entities']).toEqual([{ id: second }, null, null, { id: first }, null]);
  });
});

describe('inserting messages', () => {
  test('tells the external ids that are taken, also within the list, in order', async () => {
    const taken = draftOf(brand);
    await insert(t, [taken]);
    const fresh = draftOf(brand);
    const inserted = await insert(t, [
      draftOf(brand, { externalId: taken.externalId }),
      fresh,
      draftOf(brand, { externalId: fresh.externalId }),
      draftOf(other, { externalId: taken.externalId }),
    ]);
    expect(inserted).toEqual([false, true, false, true]);
    expect(await read(messageId.encode(fresh.uuid), brand.apiKey)).not.toBeNull();
  });

  test('finds messages again by both kinds of id, each for its own brand only', async () => {
    const [mine, theirs] = [draftOf(brand), draftOf(other)];
    await insert(t, [mine, theirs]);
    const own = brandId.decode(brand.id) as string;
    const found = await t.service.database.transact(t.clock, async (tx) => ({
      byId: await messagesByIds(
        tx,
        [mine.uuid, theirs.uuid, null, mine.uuid],
        [own, own, own, own],
      ),
      byExternalId: await messagesByExternalIds(
        tx,
        [theirs.externalId, null, mine.externalId, 'a\0b'],
        [own, own, own, own],
      ),
    }));
    expect(found.byId.map((message) => message?.uuid)).toEqual([
      mine.uuid,
      undefined,
      undefined,
      mine.uuid,
    ]);
    expect(found.byExternalId.map((message) => message?.uuid)).toEqual([
      undefined,
      undefined,
      mine.uuid,
      undefined,
    ]);
  });
});
