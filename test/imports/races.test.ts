import { isConflict } from '../../src/platform/database/errors';
import type { Job } from '../../src/platform/feature';
import { features } from '../../src/server/features';
import { Lab } from '../experiments/lab';
import { eraseAs, tablesWith } from '../privacy/people';
import { bring, call, work } from './desk';
import type { Data } from '../support/test-service';

let lab: Lab;

beforeAll(async () => {
  lab = await Lab.open();
});

afterAll(() => lab.t.close());

/** An event of somebody whose every word begins with `name`; every third one is refused by the job. */
const event = (name: string, at: number): Data =>
  call('track', {
    event: 'Email Opened',
    userId: `${name}-id`,
    context: { traits: { email: `${name}@mail.in` } },
    ...(at % 3 === 0 ? { timestamp: '2020-01-01T00:00:00Z' } : {}),
  });

/** Turns of the job that records, until nothing waits; a conflict is tried again, as its loop does. */
async function turns(): Promise<void> {
  const { log, config, database } = lab.t.service;
  const job = features.find(({ name }) => name === 'imports')?.jobs[0] as Job;
  for (let done = 1; done > 0;) {
    done = await job
      .run({ log, config, database, clock: lab.t.clock, limits: config.limits })
      .catch((error: unknown) => {
        if (!isConflict(error)) throw error;
        return 1;
      });
  }
}

it('leaves no word of somebody who is erased while their events are recorded', async () => {
  const names = Array.from({ length: 6 }, (_, at) => `vanishing${at}`);
  for (const [round, name] of names.entries()) {
    await lab.do('identify-customer', { externalId: `${name}-id`, email: `${name}@mail.in` });
    await bring(
      lab,
      Array.from({ length: 120 }, (_, at) => event(name, at)),
    );
    const recording = turns();
    await new Promise((resolve) => setTimeout(resolve, 15 * round));
    await eraseAs(lab.t, lab.brand.apiKey, { externalId: `${name}-id` });
    await recording;
  }
  await work(lab);
  expect(await lab.t.database.query('SELECT index FROM import_rows')).toEqual([]);
  // What was on its way is erased a minute later.
  lab.t.clock.offsetMs += 120_000;
  const { log, config, database } = lab.t.service;
  const jobs = features.find(({ name }) => name === 'privacy')?.jobs ?? [];
  for (const job of jobs) {
    await job.run({ log, config, database, clock: lab.t.clock, limits: config.limits });
  }
  expect(await tablesWith(lab.t, ['vanishing'])).toEqual({});
});
