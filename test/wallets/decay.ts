import { brandId } from '../../src/brands';
import { customerId } from '../../src/customers';
import { accounts, Posting } from '../../src/ledger';
import { walletsFeature } from '../../src/wallets';
import { uuidv7 } from 'uuidv7';
import { booksOf, customerWith, grant } from '../shop/shop';
import { idOf } from '../customers/people';
import {
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';
import { announced } from './wallets';

const dayMs = 86_400_000;

/** Decay as these tests switch it on. */
export const halfAYear = { silentDays: 180, percentPerMonth: 5, noticeDays: 30 };

const job = walletsFeature.jobs.find(({ name }) => name === 'decay-wallets')!;

/** Runs the job until nothing is due, as a process does. */
export async function runJob({ service, clock }: TestService): Promise<void> {
  const { config, database, log } = service;
  while ((await job.run({ config, database, clock, log, limits: config.limits })) > 0);
}

/** A service where wallets decay, with two brands. Its clock only goes forward. */
export class DecayScene {
  private shared = 0;

  private constructor(
    readonly t: TestService,
    readonly kaapi: TestBrand,
    readonly trip: TestBrand,
  ) {}

  static async start(): Promise<DecayScene> {
    const t = await startTestService();
    t.service.config.decay = { ...halfAYear };
    const kaapi = await t.createBrand('kaapico', { budget: 1_000_000 });
    return new DecayScene(t, kaapi, await t.createBrand('tripkart', { budget: 1_000_000 }));
  }

  pass(days: number): void {
    this.t.clock.offsetMs += days * dayMs;
  }

  moveTo(moment: Date): void {
    this.t.clock.offsetMs = moment.getTime() - Date.now();
  }

  /** Lets days pass, and the job run. */
  async after(days: number): Promise<void> {
    this.pass(days);
    await runJob(this.t);
  }

  /** Goes to a moment, and lets the job run. */
  async at(moment: Date): Promise<void> {
    this.moveTo(moment);
    await runJob(this.t);
  }

  freshEmail(): string {
    this.shared += 1;
    return `asha-${this.shared}@example.in`;
  }

  /** A customer of both brands, with Mu of both. */
  async sharedCustomer(ofKaapi: number, ofTrip: number): Promise<string> {
    const { t, kaapi, trip } = this;
    const email = this.freshEmail();
    const id = await idOf(t, kaapi, { externalId: email, email });
    await idOf(t, trip, { email });
    await grant(t, kaapi, id, ofKaapi);
    await grant(t, trip, id, ofTrip);
    return id;
  }

  /** A customer of kaapi who has been told that 1,000 Mu will decay. */
  async told(): Promise<{ customer: string; decaysAt: Date }> {
    const customer = await customerWith(this.t, this.kaapi, 1000);
    await this.after(halfAYear.silentDays);
    const [notice] = await this.noticesOf(customer);
    return { customer, decaysAt: notice!.decaysAt };
  }

  async balanceOf(customer: string): Promise<number> {
    return (await booksOf(this.t, customer)).wallet;
  }

  /** What brands were told of a customer's decay, oldest first. */
  async noticesOf(customer: string): Promise<{ brands: string[]; decaysAt: Date }[]> {
    const rows = (await announced(this.t, 'decay.notice')).filter(
      (row) => row['customer_id'] === customerId.decode(customer),
    );
    const moments = [...new Set(rows.map(({ payload }) => payload.decaysAt as string))];
    return moments.map((moment) => ({
      brands: rows
        .filter(({ payload }) => payload.decaysAt === moment)
        .map((row) => brandId.encode(row['brand_id'] as string)),
      decaysAt: new Date(moment),
    }));
  }

  /** What decay took from a customer, the largest part of a month first. */
  decayed(customer: string): Promise<Data[]> {
    return this.t.database.query<Data>(
      `SELECT b.slug, x.amount::integer, k.kind FROM transfers x JOIN brands b ON b.id = x.brand_id
       JOIN accounts k ON k.id = x.credit_account AND k.owner = x.brand_id
       WHERE x.kind = 'DECAY' AND x.customer_id = $1 ORDER BY x.posted_at, x.amount DESC`,
      [customerId.decode(customer)],
    );
  }
}

/** Gives each of many new people the same amount, all at once. */
export async function crowd(
  t: TestService,
  brand: TestBrand,
  { people, amount }: { people: number; amount: number },
): Promise<void> {
  const owner = brandId.decode(brand.id) as string;
  const pairs = Array.from({ length: people }, () => ({ brandId: owner, customerId: uuidv7() }));
  const ids = pairs.map((pair) => pair.customerId);
  await t.service.database.transact(t.clock, async (tx) => {
    await tx.query('INSERT INTO customers (id, created_at) SELECT unnest($1::uuid[]), $2', [
      ids,
      tx.now,
    ]);
    const debit = accounts.budget(owner);
    const posting = await Posting.open(tx, [debit, ...ids.map(accounts.wallet)], pairs);
    for (const pair of pairs) {
      const credit = accounts.wallet(pair.customerId);
      posting.transfer({ ...pair, kind: 'GRANT', debit, credit, amount, reason: 'Opened' });
    }
    await posting.flush();
  });
}
