import type { ReferenceLoader } from '../platform/feature';
import { readCustomerBy, type CustomerKey } from './customer-by';
import { customerByKeyLoader } from './customer.loader';

type Representation = Record<string, unknown>;

/**
 * Customers a router names by id, externalId or email, all in one statement. A representation may hold
 * more than one key; the first of these that is there counts.
 */
export const loadCustomerReferences: ReferenceLoader = async (representations, context) => {
  const keys = representations.map(keyOf);
  const wanted = keys.filter((key) => key !== null);
  const found = await customerByKeyLoader(context).loadMany(wanted);
  const answers = found.values();
  return keys.map((key) => {
    const answer = key === null ? null : (answers.next().value ?? null);
    if (answer instanceof Error) throw answer;
    return answer;
  });
};

function keyOf(representation: Representation): CustomerKey | null {
  const { id, externalId, email } = representation;
  if (typeof id === 'string') return readCustomerBy({ id });
  if (typeof externalId === 'string') return readCustomerBy({ externalId });
  return typeof email === 'string' ? readCustomerBy({ email }) : null;
}
