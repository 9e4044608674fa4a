import { resolveCustomers, type CustomerBy } from '../customers';
import { messageId } from '../messages';
import { isFromBrand } from '../platform/database/caller-command';
import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import type { MagnetAnswer } from './magnet-content';
import { magnetId } from './magnet.id';
import type { ResponseItem, ResponseOutcome } from './response-item';
import { submitResponses } from './submit-responses';

/** An answer as it is sent. */
export interface SubmitMagnetResponse {
  magnetId: string;
  customer?: CustomerBy | null;
  answer: MagnetAnswer;
  messageId?: string | null;
}

export type SubmitMagnetResponseAnswer = Answer & ResponseOutcome;

/** Takes a list of answers, of brands for their customers and of customers for themselves. */
export const submitMagnetResponse: CommandHandler<
  SubmitMagnetResponse,
  SubmitMagnetResponseAnswer
> = {
  kind: 'submitMagnetResponse',
  async execute(tx, commands) {
    const customers = await customersOf(tx, commands);
    const read = commands.map((command, at) => itemOf(command, customers[at] ?? null));
    const items = read.filter((one) => 'answer' in one);
    const outcomes = (await submitResponses(tx, items)).values();
    return read.map((one) =>
      'answer' in one
        ? { ...(outcomes.next().value as ResponseOutcome) }
        : (refused(one) as SubmitMagnetResponseAnswer),
    );
  },
};

/** UUIDs of those who answer: named by a brand, or the sender. */
async function customersOf(
  tx: CommandTransaction,
  commands: readonly Command<SubmitMagnetResponse>[],
): Promise<(string | null)[]> {
  const named = commands.flatMap(({ input, tenant }, at) =>
    input.customer == null ? [] : [{ at, brandId: tenant as string, by: input.customer }],
  );
  const found = await resolveCustomers(tx, named);
  const customers = commands.map((command) => command.subject ?? null);
  named.forEach(({ at }, i) => (customers[at] = found[i] ?? null));
  return customers;
}

function itemOf(
  command: Command<SubmitMagnetResponse>,
  customer: string | null,
): ResponseItem | UserErrorShape {
  const { input } = command;
  const byOwner = !isFromBrand(command);
  if (!byOwner && input.customer == null) {
    return userError('INVALID_VALUE', ['customer'], 'A brand must say who answered.');
  }
  if (customer === null || (byOwner && customer !== command.subject)) {
    return userError('NOT_FOUND', ['customer']);
  }
  if (byOwner && input.messageId != null) {
    return userError('INVALID_VALUE', ['messageId'], 'Only the brand says in which message.');
  }
  const message = input.messageId == null ? null : messageId.decode(input.messageId);
  if (input.messageId != null && message === null) return userError('NOT_FOUND', ['messageId']);
  return {
    brandId: command.tenant as string,
    customerId: customer,
    magnetId: magnetId.decode(input.magnetId),
    answer: input.answer,
    messageId: message,
    byOwner,
  };
}
