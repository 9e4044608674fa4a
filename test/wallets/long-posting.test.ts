import { brandId } from '../../src/brands';
import { accounts, Posting, type Posted } from '../../src/ledger';
import type { CommandTransaction } from '../../src/platform/database/command';
import { startTestService, type TestBrand, type TestService } from '../support/test-service';

let t: TestService;
let brand: TestBrand;
let customers: string[];

beforeAll(async () => {
  t = await startTestService();
  brand = await t.createBrand('kaapico', { budget: 10_000 });
  customers = Array.from({ length: 7 }, () => crypto.randomUUID());
});

afterAll(() => t.close());

/** Grants of one Mu each, to the customers in turn, in one posting. */
async function grantMany(tx: CommandTransaction, number: number): Promise<Posted[]> {
  const uuid = brandId.decode(brand.id)!;
  const budget = accounts.budget(uuid);
  const shares = customers.map((customerId) => ({ brandId: uuid, customerId }));
  const posting = await Posting.open(tx, [budget, ...customers.map(accounts.wallet)], shares);
  const posted = Array.from({ length: number }, (_, at) => {
    const customerId = customers[at % customers.length] as string;
    const credit = accounts.wallet(customerId);
    const what = { kind: 'GRANT', reason: 'visit', brandId: uuid, customerId } as const;
    return posting.transfer({ ...what, debit: budget, credit, amount: 1 }) as Posted;
  });
  await posting.flush();
  return posted;
}

async function counted(): Promise<object | undefined> {
  const [row] = await t.database.query<object>(
    `SELECT (SELECT count(*)::int FROM transfers WHERE kind = 'GRANT') AS transfers,
      (SELECT count(*)::int FROM entries WHERE account_kind = 'WALLET') AS entries,
      (SELECT coalesce(sum(balance), 0)::int FROM accounts WHERE kind = 'WALLET') AS balance,
      (SELECT coalesce(sum(balance), 0)::int FROM wallet_shares) AS shares,
      (SELECT count(*)::int FROM outbox WHERE topic = 'mu.granted') AS announced`,
  );
  return row;
}

it.each([1, 255, 256, 257, 700])(
  'a posting of %i transfers is stored whole, each with its place among the others',
  async (number) => {
    const before = await counted();
    const posted = await t.service.database.transact(t.clock, (tx) => grantMany(tx, number));
    const after = await counted();
    const grown = Object.fromEntries(
      Object.entries(after ?? {}).map(([name, value]) => [
        name,
        (value as number) - (before as Record<string, number>)[name]!,
      ]),
    );
    const each = number;
    expect(grown).toEqual({
      transfers: each,
      entries: each,
      balance: each,
      shares: each,
      announced: each,
    });
    const kept = await t.database.query<{ id: string; number: number }>(
      `SELECT id, number FROM entries WHERE id = ANY ($1::uuid[]) ORDER BY number`,
      [posted.map(({ debit }) => debit.id)],
    );
    expect(kept.map(({ id }) => id)).toEqual(posted.map(({ debit }) => debit.id));
  },
);

it.each([1, 2, 3])(
  'a posting in three parts of which part %i cannot be stored leaves nothing behind',
  async (broken) => {
    const before = await counted();
    let parts = 0;
    const posting = t.service.database.transact(t.clock, (tx) =>
      grantMany(
        {
          ...tx,
          async query(text, values) {
            if (text.includes('INSERT INTO transfers')) parts += 1;
            if (parts === broken) await tx.query('SELECT 1 / 0');
            return tx.query(text, values);
          },
        },
        700,
      ),
    );
    await expect(posting).rejects.toMatchObject({ code: '22012' });
    expect(parts).toBe(3);
    expect(await counted()).toEqual(before);
  },
);
