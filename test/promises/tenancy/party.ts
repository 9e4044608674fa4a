import { idKind } from '../../../src/platform/ids';
import { newKey, type Data, type TestBrand, type TestService } from '../../support/test-service';
import { doEverything } from '../everything';
import { Scene } from '../scene';
import type { Ask } from './asks';
import { sendOf, type ViewAsk } from './view-asks';
import type { Names } from './views';

export const anyId = /\b[a-z]{3}_[0-9a-z]{26}\b/g;
const ending = 'replayed userErrors { code field message }';
const wallet = 'wallet { balance held lifetimeEarned lifetimeRedeemed state }';
const redemption = `redemption { id amount state } transfer { id } ${wallet} ${ending}`;
const selections: Record<string, string> = {
  upsertEarnRule: `{ earnRule { id version } ${ending} }`,
  identifyCustomer: `{ customer { id externalId email traits ${wallet} } ${ending} }`,
  recordMessage: `{ message { id } reserved ${ending} }`,
  recordDeliveries: `{ message { id } recorded ${ending} }`,
  recordAttention: `{ event { id confidence duplicate } streak { current nextMu } ${wallet} ${ending}
    grants { amount entry { id number balanceAfter transfer { id entries { id } } } } }`,
  recordPurchase: `{ purchase { id } ${ending} }`,
  recordOrder: `{ purchase { id bucket } ${ending} }`,
  refundOrder: `{ purchase { id } ${ending} }`,
  grantConsent: `{ consent { purpose granted } ${ending} }`,
  withdrawConsent: `{ consent { purpose granted } ${ending} }`,
  ingestScores: `{ recorded ${ending} }`,
  recordSpend: `{ spend { id } ${ending} }`,
  recordAcquisition: `{ acquisition { id verdict prior } ${ending} }`,
  upsertSegment: `{ segment { id name version } ${ending} }`,
  upsertShopItem: `{ shopItem { id price } ${ending} }`,
  redeem: `{ ${redemption} }`,
  captureRedemption: `{ ${redemption} }`,
  cancelRedemption: `{ ${redemption} }`,
  reverseTransfer: `{ transfer { id amount } ${ending} }`,
};

/** A brand in a world, and all it has been told. */
export class Party {
  readonly answers: Data[] = [];
  private readonly further: string[] = [];
  private readonly messages: string[] = [];
  private readonly redemptions: string[] = [];
  private readonly grants: { id: string; who: number; amount: number }[] = [];
  private readonly shares = [0, 0, 0];
  private made = 0;

  private constructor(
    private readonly t: TestService,
    readonly world: string,
    readonly brand: TestBrand,
    private readonly startedAt: number,
  ) {}

  static async create(t: TestService, world: string, name: string, budget = 500): Promise<Party> {
    const brand = await t.createBrand(`${world}-${name}`, { budget });
    const party = new Party(t, world, brand, Date.now());
    for (const [action, amount] of [
      ['SCAN', 7],
      ['VISIT', 1],
    ] as const) {
      const streak = action === 'VISIT' ? {} : null;
      await party.send('upsertEarnRule', {
        name: action,
        action,
        amount,
        streak,
        perCustomerPerDay: 9,
      });
    }
    return party;
  }

