import type { CommandTransaction } from '../platform/database/command';

/** A customer of a brand. */
interface Pair {
  brandId: string;
  customerId: string;
}

const treatedSql = `
  SELECT m.customer_id, m.experiment_id
  FROM unnest($1::uuid[], $2::uuid[]) AS t(brand_id, customer_id)
  JOIN experiment_members m ON m.customer_id = t.customer_id AND m.brand_id = t.brand_id
    AND m.experiment_id = ANY ($3::uuid[]) AND m.arm = 'TREATED'`;

const nothing: ReadonlySet<string> = new Set();

/** Which of the experiments each customer is treated in; nobody is asked when none is named. */
export class Treated {
  private readonly byCustomer = new Map<string, Set<string>>();

  private constructor() {}

  /** At most one statement. */
  static async read(
    tx: Pick<CommandTransaction, 'query'>,
    pairs: readonly Pair[],
    experimentIds: readonly string[],
  ): Promise<Treated> {
    const treated = new Treated();
    if (experimentIds.length === 0 || pairs.length === 0) return treated;
    const distinct = [
      ...new Map(pairs.map((pair) => [`${pair.brandId} ${pair.customerId}`, pair])).values(),
    ];
    const rows = await tx.query<{ customer_id: string; experiment_id: string }>(treatedSql, [
      distinct.map(({ brandId }) => brandId),
      distinct.map(({ customerId }) => customerId),
      experimentIds,
    ]);
    for (const { customer_id: customer, experiment_id: experiment } of rows) {
      const own = treated.byCustomer.get(customer) ?? new Set<string>();
      treated.byCustomer.set(customer, own.add(experiment));
    }
    return treated;
  }

  /** UUIDs of the experiments the customer is treated in. */
  of(customerId: string): ReadonlySet<string> {
    return this.byCustomer.get(customerId) ?? nothing;
  }
}
