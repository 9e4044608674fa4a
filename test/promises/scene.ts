import { newKey, type Data, type TestBrand, type TestService } from '../support/test-service';
import { micronOf, readerOf } from './micron-reader';
import { must } from './operations';

/** A customer as a test needs to know them. */
export interface Person {
  id: string;
  externalId: string;
}

let names = 0;

/** A brand with Mu to give, which makes whatever a test needs, each time anew. */
export class Scene {
  private endpoint: string | undefined;

  private constructor(
    readonly t: TestService,
    readonly brand: TestBrand,
  ) {}

  static async create(t: TestService, slug: string, budget = 1_000_000): Promise<Scene> {
    return Scene.of(t, await t.createBrand(slug, { budget }));
  }

  static async of(t: TestService, brand: TestBrand): Promise<Scene> {
    const scene = new Scene(t, brand);
    const rule = { name: 'scan', action: 'SCAN', amount: 10, perCustomerPerDay: 100 };
    await must(t, scene.brand.apiKey, 'upsertEarnRule', { ...rule, idempotencyKey: newKey() });
    return scene;
  }

  /** A name nobody has used. */
  readonly name = (): string => `name-${(names += 1)}`;

  /** A customer with so many times ten Mu. */
  async customer(mu = 0): Promise<Person> {
    const externalId = this.name();
    const { customer } = await this.do('identifyCustomer', { externalId });
    for (let given = 0; given < mu; given += 10) await this.grantTo({ externalId });
    return { id: customer.id as string, externalId };
  }

  /** Two people who confirmed who they are a while ago, the first with so many times ten Mu. */
  async friends(mu: number): Promise<[Person, Person]> {
    const people: Person[] = [];
    for (const given of [mu, 0]) {
      const person = await this.customer(given);
      const email = `${this.name()}@example.in`;
      const { externalId } = person;
      await this.do('identifyCustomer', { externalId, email, confirmed: ['EMAIL'] });
      people.push(person);
    }
    await this.t.database.query(
      `UPDATE brand_identities SET confirmed_at = confirmed_at - interval '2 days'`,
    );
    return people as [Person, Person];
  }

  /** A customer's own token. */
  async tokenOf({ id }: Person): Promise<string> {
    const { token } = await this.do('createCustomerToken', { customer: { id } });
    return token as string;
  }

  /** Links a customer of another brand, by a common e-mail; answers the one person's id. */
  async link(externalId: string, email: string): Promise<Person> {
    const { customer } = await this.do('identifyCustomer', { externalId, email });
    return { id: customer.id as string, externalId };
  }

  /** An address a customer is asked to prove theirs, with the code that proves it. */
  async confirmation(): Promise<{ confirmationId: string; code: string }> {
    const { id } = await this.customer();
    const email = `${this.name()}@example.in`;
    const begun = await this.do('linkIdentity', { customer: { id }, email });
    return { confirmationId: begun['confirmation'].id, code: begun['code'] };
  }

  /** The id of a customer who proved an address. */
  async confirmedCustomer(): Promise<string> {
    const { customer } = await this.do('confirmIdentity', await this.confirmation());
    return customer.id as string;
  }

  /** The text of a code that earns fifty Mu. */
  async qrCode(): Promise<string> {
    const code = this.name();
    await this.do('createQrCode', { code, name: 'A chapter', mu: 50 });
    return code;
  }

  async claim(): Promise<string> {
    return (await this.do('openClaim', { code: await this.qrCode() }))['claim'].id as string;
  }

  async answeredClaim(): Promise<string> {
    const claimId = await this.claim();
    await this.do('answerClaim', { claimId });
    return claimId;
  }

  async message(offer: Record<string, unknown> = { openMu: 2, actionMuMax: 20 }): Promise<string> {
    const externalId = this.name();
    const made = await this.do('recordMessage', {
      externalId,
      channel: 'EMAIL',
      audience: 9,
      ...offer,
    });
    return made['message'].id as string;
  }

  /** A series of ems with one item. */
  async emSeries(): Promise<string> {
    const input = { externalId: this.name(), name: 'A word a day', dailySlot: '07:00' };
    const { emSeries } = await this.do('createEmSeries', input);
    await this.do('scheduleEm', { seriesId: emSeries.id, subject: 'A word' });
    return emSeries.id as string;
  }

  async redemption(): Promise<string> {
    const { externalId } = await this.customer(20);
    return this.redemptionOf({ externalId }, 7);
  }

  async redemptionOf(customer: { externalId: string }, amount: number): Promise<string> {
    const input = { customer, amount, description: 'a cup of tea' };
    return (await this.do('redeem', input))['redemption'].id as string;
  }

  /** A magnet that asks and pays this. */
  async magnet(content: Record<string, unknown>): Promise<string> {
    const made = await this.do('createMagnet', {
      externalId: this.name(),
      title: 'A magnet',
      content,
    });
    return made['magnet'].id as string;
  }

  /** What a new customer answers to a magnet. */
  async response(magnetId: string, answer: Record<string, unknown>): Promise<string> {
    const customer = { id: (await this.customer()).id };
    const given = await this.do('submitMagnetResponse', { magnetId, customer, answer });
    return given['response'].id as string;
  }

