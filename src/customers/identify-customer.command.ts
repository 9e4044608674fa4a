import { refused, type Answer, type Command } from '../platform/database/command';
import type { CommandTransaction } from '../platform/database/command';
import { readIdentify, type IdentifyInput } from './identify.request';
import type { Recognised } from './identity-book';
import { readBook } from './identity-book.read';
import { writeBook } from './identity-book.write';

/** Holds the customer's UUID and nothing of the person. */
export interface IdentifyAnswer extends Answer {
  customer?: string;
}

export const identifyCustomerKind = 'identifyCustomer';

/**
 * Identifies customers of any brands, one call after another, in a constant number of statements.
 * Unknown visitors who were recognised are answered, to be merged into whom they are.
 */
export async function identifyCustomers(
  tx: CommandTransaction,
  commands: readonly Command<IdentifyInput>[],
): Promise<{ answers: IdentifyAnswer[]; recognised: readonly Recognised[] }> {
  const requests = commands.map((command) => readIdentify(command, tx.limits));
  const book = await readBook(
    tx,
    requests.filter((request) => 'brandId' in request),
  );
  const answers = requests.map((request): IdentifyAnswer => {
    const result = 'refusals' in request ? request : book.identify(request);
    if ('refusals' in result) return refused(...result.refusals);
    return { userErrors: [], customer: result.customer };
  });
  await writeBook(tx, book);
  return { answers, recognised: book.recognised };
}
