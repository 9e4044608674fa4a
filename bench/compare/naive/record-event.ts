import type { DataSource, EntityManager } from 'typeorm';
import {
  NaiveAccount,
  NaiveCustomer,
  NaiveEntry,
  NaiveEvent,
  NaiveKey,
  NaiveTransfer,
} from './tables';

/** The input of the mutation; the same fields as ours, as far as the bench sends them. */
export interface NaiveInput {
  customer: { externalId: string };
  action: string;
  channel: string | null;
  idempotencyKey: string;
}

interface NaiveAnswer {
  grants: { amount: number }[];
  wallet: { balance: number } | null;
  userErrors: { code: string }[];
}

const perVisit = 1;

function refused(code: string): NaiveAnswer {
  return { grants: [], wallet: null, userErrors: [{ code }] };
}

/** One transaction a mutation, by repositories: what a careful team writes first. */
export function recordEvent(
  database: DataSource,
  brandId: string,
  input: NaiveInput,
): Promise<NaiveAnswer> {
  return database.transaction(async (manager) => {
    const { idempotencyKey: key } = input;
    const known = await manager.getRepository(NaiveKey).findOneBy({ brandId, key });
    if (known !== null) return known.answer as NaiveAnswer;
    const { externalId } = input.customer;
    const customer = await manager.getRepository(NaiveCustomer).findOneBy({ brandId, externalId });
    if (customer === null) return refused('NOT_FOUND');
    const [budget, wallet] = await lockAccounts(manager, brandId, customer.id);
    if (Number(budget.balance) < perVisit) return refused('INSUFFICIENT_FUNDS');
    const events = manager.getRepository(NaiveEvent);
    const event = events.create({
      brandId,
      customerId: customer.id,
      action: input.action,
      channel: input.channel,
    });
    await events.insert(event);
    await move(manager, { budget, wallet, eventId: event.id });
    const answer: NaiveAnswer = {
      grants: [{ amount: perVisit }],
      wallet: { balance: Number(wallet.balance) },
      userErrors: [],
    };
    await manager.getRepository(NaiveKey).insert({ brandId, key, answer });
    return answer;
  });
}

/** Both in one statement and in the order of their ids, so that no two wait for each other. */
async function lockAccounts(
  manager: EntityManager,
  brandId: string,
  customerId: string,
): Promise<[NaiveAccount, NaiveAccount]> {
  const locked = await manager.getRepository(NaiveAccount).find({
    where: [
      { kind: 'BUDGET', owner: brandId },
      { kind: 'WALLET', owner: customerId },
    ],
    order: { id: 'ASC' },
    lock: { mode: 'pessimistic_write' },
  });
  const of = (kind: string) => locked.find((account) => account.kind === kind) as NaiveAccount;
  return [of('BUDGET'), of('WALLET')];
}

async function move(
  manager: EntityManager,
  { budget, wallet, eventId }: { budget: NaiveAccount; wallet: NaiveAccount; eventId: string },
): Promise<void> {
  const transfers = manager.getRepository(NaiveTransfer);
  const transfer = transfers.create({ eventId, amount: String(perVisit) });
  await transfers.insert(transfer);
  const accounts = manager.getRepository(NaiveAccount);
  const legs = [
    { account: budget, amount: -perVisit },
    { account: wallet, amount: perVisit },
  ];
  for (const { account, amount } of legs)
    account.balance = String(Number(account.balance) + amount);
  await manager.getRepository(NaiveEntry).insert(
    legs.map(({ account, amount }) => ({
      transferId: transfer.id,
      accountId: account.id,
      amount: String(amount),
      balanceAfter: account.balance,
    })),
  );
  for (const { account } of legs) {
    await accounts.update({ id: account.id }, { balance: account.balance });
  }
}