  async send(mutation: string, input: Data): Promise<Data> {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) ${selections[mutation]} }`;
    const variables = { input: { ...input, idempotencyKey: newKey() } };
    const { data, errors } = await this.t.run(document, variables, this.brand.apiKey);
    const answer = {
      mutation,
      payload: data[mutation] as Data,
      errors: errors?.map(({ message }) => message),
    };
    this.answers.push(answer);
    return answer.payload;
  }

  async do(ask: Ask): Promise<void> {
    this.made += 1;
    const customer = 'who' in ask ? { externalId: `c${ask.who}` } : undefined;
    const pick = <T>(of: readonly T[], at: number) =>
      of.length === 0 ? undefined : of[at % of.length];
    switch (ask.do) {
      case 'identify':
        await this.identify(ask.who, { trait: ask.trait });
        return;
      case 'message': {
        const offer = { openMu: ask.openMu, actionMuMax: 9, audience: ask.audience };
        const sent = await this.send('recordMessage', {
          externalId: `m${this.made}`,
          channel: 'EMAIL',
          ...offer,
        });
        if (sent['message'] !== null) this.messages.push(sent['message'].id as string);
        return;
      }
      case 'deliver': {
        const messageId = pick(this.messages, ask.which);
        if (messageId !== undefined)
          await this.send('recordDeliveries', { messageId, customers: [customer] });
        return;
      }
      case 'attend': {
        const messageId = ask.which === null ? null : (pick(this.messages, ask.which) ?? null);
        const occurredAt = this.claimedAt();
        const event = {
          customer,
          messageId,
          action: ask.action,
          machineOpen: ask.machine,
          occurredAt,
        };
        this.learn(ask.who, await this.send('recordAttention', event));
        return;
      }
      case 'purchase': {
        const purchasedAt = this.claimedAt();
        const sold = {
          externalId: `p${this.made}`,
          items: ask.items,
          amount: '9.50',
          currency: 'INR',
        };
        await this.send('recordPurchase', { customer, purchasedAt, ...sold });
        return;
      }
      case 'item':
        await this.send('upsertShopItem', {
          externalId: `i${this.made % 3}`,
          name: 'A cup',
          price: ask.price,
        });
        return;
      case 'redeem': {
        const amount = Math.floor(this.shares[ask.who]! / ask.part);
        if (amount < 1) return;
        const redeemed = await this.send('redeem', {
          customer,
          amount,
          description: 'a cup of tea',
        });
        this.redemptions.push(redeemed['redemption'].id as string);
        this.learn(ask.who, redeemed);
        return;
      }
      case 'capture':
      case 'cancel': {
        const id = pick(this.redemptions, ask.which);
        if (id !== undefined) await this.send(`${ask.do}Redemption`, { id });
        return;
      }
      case 'undo': {
        const grant = pick(this.grants, ask.which);
        if (grant === undefined || this.shares[grant.who]! < grant.amount) return;
        const undone = await this.send('reverseTransfer', { id: grant.id, reason: 'a mistake' });
        if (undone['transfer'] !== null) this.shares[grant.who]! -= grant.amount;
        return;
      }
      default:
        await this.send(...sendOf(ask satisfies ViewAsk, this.made, this.claimedAt()));
    }
  }

  async identify(person: number, traits: Data): Promise<void> {
    const email = `${this.world}-c${person}@example.in`;
    await this.send('identifyCustomer', { externalId: `c${person}`, email, traits });
  }

  private learn(person: number, { wallet, grants = [] }: Data): void {
    if (wallet === null || wallet === undefined) return;
    this.shares[person] = wallet.balance as number;
    for (const { amount, entry } of grants as Data[]) {
      this.grants.push({ id: entry.transfer.id as string, who: person, amount: amount as number });
    }
  }

  /**
   * A time of yesterday noon, later than the one before: beside what is stamped with the server's time
   * it has the same place however long a history takes to tell, and however late it is.
   */
  private claimedAt(): string {
    const midnight = this.startedAt - (this.startedAt % 86_400_000);
    return new Date(midnight - 43_200_000 + this.made * 1000).toISOString();
  }

  /** Does every mutation there is, and keeps the id of one thing of each kind. */
  async doEverything(): Promise<void> {
    const owned = await doEverything(await Scene.of(this.t, this.brand));
    for (const [prefix, [first]] of Object.entries(owned)) {
      if (first !== undefined) this.further.push(idKind(prefix).encode(first));
    }
  }

  /** Everything the brand can name. */
  names(): Names {
    const ids = JSON.stringify([this.brand.id, this.answers, this.further]).match(anyId) ?? [];
    const customers = [0, 1, 2].flatMap((person): Record<string, string>[] => [
      { externalId: `c${person}` },
      { email: `${this.world}-c${person}@example.in` },
    ]);
    return { ids: [...new Set(ids)], customers, slugs: [this.brand.slug] };
  }
}
