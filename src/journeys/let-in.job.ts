import type { CommandTransaction } from '../platform/database/command';
import { inTurn } from '../platform/database/turn';
import type { Job } from '../platform/feature';
import { letIn } from './let-in';

/** Advisory lock of whoever lets customers in. */
const lock = 7_219_340_593;

const takeSql = `
  DELETE FROM journey_entries q WHERE q.id IN (
    SELECT x.id FROM journey_entries x ORDER BY x.id LIMIT $1)
  RETURNING q.brand_id AS "brandId", q.journey_id AS "journeyId", q.customer_id AS "customerId"`;

/** Lets in whom triggers have meant. */
export const letInByTriggers: Job = {
  name: 'let-in-on-journeys',
  run: (context) => inTurn(context, lock, step),
};

async function step(tx: CommandTransaction): Promise<number> {
  const entries = await tx.query<Parameters<typeof letIn>[1][number]>(takeSql, [
    tx.limits.journeyRuns,
  ]);
  await letIn(tx, entries, { byHand: false });
  return entries.length;
}
