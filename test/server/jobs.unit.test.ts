import type { Feature, Job, JobContext } from '../../src/platform/feature';
import { defaultLimits } from '../../src/platform/limits';
import { createLog } from '../../src/platform/log';
import { startJobs } from '../../src/server/jobs';

const context = { limits: defaultLimits, log: createLog('silent') } as JobContext;

function featureOf(...jobs: Job[]): Feature {
  const none = { entities: [], resolvers: [], commands: [], references: {}, nodes: {} };
  return { name: 'toy', ...none, jobs };
}

describe('Background jobs', () => {
  it('are stopped after their last run, and may end then what it left under way', async () => {
    const told: string[] = [];
    let begun: () => void;
    const beginning = new Promise<void>((resolve) => (begun = resolve));
    const running = startJobs(
      [
        featureOf({
          name: 'slow',
          async run() {
            begun();
            await new Promise((resolve) => setImmediate(resolve));
            told.push('ran');
            return 0;
          },
          async stop() {
            told.push('stopped');
          },
        }),
      ],
      context,
    );
    await beginning;
    await running.stop();
    expect(told).toEqual(['ran', 'stopped']);
  });

  it('go on after one of them has failed', async () => {
    let runs = 0;
    let again: () => void;
    const second = new Promise<void>((resolve) => (again = resolve));
    const running = startJobs(
      [
        featureOf({
          name: 'failing',
          async run() {
            runs += 1;
            if (runs === 1) throw new Error('once');
            again();
            return 0;
          },
        }),
      ],
      { ...context, limits: { ...defaultLimits, jobIntervalMs: 1 } },
    );
    await second;
    await running.stop();
    expect(runs).toBeGreaterThan(1);
  });

  it('look more rarely for what nobody waits for', async () => {
    const runs = { urgent: 0, leisurely: 0 };
    let often: () => void;
    const urgentOften = new Promise<void>((resolve) => (often = resolve));
    const running = startJobs(
      [
        featureOf({
          name: 'urgent',
          async run() {
            runs.urgent += 1;
            if (runs.urgent === 20) often();
            return 0;
          },
        }),
        featureOf({
          name: 'leisurely',
          leisurely: true,
          async run() {
            runs.leisurely += 1;
            return runs.leisurely < 3 ? 1 : 0;
          },
        }),
      ],
      { ...context, limits: { ...defaultLimits, jobIntervalMs: 1 } },
    );
    await urgentOften;
    await running.stop();
    // As long as there is work it goes on at once, and then waits for its own interval.
    expect(runs.leisurely).toBe(3);
  });
});
