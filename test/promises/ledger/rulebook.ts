import { Awards } from './awards';
import {
  Books,
  type BrandAt,
  type ModelMessage,
  type ModelRedemption,
  type ModelTransfer,
  type Totals,
} from './books';
import type { Attend, Request, Rules, View } from './request';

const hour = 3_600_000;
const amountLimit = 10 ** 15;
const mostGiven = 100;
const refuse = (...codes: string[]): View => ({ codes });

/** What a brand knows of a customer. */
interface Known {
  whole: (brand: BrandAt, customer: number) => boolean;
  confirmed: (brand: BrandAt, customer: number) => boolean;
}

/** Decides every request as the contract says, one after the other. */
export class Rulebook {
  readonly books = new Books();
  readonly messages: ModelMessage[] = [];
  readonly redemptions: ModelRedemption[] = [];
  /** Milliseconds since the world began. */
  now = 0;
  private readonly awards: Awards;
  /** What a customer gave on a day. */
  private readonly given = new Map<string, number>();

  constructor(
    rules: [Rules, Rules],
    private readonly known: Known,
    /** When the world began, in milliseconds. */
    private readonly beganAt: number,
  ) {
    this.awards = new Awards(this.books, this.messages, rules, this.totals);
  }

  decide(request: Request): View {
    switch (request.write) {
      case 'issueMu':
        return this.issue(request.brand, request.amount);
      case 'recordMessage':
        return this.message(request);
      case 'recordAttention':
        return this.attend(request);
      case 'redeem':
        return this.redeem(request);
      case 'giftMu':
        return this.give(request);
      case 'optOutOfMu':
        return this.leave(request.brand, request.customer, request.byOwner);
      case 'optInToMu':
        this.books.closed.delete(`WALLET ${request.customer}`);
        return { wallet: this.wallet(request.brand, request.customer, request.byOwner), codes: [] };
      case 'captureRedemption':
      case 'cancelRedemption':
        return this.conclude(request);
      case 'reverseTransfer':
        return this.reverse(request.brand, request.transfer);
    }
  }

  /** What the jobs do once time has passed. */
  expire(): void {
    for (const message of this.messages) {
      const reserve = `RESERVE ${this.messages.indexOf(message)}`;
      if (message.expiresAt > this.now || message.closed) continue;
      message.closed = true;
      const amount = this.books.balanceOf(reserve);
      const { brand } = message;
      if (amount > 0) {
        this.books.move({
          kind: 'RESERVE_RELEASE',
          from: reserve,
          to: `BUDGET ${brand}`,
          amount,
          brand,
        });
      }
    }
    for (const redemption of this.redemptions) {
      if (redemption.state !== 'PENDING' || redemption.expiresAt > this.now) continue;
      this.end(redemption, 'HOLD_RELEASE', 'EXPIRED');
    }
  }

  private issue(brand: BrandAt, amount: number): View {
    const wrong = wrongAmount(amount);
    if (wrong !== null) return refuse(wrong);
    const moved = this.books.move({
      kind: 'ISSUE',
      from: 'MINT',
      to: `BUDGET ${brand}`,
      amount,
      brand,
    });
    return typeof moved === 'string' ? refuse('AMOUNT_TOO_LARGE') : { codes: [], ...seen(moved) };
  }

  private message(request: Request & { write: 'recordMessage' }): View {
    const { brand, openMu, actionMuMax, audience, expires } = request;
    const none = { reserved: 0 };
    for (const amount of [openMu ?? 0, actionMuMax ?? 0]) {
      if (amount < 0) return { ...none, ...refuse('AMOUNT_NOT_POSITIVE') };
      if (amount > amountLimit) return { ...none, ...refuse('AMOUNT_TOO_LARGE') };
    }
    if (audience !== null && audience < 1) return { ...none, ...refuse('INVALID_VALUE') };
    const worst = (audience ?? 0) * ((openMu ?? 0) + (actionMuMax ?? 0));
    if (worst > amountLimit) return { ...none, ...refuse('AMOUNT_TOO_LARGE') };
    if (worst > 0) {
      const [from, to] = [`BUDGET ${brand}`, `RESERVE ${this.messages.length}`];
      const moved = this.books.move({ kind: 'RESERVE', from, to, amount: worst, brand });
      if (typeof moved === 'string') return { ...none, ...refuse('BUDGET_EXHAUSTED') };
    }
    const expiresAt = expires ? this.now + hour : Infinity;
    const closed = worst === 0;
    this.messages.push({ brand, openMu, actionMuMax, audience, expiresAt, closed });
    return { reserved: worst, codes: [] };
  }

