import { submitResponses, type MagnetRef, type ResponseOutcome } from '../magnets';
import type { CommandTransaction } from '../platform/database/command';
import type { LockedClaim } from './claim-rows';

/** A claim and the customer it is paid to. */
export interface Binding {
  claim: LockedClaim;
  customer: string;
}

/** The magnet a claim's code asks; null when it asks none. */
export function magnetOf({ brand_id: brandId, code_magnet: id }: LockedClaim): MagnetRef | null {
  return id === null ? null : { brandId, id };
}

/**
 * Gives the answers of claims for the customers they are bound to, each paid out of its claim's reserve;
 * what became of them, by claim.
 */
export async function submitAnswers(
  tx: CommandTransaction,
  bindings: readonly Binding[],
): Promise<Map<string, ResponseOutcome>> {
  const answered = bindings.filter(({ claim }) => claim.answer !== null);
  if (answered.length === 0) return new Map();
  const outcomes = await submitResponses(
    tx,
    answered.map(({ claim, customer }) => ({
      brandId: claim.brand_id,
      customerId: customer,
      magnetId: claim.code_magnet,
      answer: claim.answer ?? {},
      byOwner: false,
      purposeId: claim.id,
      answeredAt: claim.answered_at,
    })),
  );
  return new Map(answered.map(({ claim }, at) => [claim.id, outcomes[at] as ResponseOutcome]));
}
