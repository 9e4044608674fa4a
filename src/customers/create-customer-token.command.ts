import {
  refused,
  type Answer,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError } from '../platform/errors';
import type { CustomerBy } from './customer-by';
import type { CustomerCommand } from './customer-command';
import { resolveCustomers } from './resolve-customers';

/** Whom a token is wanted for and how long it shall live, without the idempotency key. */
export interface CreateTokenInput {
  customer: CustomerBy;
  ttlSeconds: number;
}

/** What the token is signed from; the token itself is stored nowhere. */
export interface CreateTokenAnswer extends Answer {
  customer?: string;
  issuedAt?: string;
  ttlSeconds?: number;
}

type CreateTokenCommand = CustomerCommand<CreateTokenInput>;

/** Grants tokens to customers of the calling brands. */
export const createCustomerTokenHandler: CommandHandler<CreateTokenInput, CreateTokenAnswer> = {
  kind: 'createCustomerToken',
  async execute(tx, commands: readonly CreateTokenCommand[]) {
    const customers = await resolveCustomers(
      tx,
      commands.map(({ tenant, input }) => ({ brandId: tenant as string, by: input.customer })),
    );
    return commands.map((command, at) => answerTo(tx, command, customers[at] ?? null));
  },
};

function answerTo(
  tx: CommandTransaction,
  { input, limits }: CreateTokenCommand,
  customer: string | null,
): CreateTokenAnswer {
  const { ttlSeconds } = input;
  if (ttlSeconds < 1 || ttlSeconds > limits.tokenTtlSeconds) {
    const message = `A token lives from 1 to ${limits.tokenTtlSeconds} seconds.`;
    return refused(userError('INVALID_VALUE', ['ttlSeconds'], message));
  }
  if (customer === null) return refused(userError('NOT_FOUND', ['customer']));
  return { userErrors: [], customer, issuedAt: tx.now.toISOString(), ttlSeconds };
}
