import { patiently } from '../../../src/platform/database/patience';
import { createLog } from '../../../src/platform/log';

const log = createLog('silent');
const full = Object.assign(new Error('sorry, too many clients already'), { code: '53300' });

describe('a step of the start', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('is done again while the database is away, and answers once it is there', async () => {
    const failures = [full, new Error('timeout expired'), full];
    const done = patiently(log, async () => {
      const failure = failures.pop();
      if (failure !== undefined) throw failure;
      return 'done';
    });
    await jest.runAllTimersAsync();
    expect(await done).toBe('done');
    expect(failures).toEqual([]);
  });

  it('is given up with its last failure after eight attempts', async () => {
    let attempts = 0;
    const done = patiently(log, async () => {
      attempts += 1;
      throw full;
    });
    const failure = done.catch((error: unknown) => error);
    await jest.runAllTimersAsync();
    expect(await failure).toBe(full);
    expect(attempts).toBe(8);
  });

  it('is done once when its failure will not pass', async () => {
    const wrong = Object.assign(new Error('no such database'), { code: '3D000' });
    let attempts = 0;
    const done = patiently(log, async () => {
      attempts += 1;
      throw wrong;
    });
    await expect(done).rejects.toBe(wrong);
    expect(attempts).toBe(1);
  });
});
