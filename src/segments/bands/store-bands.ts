import { customerId } from '../../customers';
import type { CommandTransaction } from '../../platform/database/command';
import type { KnownCustomer } from './band-facts';
import { attentivenessOf, bandOf, progressOf, type Cuts } from './band-of';
import {
  segmentationModels,
  type Attentiveness,
  type Band,
  type Progress,
  type SegmentationModel,
} from './models';

/** A division that is under way, as the segmentations table has it. */
export interface Segmentation {
  id: string;
  brand_id: string;
  as_of: Date;
  trailing_days: number;
  best_cut: number | null;
  rest_cut: number | null;
  /** How many had ordered when it began. */
  ordering: number | null;
  reached: string;
}

interface Placed {
  model: SegmentationModel;
  customer_id: string;
  band: Band;
  progress: Progress;
  attentiveness: Attentiveness;
}

interface Cell extends Omit<Placed, 'customer_id'> {
  customers: number;
  revenue_minor: number;
  worth_minor: number;
}

const storeSql = `
  WITH placed AS (
    SELECT t.* FROM unnest($3::text[], $4::uuid[], $5::text[], $6::text[], $7::text[])
      AS t(model, customer_id, band, progress, attentiveness)
  ), before AS (
    SELECT p.model, p.customer_id, b.band FROM placed p
    JOIN brand_bands b ON b.brand_id = $1 AND b.model = p.model AND b.customer_id = p.customer_id
  ), stored AS (
    INSERT INTO brand_bands AS b (brand_id, model, customer_id, band, progress, attentiveness, since, as_of)
    SELECT $1, p.model, p.customer_id, p.band, p.progress, p.attentiveness, $2, $2 FROM placed p
    ORDER BY p.model, p.customer_id
    ON CONFLICT (brand_id, model, customer_id) DO UPDATE SET band = excluded.band,
      progress = excluded.progress, attentiveness = excluded.attentiveness, as_of = excluded.as_of,
      since = CASE WHEN b.band = excluded.band THEN b.since ELSE excluded.since END
  )
  SELECT p.model, p.customer_id, p.band, b.band AS before FROM placed p
  JOIN before b ON b.model = p.model AND b.customer_id = p.customer_id AND b.band <> p.band
  ORDER BY p.customer_id, p.model`;

const countSql = `
  INSERT INTO segmentation_cells AS c (brand_id, segmentation_id, model, band, progress, attentiveness,
    customers, revenue_minor, worth_minor)
  SELECT $1, $2, t.* FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::integer[],
    $8::bigint[], $9::bigint[]) AS t
  ON CONFLICT (brand_id, segmentation_id, model, band, progress, attentiveness) DO UPDATE SET
    customers = c.customers + excluded.customers, revenue_minor = c.revenue_minor + excluded.revenue_minor,
    worth_minor = c.worth_minor + excluded.worth_minor`;

/**
 * Puts these customers into their bands by every model, counts them, and tells of those who were in
 * another band before. A first band is no change.
 */
export async function storeBands(
  tx: CommandTransaction,
  segmentation: Segmentation,
  customers: readonly KnownCustomer[],
): Promise<void> {
  if (customers.length === 0) return;
  const cuts: Cuts = { best: segmentation.best_cut, rest: segmentation.rest_cut };
  const placed: Placed[] = [];
  const cells = new Map<string, Cell>();
  for (const customer of customers) {
    for (const model of segmentationModels) {
      const place = {
        model,
        band: bandOf(model, customer, cuts),
        progress: progressOf(customer, cuts),
        attentiveness: attentivenessOf(customer.dormancy),
      };
      placed.push({ ...place, customer_id: customer.customerId });
      count(cells, place, customer);
    }
  }
  await announce(tx, segmentation, placed);
  const list = [...cells.values()];
  await tx.query(countSql, [
    segmentation.brand_id,
    segmentation.id,
    list.map((cell) => cell.model),
    list.map((cell) => cell.band),
    list.map((cell) => cell.progress),
    list.map((cell) => cell.attentiveness),
    list.map((cell) => cell.customers),
    list.map((cell) => cell.revenue_minor),
    list.map((cell) => cell.worth_minor),
  ]);
}

function count(
  cells: Map<string, Cell>,
  place: Omit<Placed, 'customer_id'>,
  { revenue, worth }: KnownCustomer,
): void {
  const name = Object.values(place).join(' ');
  const cell = cells.get(name) ?? { ...place, customers: 0, revenue_minor: 0, worth_minor: 0 };
  cells.set(name, cell);
  cell.customers += 1;
  cell.revenue_minor += revenue;
  cell.worth_minor += worth;
}

async function announce(
  tx: CommandTransaction,
  { brand_id, as_of }: Segmentation,
  placed: readonly Placed[],
): Promise<void> {
  const changes = await tx.query<Placed & { before: Band }>(storeSql, [
    brand_id,
    as_of,
    placed.map((one) => one.model),
    placed.map((one) => one.customer_id),
    placed.map((one) => one.band),
    placed.map((one) => one.progress),
    placed.map((one) => one.attentiveness),
  ]);
  for (const { model, customer_id, band, before } of changes) {
    tx.announce({
      topic: 'band.changed',
      brandId: brand_id,
      customerId: customer_id,
      payload: { customerId: customerId.encode(customer_id), model, band, before },
    });
  }
}
