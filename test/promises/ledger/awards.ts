import type { Books, BrandAt, ModelMessage, Totals } from './books';
import { actions, type Attend, type Rules } from './request';

interface Open {
  message: ModelMessage;
  customer: number;
}

/** What an event led to. */
interface Outcome {
  event: { confidence: number; duplicate: boolean; machineOpen: boolean };
  grants: { amount: number; entry: Record<string, unknown> }[];
  codes: string[];
}

/** Pays for attention as the contract says, each thing once. */
export class Awards {
  /** Mu paid by message, customer and action. */
  private readonly paid = new Map<string, number>();
  /** Payments without a message by brand, customer and action; a world lasts one day. */
  private readonly payments = new Map<string, number>();
  private unverified: Open[] = [];

  constructor(
    private readonly books: Books,
    private readonly messages: ModelMessage[],
    private readonly rules: [Rules, Rules],
    /** The wallet as the brand sees it. */
    private readonly seen: (brand: BrandAt, customer: number) => Totals,
  ) {}

  attend(request: Attend, now: number): Outcome {
    const { customer, message, action, machine } = request;
    const confidence = machine ? 0 : action === 'OPEN' ? 0.5 : 1;
    const event = { confidence, duplicate: false, machineOpen: machine };
    const outcome: Outcome = { event, grants: [], codes: [] };
    const opens = message !== null && confidence === 1 ? this.verify(message, customer) : 0;
    for (let open = 0; open < opens; open += 1) {
      this.pay({ ...request, action: 'OPEN' }, 1, now, outcome);
    }
    event.duplicate = this.pay(request, confidence, now, outcome) === 'DUPLICATE';
    if (action === 'OPEN' && message !== null) this.unverified.push({ message, customer });
    outcome.codes = [...new Set(outcome.codes)];
    return outcome;
  }

  /** How many opens of the message by the customer are proven by what they do now. */
  private verify(message: ModelMessage, customer: number): number {
    const before = this.unverified.length;
    const mine = (open: Open) => open.message === message && open.customer === customer;
    this.unverified = this.unverified.filter((open) => !mine(open));
    return before - this.unverified.length;
  }

  private pay(
    request: Attend,
    confidence: number,
    now: number,
    outcome: Outcome,
  ): 'DUPLICATE' | 'DONE' {
    const { brand, customer, message } = request;
    const due = confidence < 0.5 ? 0 : this.due(request);
    if (due === 'DUPLICATE') return due;
    if (due <= 0) return 'DONE';
    if (message !== null && message.expiresAt <= now) {
      outcome.codes.push('MESSAGE_EXPIRED');
      return 'DONE';
    }
    const [from, to] = [this.sourceOf(request), `WALLET ${customer}`];
    const moved = this.books.move({ kind: 'GRANT', from, to, amount: due, brand, customer });
    if (typeof moved === 'string') {
      outcome.codes.push(moved === 'CLOSED' ? 'CUSTOMER_OPTED_OUT' : 'BUDGET_EXHAUSTED');
      return 'DONE';
    }
    if (message === null) this.payments.set(dayOf(request), this.paymentsOn(request) + 1);
    else this.paid.set(this.awardOf(request), due);
    const { balance, lines } = this.seen(brand, customer);
    const entry = { balanceAfter: Math.max(0, balance), number: lines, kind: 'GRANT' };
    outcome.grants.push({ amount: due, entry: { amount: due, ...entry } });
    return 'DONE';
  }

  private due(request: Attend): number | 'DUPLICATE' {
    const { brand, message, action } = request;
    const offers = message !== null && (message.openMu !== null || message.actionMuMax !== null);
    if (action === 'OPEN') {
      if (!offers) return 0;
      return this.paid.has(this.awardOf(request)) ? 'DUPLICATE' : (message.openMu ?? 0);
    }
    const { amount, perDay } = this.rules[brand][action];
    if (message === null) return this.paymentsOn(request) >= perDay ? 'DUPLICATE' : amount;
    if (this.paid.has(this.awardOf(request))) return 'DUPLICATE';
    return offers ? Math.min(amount, this.restOf(request, message)) : amount;
  }

  /** What the message's other actions may still pay the customer. */
  private restOf(request: Attend, message: ModelMessage): number {
    const others = actions.filter((action) => action !== 'OPEN');
    const paid = others.map((action) => this.paid.get(this.awardOf({ ...request, action })) ?? 0);
    return (message.actionMuMax ?? 0) - paid.reduce((sum, one) => sum + one, 0);
  }

  private awardOf({ message, customer, action }: Attend): string {
    return `${message === null ? '' : this.messages.indexOf(message)} ${customer} ${action}`;
  }

  private paymentsOn(request: Attend): number {
    return this.payments.get(dayOf(request)) ?? 0;
  }

  private sourceOf({ message, brand }: Attend): string {
    const offered = (message?.openMu ?? 0) + (message?.actionMuMax ?? 0);
    const reserved = message !== null && message.audience !== null && offered > 0;
    return reserved ? `RESERVE ${this.messages.indexOf(message)}` : `BUDGET ${brand}`;
  }
}

function dayOf({ brand, customer, action }: Attend): string {
  return `${brand} ${customer} ${action}`;
}
