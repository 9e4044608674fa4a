import { startTestService, type TestService } from '../support/test-service';
import { doubleSpend, history, keyStorm, type Killer } from './killers';

/*
 * The proofs of the ledger must be able to fail. Each of these faults is planted in the running service
 * and its database, and must turn the proof beside it red; without it the same proof is green. All
 * mutants, with the whole tests that must notice them: `npm run test:mutants`.
 */

interface Mutant {
  name: string;
  /** Takes out of the database what would notice by itself. */
  harm?: string;
  killer: Killer;
}

/** Drops the constraints of a table whose definition is like this. */
const drop = (table: string, like: string) => `DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT conname FROM pg_constraint WHERE conrelid = '${table}'::regclass
    AND pg_get_constraintdef(oid) LIKE '${like}' LOOP
    EXECUTE format('ALTER TABLE ${table} DROP CONSTRAINT %I', name);
  END LOOP; END $$`;

const byBrand = { brand: 0, byOwner: false } as const;
const redeem = { do: 'redeem', ...byBrand, customer: 0 } as const;
const reverse = { do: 'reverse', by: 'owner' } as const;

const mutants: Mutant[] = [
  {
    name: 'no payload hash',
    killer: history({ ...redeem, amount: 3, key: 1 }, { do: 'poison', which: 0 }),
  },
  {
    name: 'second posting missing, triggers off',
    harm: `ALTER TABLE transfers DISABLE TRIGGER two_entries;
      ALTER TABLE entries DISABLE TRIGGER sum_zero`,
    killer: history(),
  },
  {
    name: 'held Mu ignored',
    harm: drop('accounts', '%balance >= 0%'),
    killer: history({ ...redeem, amount: 10, key: 1 }, { ...redeem, amount: 10, key: 2 }),
  },
  {
    name: 'refusals not stored',
    killer: history({ ...redeem, amount: 60, key: 1 }, { do: 'replay', which: 0 }),
  },
  {
    name: 'key not scoped to brand',
    killer: history({ ...redeem, amount: 3, key: 1 }, { do: 'same key elsewhere', which: 0 }),
  },
  {
    name: 'double reversal allowed',
    harm: drop('transfers', 'UNIQUE (reverses)'),
    killer: history({ ...reverse, which: 0, key: 1 }, { ...reverse, which: 1, key: 2 }),
  },
  {
    name: 'no row lock',
    harm: `${drop('entries', 'UNIQUE (account_id, number)')}; DROP INDEX entries_brand_statement`,
    killer: doubleSpend,
  },
  { name: 'key looked up outside the transaction', killer: keyStorm },
];

let t: TestService;

/** Plants one of test/mutants/mutants.json in what is compiled by the switching transformer. */
function plant(name: string | undefined): void {
  (globalThis as { planted?: string }).planted = name;
}

afterEach(async () => {
  plant(undefined);
  await t.close();
});

/** What a proof says: nothing, or which expectation was not met. Any other failure is passed on. */
async function proofOf(killer: Killer): Promise<string | null> {
  try {
    await killer(t);
    return null;
  } catch (error) {
    const { matcherResult, message } = error as { matcherResult?: unknown; message: string };
    if (matcherResult === undefined) throw error;
    return message;
  }
}

describe.each(mutants)('the fault "$name"', ({ name, harm, killer }) => {
  it('turns its proof red, which is green without it (d1, d3)', async () => {
    t = await startTestService({
      inventsBooks: true,
      limits: { holdSeconds: 3600, giftCoolingSeconds: 0 },
    });
    expect(await proofOf(killer)).toBeNull();
    if (harm !== undefined) await t.database.query(harm);
    plant(name);
    expect(await proofOf(killer)).toEqual(expect.any(String));
  });
});
