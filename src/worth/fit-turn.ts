import type { CommandTransaction } from '../platform/database/command';
import type { FitAnswer } from './fit-worker';

const hourMs = 3_600_000;
/** A process that dies while it fits leaves the brand to the others after this. */
const leaseMs = 900_000;

const claimSql = `
  UPDATE worth_turns t SET due_at = $2
  FROM (SELECT d.brand_id FROM worth_turns d WHERE d.due_at <= $1
    ORDER BY d.due_at, d.brand_id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED) d
  WHERE t.brand_id = d.brand_id RETURNING t.brand_id`;

// Of too many customers a share is looked at that has nothing to do with when they came.
const cellsSql = `
  DECLARE worth_cells NO SCROLL CURSOR FOR
  SELECT c.days - 1 AS repeats, c.last_day - c.first_day AS recency,
    greatest(c.today, c.last_day) - c.first_day AS age, c.repeat_minor AS spent,
    count(*)::integer AS customers
  FROM (SELECT r.*, ($2::timestamptz AT TIME ZONE b.timezone)::date AS today
    FROM purchase_rhythms r JOIN brands b ON b.id = r.brand_id WHERE r.brand_id = $1
    ORDER BY hashtextextended(r.customer_id::text, 0), r.customer_id LIMIT $3) c
  GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`;

const atOnce = 2000;
const fetchSql = `FETCH ${atOnce} FROM worth_cells`;
const closeSql = 'CLOSE worth_cells';

type Cell = Record<'repeats' | 'recency' | 'age' | 'spent' | 'customers', number>;

/** Takes the brand whose model is due longest; null when none is. Nobody else takes it meanwhile. */
export async function claimTurn(tx: CommandTransaction): Promise<string | null> {
  const lease = new Date(tx.now.getTime() + leaseMs);
  const [row] = await tx.query<{ brand_id: string }>(claimSql, [tx.now, lease]);
  return row?.brand_id ?? null;
}

/**
 * The brand's customers by rhythm and spending, at most as many as are fitted on; read by pieces, between which
 * requests have their turn. By fives: repeats, recency and age in days, spent, customers.
 */
export async function readCells(tx: CommandTransaction, brandId: string): Promise<Float64Array> {
  await tx.query(cellsSql, [brandId, tx.now, tx.limits.worthModelCustomers]);
  const numbers: number[] = [];
  for (let rows: Cell[]; (rows = await tx.query<Cell>(fetchSql)).length > 0;) {
    for (const { repeats, recency, age, spent, customers } of rows) {
      numbers.push(repeats, recency, age, spent, customers);
    }
  }
  await tx.query(closeSql);
  return Float64Array.from(numbers);
}

const lockSql = `SELECT t.version FROM worth_turns t WHERE t.brand_id = $1 FOR NO KEY UPDATE`;

const modelSql = `
  INSERT INTO worth_models (brand_id, version, fitted_at, customers, spenders, buying, spending)
  VALUES ($1, $2, $3, $4, $5, $6, $7)`;

const turnSql = `
  UPDATE worth_turns t SET version = $2, tried_at = $3, refusal = $4, customers = $5, spenders = $6,
    due_at = $7, fitted_at = CASE WHEN $4::text IS NULL THEN $3 ELSE t.fitted_at END
  WHERE t.brand_id = $1`;

/** Keeps what a fit brought, a model or why there is none, and sets the brand's next turn. */
export async function storeFit(
  tx: CommandTransaction,
  brandId: string,
  { fit, customers, spenders }: FitAnswer,
): Promise<void> {
  const [turn] = await tx.query<{ version: number }>(lockSql, [brandId]);
  let version = turn?.version ?? 0;
  const refusal = typeof fit === 'string' ? fit : null;
  if (typeof fit !== 'string') {
    version += 1;
    const { buying, buyingLogLikelihood, spending, spendingLogLikelihood } = fit;
    await tx.query(modelSql, [
      brandId,
      version,
      tx.now,
      customers,
      spenders,
      JSON.stringify({ ...buying, logLikelihood: buyingLogLikelihood }),
      JSON.stringify({ ...spending, logLikelihood: spendingLogLikelihood }),
    ]);
  }
  const again = new Date(tx.now.getTime() + tx.limits.worthModelHours * hourMs);
  await tx.query(turnSql, [brandId, version, tx.now, refusal, customers, spenders, again]);
}
