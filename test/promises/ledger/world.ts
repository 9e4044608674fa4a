import { idKind } from '../../../src/platform/ids';
import { newKey, type Data, type TestBrand, type TestService } from '../../support/test-service';
import { codesOf, must, send, type Write } from '../operations';
import type { BrandAt, ModelTransfer } from './books';
import type { Request, Rules, View } from './request';
import { Rulebook } from './rulebook';

/** A request on its way: who sends it, under which key, with what input. */
export interface Sent {
  write: Write;
  bearer: string;
  /** Whom the key belongs to. */
  owner: string;
  input: Record<string, unknown>;
  key: string;
}

export const customerCount = 3;
const brandAts: readonly BrandAt[] = [0, 1];
const hour = 3_600_000;
const [brandIds, customerIds, messageIds] = [idKind('brd'), idKind('cus'), idKind('msg')];
let made = 0;

const transfersSql = `
  SELECT t.id, t.kind, t.amount, d.kind AS from_kind, d.owner AS from_owner, c.kind AS to_kind,
    c.owner AS to_owner
  FROM transfers t JOIN accounts d ON d.id = t.debit_account JOIN accounts c ON c.id = t.credit_account
  WHERE t.brand_id = ANY ($1::uuid[]) AND NOT t.id = ANY ($2::uuid[])`;

const balancesSql = `
  SELECT kind, owner, balance::float8 AS balance FROM accounts
  WHERE balance <> 0 AND (kind = 'MINT' OR owner = ANY ($1::uuid[]))`;

interface TransferFound {
  id: string;
  kind: string;
  amount: string;
  from_kind: string;
  from_owner: string;
  to_kind: string;
  to_owner: string;
}

/** One brand has confirmed the addresses of two customers, so that they may give to each other. */
function isConfirmed(brand: BrandAt, customer: number): boolean {
  return brand === 0 && customer < 2;
}

/** Two brands and three customers of both, beside the model of their books. */
export class LedgerWorld {
  readonly name = `world${(made += 1)}`;
  readonly model: Rulebook;
  private readonly brands: TestBrand[] = [];
  private readonly tokens: string[] = [];
  /** UUID of what an account belongs to, and what the model calls it. */
  private readonly owners = new Map<string, number>();
  private readonly beganAt: number;
  private readonly occurredAt: string;

  private constructor(
    private readonly t: TestService,
    rules: [Rules, Rules],
  ) {
    this.beganAt = t.clock.offsetMs;
    this.occurredAt = new Date(Date.now() + this.beganAt).toISOString();
    this.model = new Rulebook(
      rules,
      {
        whole: (brand, customer) => brand === 0 && customer === 0,
        confirmed: isConfirmed,
      },
      Date.parse(this.occurredAt),
    );
  }

  static async create(t: TestService, rules: [Rules, Rules]): Promise<LedgerWorld> {
    const world = new LedgerWorld(t, rules);
    const [mint] = await t.database.query<{ balance: number }>(
      `SELECT balance::float8 AS balance FROM accounts WHERE kind = 'MINT'`,
    );
    world.model.books.balances.set('MINT', mint?.balance ?? 0);
    for (const brand of brandAts) await world.addBrand(brand, rules[brand]);
    return world;
  }

  private async addBrand(at: BrandAt, rules: Rules): Promise<void> {
    const brand = await this.t.createBrand(`${this.name}-${at}`);
    this.brands.push(brand);
    this.owners.set(brandIds.decode(brand.id) as string, at);
    const tell = (write: Write, inputs: Record<string, unknown>[]): Promise<Data[]> =>
      Promise.all(
        inputs.map((input) =>
          must(this.t, brand.apiKey, write, { ...input, idempotencyKey: newKey() }),
        ),
      );
    await tell(
      'upsertEarnRule',
      Object.entries(rules).map(([action, { amount, perDay }]) => {
        return { name: action, action, amount, perCustomerPerDay: perDay };
      }),
    );
    const people = Array.from({ length: customerCount }, (_, customer) => ({
      externalId: `c${customer}`,
      email: `${this.name}-c${customer}@example.in`,
      confirmed: isConfirmed(at, customer) ? ['EMAIL'] : [],
      consents: [{ purpose: 'BALANCE_VISIBLE', granted: at === 0 && customer === 0 }],
    }));
    const known = await tell('identifyCustomer', people);
    const ids = known.map(({ customer }) => customer.id as string);
    ids.forEach((id, customer) => this.owners.set(customerIds.decode(id) as string, customer));
    const tokens = await tell(
      'createCustomerToken',
      ids.map((id) => ({ customer: { id }, ttlSeconds: 86_400 })),
    );
    this.tokens.push(...tokens.map(({ token }) => token as string));
  }

