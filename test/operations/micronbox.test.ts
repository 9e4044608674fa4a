import * as operations from '../../schema/generated/operations';
import { startTestService, type TestBrand, type TestService } from '../support/test-service';
import { key, runnerOf, type Run } from './runner';

const by = { externalId: 'asha' };

let t: TestService;
let brand: TestBrand;
let run: Run;

beforeAll(async () => {
  t = await startTestService();
  brand = await t.createBrand('sends-microns');
  run = runnerOf(t, brand.apiKey);
});

afterAll(() => t.close());

it('let a person keep a box of their own', async () => {
  await run(operations.IdentifyCustomerDocument, { input: { ...by, ...key() } });
  const { createCustomerToken } = await run(operations.CreateCustomerTokenDocument, {
    input: { customer: by, ...key() },
  });
  const token = createCustomerToken.token ?? '';
  const named = { input: { brandId: brand.id, ...key() } };
  const { allowBrand } = await run(operations.AllowBrandDocument, named, token);
  expect(allowBrand.relationship).toMatchObject({ micronboxPermission: 'ALLOWED' });
  const { recordMessage } = await run(operations.RecordMessageDocument, {
    input: { externalId: 'm1', channel: 'SMS', kind: 'MICRON', subject: 'A word', ...key() },
  });
  await run(operations.RecordDeliveriesDocument, {
    input: { messageId: recordMessage.message?.id ?? '', customers: [by], ...key() },
  });
  const { me } = await run(operations.MyMicronboxDocument, {}, token);
  expect(me?.micronbox?.nodes).toMatchObject([{ unread: 1, newest: { subject: 'A word' } }]);
  const micronId = me?.micronbox?.nodes[0]?.newest?.id ?? '';
  const read = { input: { micronId, ...key() } };
  const { markMicronRead } = await run(operations.MarkMicronReadDocument, read, token);
  expect(markMicronRead.micron?.readAt).not.toBeNull();
  const { saveMicron } = await run(
    operations.SaveMicronDocument,
    { input: { micronId, ...key() } },
    token,
  );
  expect(saveMicron.micron).toMatchObject({ folder: 'SAVED', leavesAt: null });
  const { unsaveMicron } = await run(
    operations.UnsaveMicronDocument,
    { input: { micronId, ...key() } },
    token,
  );
  expect(unsaveMicron.micron).toMatchObject({ folder: 'INBOX', savedAt: null });
  const muted = { input: { brandId: brand.id, ...key() } };
  const { muteBrand } = await run(operations.MuteBrandDocument, muted, token);
  expect(muteBrand.relationship).toMatchObject({ micronboxPermission: 'MUTED' });
});
