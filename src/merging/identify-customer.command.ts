import {
  identifyCustomerKind,
  identifyCustomers,
  type IdentifyAnswer,
  type IdentifyInput,
} from '../customers';
import type { CommandHandler } from '../platform/database/command';
import { mergeAll } from './merge-customers';

const reason = 'A device of somebody unknown turned out to be the customer’s';

/**
 * Identifies customers. An unknown visitor whose device or app a call names beside somebody the brand
 * knows is that customer, so what they did follows, in the same transaction; unless either wants no Mu.
 */
export const identifyCustomer: CommandHandler<IdentifyInput, IdentifyAnswer> = {
  kind: identifyCustomerKind,
  async execute(tx, commands) {
    const { answers, recognised } = await identifyCustomers(tx, commands);
    if (recognised.length === 0) return answers;
    const merged = await mergeAll(
      tx,
      recognised.map((one) => ({ ...one, reason })),
    );
    const survivors = new Map(
      merged.flatMap((one) => ('gone' in one ? [[one.gone, one.survivor] as const] : [])),
    );
    return answers.map((answer) => {
      const survivor = answer.customer === undefined ? undefined : survivors.get(answer.customer);
      return survivor === undefined ? answer : { ...answer, customer: survivor };
    });
  },
};
