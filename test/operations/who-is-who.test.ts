import * as operations from '../../schema/generated/operations';
import { divideAll, judgeAll } from '../segments/desk';
import { startTestService, type TestService } from '../support/test-service';
import { key, runnerOf, type Run } from './runner';

let t: TestService;
let run: Run;

beforeAll(async () => {
  t = await startTestService();
  run = runnerOf(t, (await t.createBrand('knows-people')).apiKey);
});

afterAll(() => t.close());

it('The published operations undo a merge, and tell the history of what leads to a customer', async () => {
  for (const externalId of ['asha', 'asha-2']) {
    await run(operations.IdentifyCustomerDocument, {
      input: { externalId, email: `${externalId}@example.in`, ...key() },
    });
  }
  const [from, into] = [{ externalId: 'asha-2' }, { externalId: 'asha' }];
  const { mergeCustomers } = await run(operations.MergeCustomersDocument, {
    input: { from, into, reason: 'one card', ...key() },
  });
  const { unmergeCustomers } = await run(operations.UnmergeCustomersDocument, {
    input: { merge: mergeCustomers.merge?.id ?? '', reason: 'two cards', ...key() },
  });
  expect(unmergeCustomers).toMatchObject({
    merge: { undoneReason: 'two cards' },
    from,
    into: { ...into, wallet: { owed: 0 } },
    userErrors: [],
  });
  const { customer } = await run(operations.IdentityHistoryDocument, { by: from });
  expect(customer?.identities).toMatchObject([{ value: 'asha-2@example.in' }]);
  const history = customer?.relationship?.identityHistory.nodes ?? [];
  expect(history.map(({ change }) => change)).toContain('LINKED');
});

it('The published operations keep a segment and bands, and let go of the segment', async () => {
  const { upsertSegment } = await run(operations.UpsertSegmentDocument, {
    input: {
      name: 'gold',
      condition: { trait: { name: 'club', equals: 'gold' } },
      ...key(),
    },
  });
  const id = upsertSegment.segment?.id ?? '';
  await run(operations.IdentifyCustomerDocument, {
    input: { externalId: 'meera', traits: { club: 'gold' }, ...key() },
  });
  await judgeAll(t);
  const { segment } = await run(operations.SegmentDocument, { id });
  expect(segment).toMatchObject({ filling: false, size: { customers: 1 } });
  expect(segment?.members.nodes).toMatchObject([{ externalId: 'meera' }]);
  const { recomputeSegmentation } = await run(operations.RecomputeSegmentationDocument, {
    input: key(),
  });
  expect(recomputeSegmentation.userErrors).toEqual([]);
  await divideAll(t);
  const { brand } = await run(operations.BrandSegmentationDocument, { model: 'VALUE_2021' });
  expect(brand?.segmentation?.bands).toContainEqual(
    expect.objectContaining({ band: 'NEXT', customers: 3 }),
  );
  const { deleteSegment } = await run(operations.DeleteSegmentDocument, {
    input: { id, ...key() },
  });
  expect(deleteSegment.segment).toMatchObject({ id, name: 'gold' });
});
