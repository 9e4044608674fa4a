import { inSegmentSql } from '../segments';

/**
 * Whether the trigger of a published journey `j` means a customer as they are now, as a condition of SQL; the
 * argument is SQL. Null where a trigger means nobody by what they are: those of events, and by hand.
 */
export function meantSql(customer: string): string {
  return `CASE j.trigger_kind
    WHEN 'DORMANCY' THEN EXISTS (SELECT FROM attention_states ms WHERE ms.brand_id = j.brand_id
      AND ms.customer_id = ${customer} AND ms.dormancy = ANY (j.trigger_values))
    WHEN 'SEGMENT' THEN ${inSegmentSql('j.trigger_values[1]::uuid', customer)}
    WHEN 'BAND' THEN EXISTS (SELECT FROM brand_bands mb WHERE mb.brand_id = j.brand_id
      AND mb.customer_id = ${customer} AND mb.model || ' ' || mb.band = ANY (j.trigger_values))
  END`;
}