  /** The request as a client sends it. */
  sentFrom(request: Request, key: string): Sent {
    const { write, brand } = request;
    if (brand === 'platform' || write === 'issueMu') {
      const ours = `${this.name} ${key}`;
      return {
        write,
        bearer: this.t.platformKey,
        owner: 'platform',
        input: this.inputOf(request),
        key: ours,
      };
    }
    const input = this.inputOf(request);
    if (!('byOwner' in request) || !request.byOwner) {
      return { write, bearer: this.brands[brand]!.apiKey, owner: `brand ${brand}`, input, key };
    }
    const bearer = this.tokens[brand * customerCount + request.customer] as string;
    return { write, bearer, owner: `customer ${request.customer} of ${brand}`, input, key };
  }

  private inputOf(request: Request): Record<string, unknown> {
    switch (request.write) {
      case 'issueMu':
        return {
          brandId: this.brands[request.brand]!.id,
          amount: request.amount,
          reason: 'purchase',
        };
      case 'recordMessage': {
        const { openMu, actionMuMax, audience, expires, at } = request;
        const end = new Date(Date.parse(this.occurredAt) + this.model.now + hour);
        const expiresAt = expires ? end.toISOString() : null;
        return { externalId: `m${at}`, channel: 'EMAIL', openMu, actionMuMax, audience, expiresAt };
      }
      case 'recordAttention': {
        const { customer, message, action, machine } = request;
        const messageId = message?.id ?? null;
        const when = { occurredAt: this.occurredAt, machineOpen: machine };
        return { customer: { externalId: `c${customer}` }, messageId, action, ...when };
      }
      case 'redeem': {
        const { customer, amount, byOwner } = request;
        const whose = byOwner ? {} : { customer: { externalId: `c${customer}` } };
        return { ...whose, amount, description: 'a thing' };
      }
      case 'giftMu': {
        const { customer, to, amount, byOwner } = request;
        const giver = byOwner ? {} : { customer: { externalId: `c${customer}` } };
        return { ...giver, to: { externalId: `c${to}` }, amount };
      }
      case 'optOutOfMu':
      case 'optInToMu':
        return request.byOwner ? {} : { customer: { externalId: `c${request.customer}` } };
      case 'captureRedemption':
      case 'cancelRedemption':
        return { id: request.redemption.id };
      case 'reverseTransfer':
        return { id: request.transfer.id, reason: 'a mistake' };
    }
  }

  async send({ write, bearer, input, key }: Sent): Promise<Data> {
    return send(this.t, bearer, write, { ...input, idempotencyKey: key });
  }

  /** Lets time pass; the jobs may notice, or not yet. */
  async wait(jobs: boolean): Promise<void> {
    this.t.clock.offsetMs += 2 * hour;
    this.model.now = this.t.clock.offsetMs - this.beganAt;
    if (!jobs) return;
    const { features, database, clock, log, config } = this.t.service;
    for (const job of features.flatMap((feature) => feature.jobs)) {
      while ((await job.run({ config, database, clock, log, limits: config.limits })) > 0);
    }
    this.model.expire();
  }

