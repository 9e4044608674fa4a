import { customerId } from '../customers';
import {
  refused,
  type Answer,
  type Command,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import type { Guard } from '../platform/feature';
import { eraseCustomerKind } from './erase-customer.command';

/** Somebody a command names by UUID, and the brand it acts for. */
interface Named {
  customer: string;
  brandId: string | null;
}

const erasedSql = `
  SELECT DISTINCT t.place FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS t(id, brand_id, place)
  JOIN customers c ON c.id = t.id
  JOIN erasures e ON e.customer_id = coalesce(c.merged_into, c.id)
    AND (e.brand_id IS NULL OR e.brand_id = t.brand_id)`;

/**
 * Refuses what an erased customer sends with a token they still have, and says CUSTOMER_ERASED instead of
 * NOT_FOUND where a command names somebody erased by the id they had.
 */
export const refuseErased: Guard = (handler) => {
  if (handler.kind === eraseCustomerKind) return handler;
  return {
    ...handler,
    async execute(tx, commands) {
      const barred = await sentByErased(tx, commands);
      const rest = commands.filter((_, at) => !barred.has(at));
      const answered = (rest.length === 0 ? [] : await handler.execute(tx, rest)).values();
      const answers = commands.map((_, at) =>
        barred.has(at)
          ? refused(userError('CUSTOMER_ERASED', null))
          : (answered.next().value as Answer),
      );
      return reworded(tx, commands, answers);
    },
  };
};

async function sentByErased(
  tx: CommandTransaction,
  commands: readonly Command[],
): Promise<Set<number>> {
  const senders = commands.flatMap(({ subject, tenant }, at) =>
    subject == null ? [] : [{ at, customer: subject, brandId: tenant }],
  );
  const erased = await areErased(tx, senders);
  return new Set(senders.filter((_, i) => erased.has(i)).map(({ at }) => at));
}

/** The places in a list of those who are erased. */
async function areErased(tx: CommandTransaction, named: readonly Named[]): Promise<Set<number>> {
  if (named.length === 0) return new Set();
  const rows = await tx.query<{ place: number }>(erasedSql, [
    named.map(({ customer }) => customer),
    named.map(({ brandId }) => brandId),
  ]);
  return new Set(rows.map(({ place }) => place - 1));
}

async function reworded(
  tx: CommandTransaction,
  commands: readonly Command[],
  answers: Answer[],
): Promise<Answer[]> {
  const missed = answers.flatMap(({ userErrors }, at) =>
    userErrors.flatMap((error, nth) => {
      const { input, tenant } = commands[at] as Command;
      const customer = customerAt(input, error);
      return customer === null ? [] : [{ at, nth, customer, brandId: tenant }];
    }),
  );
  const erased = await areErased(tx, missed);
  const gone = new Set(missed.filter((_, i) => erased.has(i)).map(({ at, nth }) => `${at} ${nth}`));
  if (gone.size === 0) return answers;
  return answers.map((answer, at) => ({
    ...answer,
    userErrors: answer.userErrors.map((error, nth) =>
      gone.has(`${at} ${nth}`) ? userError('CUSTOMER_ERASED', error.field) : error,
    ),
  }));
}

/** The customer behind the field of an input that was not found, when it is named by an id. */
function customerAt(input: unknown, { code, field }: UserErrorShape): string | null {
  if (code !== 'NOT_FOUND' || field === null) return null;
  let value = input;
  for (const name of field) {
    if (typeof value !== 'object' || value === null) return null;
    value = (value as Record<string, unknown>)[name];
  }
  if (typeof value === 'object' && value !== null) value = (value as Record<string, unknown>)['id'];
  return typeof value === 'string' ? customerId.decode(value) : null;
}
