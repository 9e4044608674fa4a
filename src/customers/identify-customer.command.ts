import { refused, type Answer, type CommandHandler } from '../platform/database/command';
import { readIdentify, type IdentifyInput } from './identify.request';
import { readBook } from './identity-book.read';
import { writeBook } from './identity-book.write';

/** Holds the customer's UUID and nothing of the person. */
export interface IdentifyAnswer extends Answer {
  customer?: string;
}

/** Identifies customers of any brands, one call after another, in a constant number of statements. */
export const identifyCustomerHandler: CommandHandler<IdentifyInput, IdentifyAnswer> = {
  kind: 'identifyCustomer',
  async execute(tx, commands) {
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
    return answers;
  },
};
