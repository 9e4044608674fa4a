import { reckonDue } from '../analytics/desk';
import { judgeAttention } from '../../src/attention/judge-attention.job';
import { judgeAcquisitions } from '../../src/economics/judge-acquisitions.job';
import { judgeSegments } from '../../src/segments/judge-segments.job';
import type { Job } from '../../src/platform/feature';
import { ask } from '../analytics/desk';
import { Writing } from '../contact/writing';
import { acquire, daysAgo } from '../economics/ledger-desk';
import { Scene } from '../promises/scene';
import { must, person } from '../referrals/friends';
import { startTestService, type TestService } from '../support/test-service';

/*
 * Limits of what jobs do at once and how often, each with as many as it allows and one more.
 */

const minuteMs = 60_000;
let t: TestService;

beforeAll(async () => {
  t = await startTestService({
    limits: {
      attentionJudged: 2,
      acquisitionsJudged: 2,
      atRiskKept: 2,
      segmentResweepSeconds: 1800,
      standingMinutes: 30,
    },
  });
});

afterEach(() => {
  t.clock.offsetMs = 0;
});
afterAll(() => t.close());

/** Runs a job once; answers how many things it did. */
function once(job: Job): Promise<number> {
  const { config, database, clock, log } = t.service;
  return Promise.resolve(job.run({ config, database, clock, log, limits: config.limits }));
}

test('attentionJudged customers are judged at a time, and the one more at the next', async () => {
  const { apiKey } = await t.createBrand('judged');
  for (const externalId of ['a', 'b', 'c']) {
    await must(t, apiKey, 'identify-customer', { externalId });
    await must(t, apiKey, 'record-attention', { customer: { externalId }, action: 'CLICK' });
  }
  while ((await once(judgeAttention)) > 0);
  await t.database.query(`UPDATE attention_states SET check_at = '2020-01-01'`);
  expect([await once(judgeAttention), await once(judgeAttention)]).toEqual([2, 1]);
  expect(await once(judgeAttention)).toBe(0);
});

test('acquisitionsJudged acquisitions are judged at a time, and the one more at the next', async () => {
  const brand = await t.createBrand('acquired');
  for (let made = 0; made < 3; made += 1) {
    await acquire(t, brand, await person(t, brand, {}), { acquiredAt: daysAgo(95) });
  }
  expect([await once(judgeAcquisitions), await once(judgeAcquisitions)]).toEqual([2, 1]);
  expect(await once(judgeAcquisitions)).toBe(0);
});

test('atRiskKept customers who slide next are kept, the soonest, and not one more', async () => {
  const brand = await t.createBrand('sliding');
  const desk = new Writing(t, brand);
  const people: string[] = [];
  const slide = async (days: number) => {
    const reader = await desk.reader();
    t.clock.offsetMs = -days * 24 * 60 * minuteMs;
    await must(t, brand.apiKey, 'record-attention', {
      customer: { id: reader.id },
      action: 'CLICK',
    });
    t.clock.offsetMs = 0;
    for (let message = 0; message < 3; message += 1) await desk.deliver(reader);
    people.push(reader.id);
  };
  const kept = async () => {
    await t.database.query(`UPDATE brand_standings SET check_at = '2020-01-01'`);
    await reckonDue(t);
    const { atRisk } = await ask(t, brand.apiKey, 'brand-at-risk', { first: 10 });
    return (atRisk.nodes as { customer: { id: string } }[]).map(({ customer }) => customer.id);
  };
  await slide(20);
  await slide(25);
  expect(await kept()).toEqual([people[1], people[0]]);
  await slide(22);
  expect(await kept()).toEqual([people[1], people[2]]);
});

test('a segment that asks how long ago is judged again after segmentResweepSeconds, and not before', async () => {
  const scene = await Scene.create(t, 'swept');
  await scene.customer();
  await scene.do('upsertSegment', { name: 'new', condition: { createdAt: { withinDays: 7 } } });
  while ((await once(judgeSegments)) > 0);
  t.clock.offsetMs = 29 * minuteMs;
  expect(await once(judgeSegments)).toBe(0);
  t.clock.offsetMs = 30 * minuteMs + 1000;
  expect(await once(judgeSegments)).toBeGreaterThan(0);
});
