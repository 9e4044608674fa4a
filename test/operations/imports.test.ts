import * as operations from '../../schema/generated/operations';
import { Lab } from '../experiments/lab';
import { work } from '../imports/desk';
import { mapping, opened } from '../promises/imports';
import { key, runnerOf, type Run } from './runner';

describe('The published operations about imports', () => {
  let lab: Lab;
  let run: Run;

  beforeAll(async () => {
    lab = await Lab.open('published');
    run = runnerOf(lab.t, lab.brand.apiKey, new Set());
  });

  afterAll(() => lab.t.close());

  it('keep a mapping, bring events by it, look at the import, and list both', async () => {
    const { upsertEventMapping } = await run(operations.UpsertEventMappingDocument, {
      input: { key: 'web', mapping: mapping as never, ...key() },
    });
    expect(upsertEventMapping).toMatchObject({ eventMapping: { key: 'web' }, userErrors: [] });
    const events = [opened('ana'), { ...opened('ana'), event: 'Closed' }];
    const { importEvents } = await run(operations.ImportEventsDocument, {
      input: { mappingKey: 'web', events, ...key() },
    });
    expect(importEvents).toMatchObject({ firstIndex: 0, userErrors: [] });
    await work(lab);
    const id = importEvents.importJob?.id ?? '';
    const { importJob } = await run(operations.ImportJobDocument, { id });
    expect(importJob).toMatchObject({ status: 'DONE', received: 2, recorded: 1, refused: 1 });
    expect(importJob?.refusals.nodes).toMatchObject([{ index: 1, code: 'NOT_FOUND' }]);
    const { brand } = await run(operations.BrandImportsDocument, {});
    expect(brand?.importJobs.nodes).toMatchObject([{ id, recorded: 1 }]);
    expect(brand?.eventMappings.nodes).toMatchObject([{ key: 'web' }]);
  });
});
