import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import type { Limits } from '../platform/limits';
import { checkText } from '../platform/text';
import { mergeId } from './merge.id';
import { unmergeAll, type Unmerged, type UnmergeRequest } from './unmerge-customers';

/** Word that two customers who were merged are two persons. */
export interface UnmergeCustomers {
  merge: string;
  reason: string;
}

/** Holds UUIDs only. */
export interface UnmergeCustomersAnswer extends Answer {
  merge?: string;
  from?: string;
  into?: string;
}

/** Undoes merges a brand asked for, or any the platform names. */
export const unmergeCustomers: CommandHandler<UnmergeCustomers, UnmergeCustomersAnswer> = {
  kind: 'unmergeCustomers',
  async execute(tx, commands) {
    const read = commands.map((command) => readRequest(command, tx.limits));
    const requests = read.filter((one): one is UnmergeRequest => 'merge' in one);
    const undone = (await unmergeAll(tx, requests)).values();
    return read.map((one) => {
      const done = 'merge' in one ? (undone.next().value as Unmerged | UserErrorShape) : one;
      if (!('gone' in done)) return refused(done);
      return { merge: done.id, from: done.gone, into: done.survivor, userErrors: [] };
    });
  },
};

function readRequest(
  { tenant, input }: Command<UnmergeCustomers>,
  limits: Limits,
): UnmergeRequest | UserErrorShape {
  const reason = checkText(input.reason, { maxBytes: limits.textBytes, field: ['reason'] });
  if (reason.refusal) return reason.refusal;
  const merge = mergeId.decode(input.merge);
  if (merge === null) return userError('NOT_FOUND', ['merge']);
  return { brandId: tenant, merge, reason: reason.value };
}
