import {
  refused,
  type Answer,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError } from '../platform/errors';
import type { CustomerBy } from './customer-by';
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

/** Grants tokens to customers of the calling brands. */
export const createCustomerTokenHandler: CommandHandler<CreateTokenInput, CreateTokenAnswer> = {
  kind: 'createCustomerToken',
  async execute(tx, commands) {
    const customers = await resolveCustomers(
      tx,
      commands.map(({ tenant, input }) => ({ brandId: tenant as string, by: input.customer })),
    );
    return commands.map((command, at) => answerTo(tx, command.input, customers[at] ?? null));
  },
};

function answerTo(
  tx: CommandTransaction,
  { ttlSeconds }: CreateTokenInput,
  customer: string | null,
): CreateTokenAnswer {
  if (ttlSeconds < 1 || ttlSeconds > tx.limits.tokenTtlSeconds) {
    const message = `A token lives from 1 to ${tx.limits.tokenTtlSeconds} seconds.`;
    return refused(userError('INVALID_VALUE', ['ttlSeconds'], message));
  }
  if (customer === null) return refused(userError('NOT_FOUND', ['customer']));
  return { userErrors: [], customer, issuedAt: tx.now.toISOString(), ttlSeconds };
}
