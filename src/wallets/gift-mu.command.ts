import { resolveCustomers, type CustomerBy } from '../customers';
import {
  accounts,
  checkAmount,
  pairOf,
  Posting,
  readWalletFacts,
  type TransferRow,
  type WalletFacts,
  type WalletSnapshot,
} from '../ledger';
import {
  refused,
  type Answer,
  type Command,
  type CommandHandler,
  type CommandTransaction,
} from '../platform/database/command';
import { userError, type UserErrorCode, type UserErrorShape } from '../platform/errors';
import { customersMeant, walletAfter, type Meant } from './own-customers';

/** A gift as it is asked for; `customer` is who gives, whom a brand must name. */
export interface GiftMu {
  to: CustomerBy;
  amount: number;
  customer?: CustomerBy | null;
}

export interface GiftMuAnswer extends Answer {
  transfer?: TransferRow;
  wallet?: WalletSnapshot;
}

/** A gift whose giver is known; the receiver may turn out to be nobody. */
interface GiftRequest extends Meant {
  receiverId: string | null;
  amount: number;
}

/** Moves Mu from one person to another, within the giver's day; one after the other under the locks. */
export const giftMu: CommandHandler<GiftMu, GiftMuAnswer> = {
  kind: 'giftMu',
  async execute(tx, commands) {
    const read = await readGifts(tx, commands);
    const requests = read.filter((one): one is GiftRequest => 'customerId' in one);
    if (requests.length === 0) return read.map((one) => refused(one as UserErrorShape));
    const batch = await GiftBatch.open(tx, requests);
    const answers = read.map((one) => ('customerId' in one ? batch.give(one) : refused(one)));
    await batch.store();
    return answers;
  },
};

async function readGifts(
  tx: CommandTransaction,
  commands: readonly Command<GiftMu>[],
): Promise<(GiftRequest | UserErrorShape)[]> {
  const givers = await customersMeant(tx, commands);
  const receivers = await resolveCustomers(
    tx,
    commands.map(({ input, tenant }) => ({ brandId: tenant as string, by: input.to })),
  );
  return commands.map(({ input }, at) => {
    const giver = givers[at] as Meant | UserErrorShape;
    const receiverId = receivers[at] ?? null;
    if ('code' in giver) return giver;
    const wrong = checkAmount(input.amount, tx.limits);
    if (wrong !== null) return wrong;
    // A brand knows its customers; to a person it is not told who they are before they may give.
    if (receiverId === null && !giver.byOwner) return userError('NOT_FOUND', ['to']);
    if (receiverId === giver.customerId) {
      return userError('INVALID_VALUE', ['to'], 'Nobody gives to themselves.');
    }
    return { ...giver, receiverId, amount: input.amount };
  });
}

const confirmedSql = `
  SELECT i.brand_id, i.customer_id, min(i.confirmed_at) AS since
  FROM unnest($1::uuid[], $2::uuid[]) AS t(brand_id, customer_id)
  JOIN brand_identities i ON i.brand_id = t.brand_id AND i.customer_id = t.customer_id
  WHERE i.confirmed_at IS NOT NULL GROUP BY i.brand_id, i.customer_id`;

const givenSql = `
  SELECT t.customer_id, sum(t.amount)::bigint AS given FROM transfers t
  WHERE t.customer_id = ANY ($1::uuid[]) AND t.kind = 'GIFT'
    AND t.posted_at >= date_trunc('day', $2::timestamptz, 'UTC')
  GROUP BY t.customer_id`;

class GiftBatch {
  private constructor(
    private readonly tx: CommandTransaction,
    private readonly posting: Posting,
    private readonly facts: ReadonlyMap<string, WalletFacts>,
    /** Since when an identity is confirmed, by brand and customer. */
    private readonly confirmed: ReadonlyMap<string, Date>,
    /** What each giver gave since midnight UTC, with any brand. */
    private readonly given: Map<string, number>,
  ) {}

  static async open(tx: CommandTransaction, requests: readonly GiftRequest[]): Promise<GiftBatch> {
    const pairs = requests.flatMap(({ brandId, customerId, receiverId }) => [
      { brandId, customerId },
      ...(receiverId === null ? [] : [{ brandId, customerId: receiverId }]),
    ]);
    const wallets = pairs.map(({ customerId }) => accounts.wallet(customerId));
    const posting = await Posting.open(tx, wallets, pairs);
    const confirmed = await tx.query<{ brand_id: string; customer_id: string; since: Date }>(
      confirmedSql,
      [pairs.map((pair) => pair.brandId), pairs.map((pair) => pair.customerId)],
    );
    const givers = requests.map(({ customerId }) => customerId);
    const given = await tx.query<{ customer_id: string; given: number }>(givenSql, [
      givers,
      tx.now,
    ]);
    return new GiftBatch(
      tx,
      posting,
      await readWalletFacts(tx, requests),
      new Map(confirmed.map((row) => [pairOf(row.brand_id, row.customer_id), row.since])),
      new Map(given.map((row) => [row.customer_id, row.given])),
    );
  }

  give(request: GiftRequest): GiftMuAnswer {
    const { brandId, customerId, receiverId, amount } = request;
    const refusal = this.refuseGiver(request);
    if (refusal !== null) return refused(userError(refusal));
    if (receiverId === null || !this.mayReceive(brandId, receiverId)) {
      const message = 'Nobody of that key can be given Mu.';
      return refused(userError('NOT_FOUND', ['to'], message));
    }
    const given = this.given.get(customerId) ?? 0;
    if (given + amount > this.tx.limits.giftMuPerDay) {
      const message = `At most ${this.tx.limits.giftMuPerDay} Mu can be given a day.`;
      return refused(userError('DAILY_LIMIT_REACHED', ['amount'], message));
    }
    const posted = this.posting.transfer({
      kind: 'GIFT',
      debit: accounts.wallet(customerId),
      credit: accounts.wallet(receiverId),
      amount,
      reason: 'Gift',
      brandId,
      customerId,
      counterpartyId: receiverId,
    });
    if (posted === 'TOO_LITTLE') return refused(userError('INSUFFICIENT_MU', ['amount']));
    if (typeof posted === 'string') return refused(userError('AMOUNT_TOO_LARGE', ['amount']));
    this.given.set(customerId, given + amount);
    const wallet = walletAfter(this.posting, request, this.facts);
    return { transfer: posted.transfer, wallet, userErrors: [] };
  }

  async store(): Promise<void> {
    await this.posting.flush();
  }

  private refuseGiver({ brandId, customerId }: GiftRequest): UserErrorCode | null {
    if (this.posting.isClosed(accounts.wallet(customerId))) return 'CUSTOMER_OPTED_OUT';
    const since = this.confirmed.get(pairOf(brandId, customerId));
    if (since === undefined) return 'NOT_ACTIVATED';
    const cool = since.getTime() + this.tx.limits.giftCoolingSeconds * 1000;
    return cool > this.tx.now.getTime() ? 'COOLING_DOWN' : null;
  }

  private mayReceive(brandId: string, customerId: string): boolean {
    const open = !this.posting.isClosed(accounts.wallet(customerId));
    return open && this.confirmed.has(pairOf(brandId, customerId));
  }
}