  private attend(request: Attend): View {
    const { brand, customer, message } = request;
    if (message !== null && message.brand !== brand) return { grants: [], ...refuse('NOT_FOUND') };
    const outcome = this.awards.attend(request, this.now);
    return { ...outcome, wallet: this.wallet(brand, customer) };
  }

  private redeem(request: Request & { write: 'redeem' }): View {
    const { brand, customer, amount, byOwner } = request;
    const wrong = wrongAmount(amount);
    if (wrong !== null) return refuse(wrong);
    if (this.books.closed.has(`WALLET ${customer}`)) return refuse('CUSTOMER_OPTED_OUT');
    const expiresAt = this.now + hour;
    const redemption = { brand, customer, amount, state: 'PENDING', expiresAt };
    const [from, to] = [`WALLET ${customer}`, `HOLD ${customer}`];
    const moved = this.books.move({ kind: 'HOLD', from, to, amount, brand, customer, redemption });
    if (typeof moved === 'string') return refuse('INSUFFICIENT_MU');
    this.redemptions.push(redemption);
    return this.concluded(redemption, moved, byOwner);
  }

  private give(request: Request & { write: 'giftMu' }): View {
    const { brand, customer, to, amount, byOwner } = request;
    const wrong = wrongAmount(amount);
    if (wrong !== null) return refuse(wrong);
    if (to === customer) return refuse('INVALID_VALUE');
    const closed = (one: number) => this.books.closed.has(`WALLET ${one}`);
    if (closed(customer)) return refuse('CUSTOMER_OPTED_OUT');
    if (!this.known.confirmed(brand, customer)) return refuse('NOT_ACTIVATED');
    if (closed(to) || !this.known.confirmed(brand, to)) return refuse('NOT_FOUND');
    const day = `${customer} ${Math.floor((this.beganAt + this.now) / 86_400_000)}`;
    const given = this.given.get(day) ?? 0;
    if (given + amount > mostGiven) return refuse('DAILY_LIMIT_REACHED');
    const [from, into] = [`WALLET ${customer}`, `WALLET ${to}`];
    const draft = { kind: 'GIFT', from, to: into, amount, brand, customer, counterparty: to };
    const moved = this.books.move(draft);
    if (typeof moved === 'string') return refuse('INSUFFICIENT_MU');
    this.given.set(day, given + amount);
    return { codes: [], ...seen(moved), wallet: this.wallet(brand, customer, byOwner) };
  }

  /** Everything held comes back, every brand's part of the Mu is burnt, and the wallet is closed. */
  private leave(brand: BrandAt, customer: number, byOwner: boolean): View {
    const from = `WALLET ${customer}`;
    const gone = [0, 0];
    if (!this.books.closed.has(from)) {
      for (const redemption of this.redemptions) {
        if (redemption.customer !== customer || redemption.state !== 'PENDING') continue;
        this.end(redemption, 'HOLD_RELEASE', 'CANCELLED');
      }
      for (const giver of [0, 1] as const) {
        const amount = Math.min(
          this.books.balanceOf(from),
          this.books.totalsOf(customer, giver).balance,
        );
        if (amount <= 0) continue;
        const to = `BURN ${giver}`;
        this.books.move({ kind: 'EXTINGUISH', from, to, amount, brand: giver, customer });
        gone[giver] = amount;
      }
      this.books.closed.add(from);
    }
    const whole = byOwner || this.known.whole(brand, customer);
    const extinguished = whole ? (gone[0] ?? 0) + (gone[1] ?? 0) : (gone[brand] ?? 0);
    return { extinguished, wallet: this.wallet(brand, customer, byOwner), codes: [] };
  }

  private conclude({ write, brand, redemption }: Request & { redemption: ModelRedemption }): View {
    if (redemption.brand !== brand) return refuse('NOT_FOUND');
    const captures = write === 'captureRedemption';
    if (captures && redemption.state === 'EXPIRED') return refuse('HOLD_EXPIRED');
    if (redemption.state !== 'PENDING') return refuse('ALREADY_RESOLVED');
    if (captures && redemption.expiresAt <= this.now) return refuse('HOLD_EXPIRED');
    const moved = captures
      ? this.end(redemption, 'HOLD_CAPTURE', 'CAPTURED')
      : this.end(redemption, 'HOLD_RELEASE', 'CANCELLED');
    return this.concluded(redemption, moved, false);
  }