  /** A prediction that somebody has answered. */
  async answered(content: Record<string, unknown>): Promise<string> {
    const magnetId = await this.magnet(content);
    await this.response(magnetId, { prediction: { choice: 0 } });
    return magnetId;
  }

  /** The transfer of ten Mu to a customer. */
  async grant(): Promise<string> {
    const { externalId } = await this.customer();
    return this.grantTo({ externalId });
  }

  async grantTo(customer: { externalId: string }): Promise<string> {
    const given = await this.do('recordAttention', { customer, action: 'SCAN' });
    return given['grants'][0].entry.transfer.id as string;
  }

  /** The code of a customer's link, in a programme that can pay. */
  async referralCode(): Promise<string> {
    await this.do('upsertReferralProgram', { reserve: 1000, friendMu: 5 });
    const customer = { id: (await this.customer()).id };
    const made = await this.do('createReferralLink', { customer, channel: 'SMS' });
    return made['referralLink'].code as string;
  }

  /** Somebody the brand has invited. */
  async invited(): Promise<Person> {
    const person = await this.customer();
    await this.do('inviteToVelvet', { customer: { id: person.id } });
    return person;
  }

  /** Somebody who has accepted. */
  async member(): Promise<Person> {
    const person = await this.invited();
    await this.do('acceptVelvetInvitation', { customer: { id: person.id } });
    return person;
  }

  /** A member's perk. */
  async perk(): Promise<string> {
    const customer = { id: (await this.member()).id };
    const granted = await this.do('grantPerk', { customer, kind: 'EASE', name: 'No queue' });
    return granted['velvetPerk'].id as string;
  }

  /** What a member shows at a door. */
  async credential(): Promise<string> {
    const customer = { id: (await this.member()).id };
    const made = await this.do('createVelvetCredential', { customer });
    return made['token'] as string;
  }

  /** A pool in which everybody wins five. */
  async surprisePool(): Promise<string> {
    const made = await this.do('createSurprisePool', {
      externalId: this.name(),
      prizeMu: 5,
      oddsOneIn: 1,
      poolMu: 50,
      windowHours: 24,
      endsAt: '2126-01-01T00:00:00Z',
    });
    return made['surprisePool'].id as string;
  }

  /** A referral whose friend waits to be activated. */
  async referral(): Promise<string> {
    const code = await this.referralCode();
    const friend = { id: (await this.customer()).id };
    return (await this.do('claimReferral', { code, friend }))['referral'].id as string;
  }

  /** A correction that another person of the brand has asked for. */
  async adjustment(): Promise<string> {
    const key = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret } }`;
    const made = { name: this.name(), scopes: ['LEDGER', 'READ'], idempotencyKey: newKey() };
    const { data } = await this.t.run(key, { input: made }, this.brand.apiKey);
    const { id } = await this.customer();
    const asked = await this.t.run(
      `mutation ($input: RequestAdjustmentInput!) { requestAdjustment(input: $input) { adjustment { id } } }`,
      {
        input: {
          customer: { id },
          direction: 'CREDIT',
          amount: 5,
          reason: 'lost in the move',
          idempotencyKey: newKey(),
        },
      },
      data['createApiKey'].secret as string,
    );
    return asked.data['requestAdjustment'].adjustment.id as string;
  }

  /** A micron in the box of the customer who speaks for themselves. */
  micron(saved = false): Promise<string> {
    return micronOf(this, saved);
  }

  /** What those who may run a mutation send with it. */
  async bearer(by: 'platform' | 'brand' | 'customer'): Promise<string> {
    if (by === 'customer') return (await readerOf(this)).token;
    return by === 'platform' ? this.t.platformKey : this.brand.apiKey;
  }

  async apiKey(): Promise<string> {
    const document = `mutation ($input: CreateApiKeyInput!) {
      createApiKey(input: $input) { apiKey { id } } }`;
    const input = { name: this.name(), scopes: ['READ'], idempotencyKey: newKey() };
    const { data } = await this.t.run(document, { input }, this.brand.apiKey);
    return data['createApiKey'].apiKey.id as string;
  }

  /** The one endpoint of the brand that tests of others may use. */
  async webhookEndpoint(): Promise<string> {
    this.endpoint ??= await this.newWebhookEndpoint();
    return this.endpoint;
  }

  async newWebhookEndpoint(): Promise<string> {
    const input = { url: `https://${this.name()}.example.in/` };
    const made = await this.ask('createWebhookEndpoint', input, 'webhookEndpoint { id }');
    return made['webhookEndpoint'].id as string;
  }

  async webhookDelivery(): Promise<string> {
    const input = { endpointId: await this.webhookEndpoint() };
    const made = await this.ask('sendTestWebhook', input, 'webhookDelivery { id }');
    return made['webhookDelivery'].id as string;
  }

  private async ask(
    mutation: string,
    input: Record<string, unknown>,
    selection: string,
  ): Promise<Data> {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${selection} } }`;
    const variables = { input: { ...input, idempotencyKey: newKey() } };
    const { data } = await this.t.run(document, variables, this.brand.apiKey);
    return data[mutation] as Data;
  }

  do(...[write, input]: [Parameters<typeof must>[2], Record<string, unknown>]) {
    return must(this.t, this.brand.apiKey, write, { ...input, idempotencyKey: newKey() });
  }
}