  /**
   * Tells the model the ids of what the last step made, and throws unless the service posted exactly
   * the transfers the model did.
   */
  async compareTransfers(payload: Data = {}): Promise<{ posted: string[]; foretold: string[] }> {
    const { redemptions, books } = this.model;
    if (payload['message']) this.nameMessage(payload['message'].id as string);
    const redeemed = redemptions.find(({ id }) => id === undefined);
    if (redeemed !== undefined) redeemed.id = payload['redemption'].id;
    const known = books.transfers.flatMap(({ uuid }) => uuid ?? []);
    const rows = await this.t.database.query<TransferFound>(transfersSql, [
      this.brandUuids(),
      known,
    ]);
    const fresh = books.transfers.filter(({ uuid }) => uuid === undefined);
    const foretold = fresh.map(textOf).sort();
    for (const row of rows) {
      const text = this.textOfFound(row);
      const transfer = fresh.find((one) => one.uuid === undefined && textOf(one) === text);
      if (transfer === undefined) continue;
      transfer.uuid = row.id;
      transfer.id = idKind('trf').encode(row.id);
    }
    return { posted: rows.map((row) => this.textOfFound(row)).sort(), foretold };
  }

  /** All balances that are not zero, as the service and as the model know them. */
  async balances(): Promise<{ kept: Record<string, number>; foretold: Record<string, number> }> {
    const rows = await this.t.database.query<{ kind: string; owner: string; balance: number }>(
      balancesSql,
      [[...this.owners.keys()]],
    );
    const foretold = [...this.model.books.balances].filter(([, balance]) => balance !== 0);
    return {
      kept: Object.fromEntries(
        rows.map((row) => [this.accountOf(row.kind, row.owner), row.balance]),
      ),
      foretold: Object.fromEntries(foretold),
    };
  }

  private nameMessage(id: string): void {
    const at = this.model.messages.findIndex((message) => message.id === undefined);
    if (at < 0) return;
    this.model.messages[at]!.id = id;
    this.owners.set(messageIds.decode(id) as string, at);
  }

  private brandUuids(): string[] {
    return this.brands.map(({ id }) => brandIds.decode(id) as string);
  }

  private accountOf(kind: string, owner: string): string {
    return kind === 'MINT' ? kind : `${kind} ${this.owners.get(owner)}`;
  }

  private textOfFound(row: TransferFound): string {
    const [from, to] = [row.from_kind, row.to_kind].map((kind, at) =>
      this.accountOf(kind, at === 0 ? row.from_owner : row.to_owner),
    );
    return `${row.kind} ${row.amount} ${from} → ${to}`;
  }
}

function textOf({ kind, amount, from, to }: ModelTransfer): string {
  return `${kind} ${amount} ${from} → ${to}`;
}

const viewers: Record<string, (payload: Data) => Record<string, unknown>> = {
  issueMu: (p) => ({ transfer: transferIn(p) }),
  reverseTransfer: (p) => ({ transfer: transferIn(p) }),
  recordMessage: (p) => ({ reserved: p['reserved'] }),
  recordAttention: (p) => ({
    event: pick(p['event'], ['confidence', 'duplicate', 'machineOpen']),
    grants: p['grants'].map(({ amount, entry }: Data) => ({
      amount,
      entry: pick(entry, ['amount', 'balanceAfter', 'number', 'kind']),
    })),
    wallet: p['wallet'] ?? undefined,
  }),
  giftMu: (p) => ({ transfer: transferIn(p), wallet: p['wallet'] ?? undefined }),
  optOutOfMu: (p) => ({ extinguished: p['extinguished'], wallet: p['wallet'] ?? undefined }),
  optInToMu: (p) => ({ wallet: p['wallet'] ?? undefined }),
  redeem: ofRedemption,
  captureRedemption: ofRedemption,
  cancelRedemption: ofRedemption,
};

function ofRedemption(p: Data): Record<string, unknown> {
  const redemption = pick(p['redemption'], ['amount', 'state']);
  return { redemption, transfer: transferIn(p), wallet: p['wallet'] ?? undefined };
}

function transferIn(p: Data): unknown {
  return pick(p['transfer'], ['kind', 'amount']);
}

function pick(from: Data | null | undefined, names: string[]): Data | undefined {
  return from == null ? undefined : Object.fromEntries(names.map((name) => [name, from[name]]));
}

/** What the model can foretell of an answer. */
export function viewOf(write: Write, payload: Data): View {
  return { ...(viewers[write] as (p: Data) => Data)(payload), codes: codesOf(payload) };
}
