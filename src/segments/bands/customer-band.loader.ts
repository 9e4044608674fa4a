import { defineListLoader } from '../../platform/graphql/loaders';
import { modelVersions, type SegmentationModel } from './models';
import { type CustomerBand } from './segmentation.type';

const bandsSql = `
  SELECT b.customer_id, b.model, b.band, b.progress, b.attentiveness, b.since, b.as_of
  FROM brand_bands b
  WHERE b.customer_id = ANY ($1::uuid[]) AND b.model = $2 AND b.brand_id = $3
    AND ($4::uuid IS NULL OR b.customer_id = $4)`;

type Row = Omit<CustomerBand, 'asOf' | 'window' | 'modelVersion'> & {
  customer_id: string;
  as_of: Date;
};

/** The bands of customers, by UUID, with the caller's brand or the one that signed the caller in. */
export const customerBandLoader = defineListLoader<
  { model: SegmentationModel },
  CustomerBand | null
>(async ({ caller, reads }, customers, { model }) => {
  if (caller.kind !== 'brand' && caller.kind !== 'customer') return customers.map(() => null);
  const subject = caller.kind === 'customer' ? caller.customerId : null;
  const rows = await reads.query<Row>(bandsSql, [customers, model, caller.brandId, subject]);
  const found = new Map(rows.map((row) => [row.customer_id, row]));
  return customers.map((id) => {
    const row = found.get(id);
    if (row === undefined) return null;
    const { band, progress, attentiveness, since, as_of: asOf } = row;
    return {
      model,
      band,
      progress,
      attentiveness,
      since,
      asOf,
      window: { from: null, until: asOf },
      modelVersion: modelVersions[model],
    };
  });
});