  private end(redemption: ModelRedemption, kind: string, state: string): ModelTransfer {
    const { brand, customer, amount } = redemption;
    const to = kind === 'HOLD_CAPTURE' ? `BURN ${brand}` : `WALLET ${customer}`;
    redemption.state = state;
    const draft = { kind, from: `HOLD ${customer}`, to, amount, brand, customer, redemption };
    const moved = this.books.move(draft);
    if (typeof moved === 'string') throw new Error('the model lost what was held');
    return moved;
  }

  private reverse(by: BrandAt | 'platform', transfer: ModelTransfer): View {
    const { kind, brand, customer, redemption, amount } = transfer;
    if (by !== 'platform' && by !== brand) return refuse('NOT_FOUND');
    if (kind === 'ISSUE' && by !== 'platform') return refuse('NOT_REVERSIBLE');
    const from = { HOLD: 'PENDING', HOLD_CAPTURE: 'CAPTURED' }[kind];
    if (!transfer.reversed && from !== undefined && redemption?.state !== from) {
      return refuse('ALREADY_RESOLVED');
    }
    if (transfer.reversed) return refuse('ALREADY_REVERSED');
    if (!['ISSUE', 'RESERVE', 'GRANT', 'HOLD', 'HOLD_CAPTURE'].includes(kind)) {
      return refuse('NOT_REVERSIBLE');
    }
    const moved = this.books.move({
      kind: 'REVERSAL',
      from: transfer.to,
      to: this.destination(transfer),
      amount,
      brand,
      customer,
      redemption,
      undoes: transfer,
    });
    const ofBrand = /^(BUDGET|RESERVE)/.test(transfer.to);
    if (moved === 'TOO_LITTLE') return refuse(ofBrand ? 'BUDGET_EXHAUSTED' : 'INSUFFICIENT_MU');
    if (moved === 'CLOSED') return refuse('CUSTOMER_OPTED_OUT');
    if (moved === 'TOO_MUCH') return refuse('AMOUNT_TOO_LARGE');
    transfer.reversed = true;
    if (redemption !== undefined) redemption.state = kind === 'HOLD' ? 'CANCELLED' : 'REVERSED';
    return { codes: [], ...seen(moved) };
  }

  private destination({ kind, from, customer, brand }: ModelTransfer): string {
    if (kind === 'HOLD_CAPTURE') return `WALLET ${customer}`;
    const message = this.messages[Number(/^RESERVE (\d+)$/.exec(from)?.[1] ?? NaN)];
    return message?.closed ? `BUDGET ${brand}` : from;
  }

  private concluded(redemption: ModelRedemption, moved: ModelTransfer, byOwner: boolean): View {
    const { brand, customer, amount, state } = redemption;
    const wallet = this.wallet(brand, customer, byOwner);
    return { redemption: { amount, state }, ...seen(moved), wallet, codes: [] };
  }

  private readonly totals = (brand: BrandAt, customer: number, byOwner = false): Totals => {
    const whole = byOwner || this.known.whole(brand, customer);
    return this.books.totalsOf(customer, whole ? 'whole' : brand);
  };

  /** The wallet as the brand (or its owner) sees it now. */
  private wallet(brand: BrandAt, customer: number, byOwner = false): Record<string, unknown> {
    const { balance, held, lifetimeEarned, lifetimeRedeemed, grants } = this.totals(
      brand,
      customer,
      byOwner,
    );
    const optedOut = this.books.closed.has(`WALLET ${customer}`);
    const state = optedOut
      ? 'OPTED_OUT'
      : this.known.confirmed(brand, customer)
        ? 'REDEEM'
        : grants >= 3
          ? 'ACTIVATE'
          : 'WHATS_IT';
    const shown = optedOut ? 0 : Math.max(0, balance);
    return { balance: shown, held, lifetimeEarned, lifetimeRedeemed, state };
  }
}

function wrongAmount(amount: number): string | null {
  if (amount < 1) return 'AMOUNT_NOT_POSITIVE';
  return amount > amountLimit ? 'AMOUNT_TOO_LARGE' : null;
}

function seen({ kind, amount }: ModelTransfer): { transfer: unknown } {
  return { transfer: { kind, amount } };
}
