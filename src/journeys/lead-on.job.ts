import { customerId } from '../customers';
import { messageId } from '../messages';
import type { CommandTransaction } from '../platform/database/command';
import type { Job } from '../platform/feature';
import { advance, type Advance, type Done } from './advance';
import { modelsAsked, segmentsAsked, type Definition } from './definition';
import { journeyId } from './journey.id';
import { standingsOf } from './standings';

// Whoever leads a run on holds its row, and nobody waits for it: each goes on with others.
const dueSql = `
  WITH due AS MATERIALIZED (
    SELECT r.* FROM journey_runs r WHERE r.state = 'ACTIVE' AND r.check_at <= $1
    ORDER BY r.check_at, r.id LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED)
  SELECT r.*, v.definition, j.stopped_at IS NOT NULL AS stopped FROM due r
  JOIN journey_versions v ON v.brand_id = r.brand_id AND v.journey_id = r.journey_id
    AND v.version = r.version
  JOIN journeys j ON j.id = r.journey_id
  ORDER BY r.check_at, r.id`;

interface DueRun {
  id: string;
  brand_id: string;
  journey_id: string;
  version: number;
  customer_id: string;
  dormancy: Parameters<typeof advance>[1]['dormancy'];
  next: number;
  done: number;
  due_at: Date;
  entered_at: Date;
  definition: Definition;
  stopped: boolean;
}

const updateSql = `
  UPDATE journey_runs r SET state = t.state, next = t.next, done = r.done + t.done, due_at = t.due_at,
    check_at = t.check_at, ended_at = t.ended_at, ended_by = t.ended_by
  FROM unnest($1::uuid[], $2::text[], $3::integer[], $4::integer[], $5::timestamptz[], $6::timestamptz[],
    $7::timestamptz[], $8::text[]) AS t(id, state, next, done, due_at, check_at, ended_at, ended_by)
  WHERE r.id = t.id`;

const stepsSql = `
  INSERT INTO journey_steps (brand_id, run_id, number, key, kind, outcome, message_id, done_at)
  SELECT t.brand_id, t.run_id, t.number, t.key, t.kind, t.outcome, t.message_id, $8
  FROM unnest($1::uuid[], $2::uuid[], $3::integer[], $4::text[], $5::text[], $6::text[], $7::uuid[])
    AS t(brand_id, run_id, number, key, kind, outcome, message_id)`;

/**
 * Leads customers on whose step is due, and ends the runs of those who have left meanwhile. Steps, runs and
 * what is announced are written together: a step is announced once, whatever crashes and however many
 * processes lead.
 */
export const leadOn: Job = {
  name: 'lead-on-journeys',
  run: ({ database, clock }) => database.transact(clock, step),
};

interface Led {
  run: DueRun;
  led: Advance;
}

async function step(tx: CommandTransaction): Promise<number> {
  const runs = await tx.query<DueRun>(dueSql, [tx.now, tx.limits.journeyRuns]);
  if (runs.length === 0) return 0;
  const standings = await standingsOf(
    tx,
    runs.map((run) => ({ brandId: run.brand_id, customerId: run.customer_id })),
    {
      segments: [...new Set(runs.flatMap(({ definition }) => segmentsAsked(definition)))],
      models: [...new Set(runs.flatMap(({ definition }) => modelsAsked(definition)))],
    },
  );
  const all = runs.flatMap((run, at): Led[] => {
    const known = standings[at];
    if (known === undefined) throw new Error('a traveller without a standing');
    const standing = run.stopped ? { ...known, cancelledBy: 'STOPPED' as const } : known;
    const { next, due_at: dueAt, entered_at: enteredAt, dormancy } = run;
    return [
      { run, led: advance(run.definition, { next, dueAt, enteredAt, dormancy }, standing, tx.now) },
    ];
  });
  await storeRuns(tx, all);
  await storeSteps(tx, all);
  announceSteps(tx, all);
  return runs.length;
}

async function storeRuns(tx: CommandTransaction, all: readonly Led[]): Promise<void> {
  const latest = tx.now.getTime() + tx.limits.journeyCheckMinutes * 60_000;
  const ended = all.map(({ led }) => (led.state === 'ACTIVE' ? null : tx.now));
  await tx.query(updateSql, [
    all.map(({ run }) => run.id),
    all.map(({ led }) => led.state),
    all.map(({ led }) => led.next),
    all.map(({ led }) => led.done.length),
    all.map(({ led }) => led.dueAt),
    all.map(({ led }) => new Date(Math.min(led.dueAt.getTime(), latest))),
    ended,
    all.map(({ led }) => led.endedBy),
  ]);
}

async function storeSteps(tx: CommandTransaction, all: readonly Led[]): Promise<void> {
  const steps = all.flatMap(({ run, led }) =>
    led.done.map((done, at) => ({ run, done, number: run.done + at + 1 })),
  );
  if (steps.length === 0) return;
  await tx.query(stepsSql, [
    steps.map(({ run }) => run.brand_id),
    steps.map(({ run }) => run.id),
    steps.map(({ number }) => number),
    steps.map(({ done }) => done.key),
    steps.map(({ done }) => done.kind),
    steps.map(({ done }) => done.outcome),
    steps.map(({ done }) => done.messageId),
    tx.now,
  ]);
}

/** One announcement for all who reached the same step of the same version now. */
function announceSteps(tx: CommandTransaction, all: readonly Led[]): void {
  const reached = new Map<string, { run: DueRun; done: Done; recipients: string[] }>();
  for (const { run, led } of all) {
    for (const done of led.done) {
      if (done.messageId === null) continue;
      const name = `${run.journey_id} ${run.version} ${done.key}`;
      const group = reached.get(name) ?? { run, done, recipients: [] };
      group.recipients.push(customerId.encode(run.customer_id));
      reached.set(name, group);
    }
  }
  for (const { run, done, recipients } of reached.values()) {
    tx.announce({
      topic: 'journey.step_reached',
      brandId: run.brand_id,
      customerId: null,
      payload: {
        journeyId: journeyId.encode(run.journey_id),
        version: run.version,
        step: done.key,
        messageId: messageId.encode(done.messageId as string),
        recipients,
      },
    });
  }
}
