import { customerId, resolveCustomers, type CustomerBy } from '../customers';
import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorShape } from '../platform/errors';
import { checkText } from '../platform/text';
import { mergeAll, type Merged, type MergeRequest } from './merge-customers';

/** Word that two customers are one person. */
export interface MergeCustomers {
  from: CustomerBy;
  into: CustomerBy;
  reason: string;
}

/** Holds UUIDs only: why is for those who may read the merge. */
export interface MergeCustomersAnswer extends Answer {
  merge?: string;
  customer?: string;
}

const knownSql = `SELECT c.id FROM customers c WHERE c.id = ANY ($1::uuid[])`;

/** Merges customers a brand knows both, or any whom the platform names by their ids. */
export const mergeCustomers: CommandHandler<MergeCustomers, MergeCustomersAnswer> = {
  kind: 'mergeCustomers',
  async execute(tx, commands) {
    const read = await readRequests(tx, commands);
    const requests = read.filter((one): one is MergeRequest => 'from' in one);
    const merged = (await mergeAll(tx, requests)).values();
    return read.map((one) => {
      const done = 'from' in one ? (merged.next().value as Merged | UserErrorShape) : one;
      if (!('gone' in done)) return refused(done);
      return { merge: done.id, customer: done.survivor, userErrors: [] };
    });
  },
};

async function readRequests(
  tx: CommandTransaction,
  commands: readonly Command<MergeCustomers>[],
): Promise<(MergeRequest | UserErrorShape)[]> {
  const from = await resolve(tx, commands, ({ from }) => from);
  const into = await resolve(tx, commands, ({ into }) => into);
  return commands.map(({ tenant, input }, at) => {
    const reason = checkText(input.reason, { maxBytes: tx.limits.textBytes, field: ['reason'] });
    if (reason.refusal) return reason.refusal;
    const [one, other] = [from[at] ?? null, into[at] ?? null];
    if (one === null) return userError('NOT_FOUND', ['from']);
    if (other === null) return userError('NOT_FOUND', ['into']);
    return { brandId: tenant, from: one, into: other, reason: reason.value };
  });
}

/** A brand names customers as it knows them; the platform, which knows no names, by id. */
async function resolve(
  tx: CommandTransaction,
  commands: readonly Command<MergeCustomers>[],
  pick: (input: MergeCustomers) => CustomerBy,
): Promise<(string | null)[]> {
  const named = commands.flatMap(({ tenant, input }, at) =>
    tenant === null ? [] : [{ at, brandId: tenant, by: pick(input) }],
  );
  const found = await resolveCustomers(tx, named);
  const uuids = commands.map(({ tenant, input }) => {
    const { id } = pick(input);
    return tenant === null && id != null ? customerId.decode(id) : null;
  });
  const known = await tx.query<{ id: string }>(knownSql, [uuids]);
  const ids = new Set(known.map((row) => row.id));
  const customers = uuids.map((uuid) => (uuid !== null && ids.has(uuid) ? uuid : null));
  named.forEach(({ at }, i) => (customers[at] = found[i] ?? null));
  return customers;
}
