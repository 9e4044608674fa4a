import { Scene } from '../promises/scene';
import { startTestService, type TestService } from '../support/test-service';

let t: TestService;

beforeAll(async () => {
  t = await startTestService();
});

afterAll(() => t.close());

it('leads from an event to the entries of its Mu, and from an entry back to the event, in one query each', async () => {
  const scene = await Scene.create(t, 'lineage');
  const { id } = await scene.customer();
  const messageId = await scene.message();
  const { event, grants } = await scene.do('recordAttention', {
    ...{ customer: { id }, messageId },
    action: 'OPEN',
  });
  const forth = await t.run(
    `query ($id: ID!) { node(id: $id) { ... on AttentionEvent { id message { id }
      transfers { id kind amount event { id } entries { id amount transfer { id } } } } } }`,
    { id: event.id },
    scene.brand.apiKey,
  );
  const [grant] = grants;
  const entryId = grant.entry.id as string;
  expect(forth.data['node']).toMatchObject({ id: event.id, message: { id: messageId } });
  const [transfer] = forth.data['node'].transfers;
  expect(transfer).toMatchObject({ kind: 'GRANT', amount: grant.amount, event: { id: event.id } });
  const entries = transfer.entries as { id: string; amount: number }[];
  expect(entries.find((one) => one.id === entryId)?.amount).toBe(grant.amount);
  const back = await t.run(
    `query ($id: ID!) { node(id: $id) { ... on LedgerEntry { transfer { id
      event { id message { id } } message { id } } } } }`,
    { id: entryId },
    scene.brand.apiKey,
  );
  expect(back.data['node'].transfer).toEqual({
    ...{ id: transfer.id, message: { id: messageId } },
    event: { id: event.id, message: { id: messageId } },
  });
});
