import { insertMessages, messageId, type MessageDraft } from '../../src/messages';
import { draftOf } from '../messages/messages';
import { idOf } from '../customers/people';
import { must, send } from '../referrals/friends';
import { operation } from '../contact/writing';
import {
  startTestService,
  type Data,
  type TestBrand,
  type TestService,
} from '../support/test-service';

export const dayMs = 86_400_000;

/** One person whom several brands write to, who looks into their box. */
export class BoxDesk {
  private constructor(
    readonly t: TestService,
    readonly brands: TestBrand[],
    readonly person: string,
    public token: string,
  ) {}

  static async open(
    count: number,
    options: Parameters<typeof startTestService>[0] = {},
  ): Promise<BoxDesk> {
    const t = await startTestService(options);
    const brands: TestBrand[] = [];
    for (let at = 0; at < count; at += 1)
      brands.push(await t.createBrand(`box-${at}`, { budget: 1000 }));
    const named = { externalId: 'asha', email: 'asha@example.in' };
    const [person = ''] = await Promise.all(brands.map((brand) => idOf(t, brand, named)));
    return new BoxDesk(t, brands, person, await tokenOf(t, brands[0] as TestBrand));
  }

  brand(at: number): TestBrand {
    return this.brands[at] as TestBrand;
  }

  /** Delivers a new message to the person, or to somebody else; answers the id of the message. */
  async deliver(
    brand: TestBrand,
    changes: Partial<MessageDraft> = {},
    told: Record<string, unknown> = {},
  ): Promise<string> {
    const draft = draftOf(brand, changes);
    await this.t.service.database.transact(this.t.clock, (tx) => insertMessages(tx, [draft]));
    const id = messageId.encode(draft.uuid);
    const customers = [{ externalId: 'asha' }];
    await must(this.t, brand.apiKey, 'record-deliveries', { messageId: id, customers, ...told });
    return id;
  }

  /** What a mutation of the person answers. */
  send(file: string, input: Record<string, unknown>, bearer = this.token): Promise<Data> {
    return send(this.t, bearer, file, input);
  }

  allow(brand: TestBrand): Promise<Data> {
    return must(this.t, this.token, 'allow-brand', { brandId: brand.id });
  }

  mute(brand: TestBrand): Promise<Data> {
    return must(this.t, this.token, 'mute-brand', { brandId: brand.id });
  }

  attend(brand: TestBrand, input: Record<string, unknown> = {}): Promise<Data> {
    const customer = { externalId: 'asha' };
    return must(this.t, brand.apiKey, 'record-attention', { customer, action: 'CLICK', ...input });
  }

  /** A page of threads of the box. */
  async page(variables: Record<string, unknown> = {}, bearer = this.token): Promise<Data> {
    const { data, errors } = await this.t.run(operation('my-micronbox'), variables, bearer);
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return JSON.parse(JSON.stringify(data['me'].micronbox)) as Data;
  }

  async threads(variables: Record<string, unknown> = {}): Promise<Data[]> {
    return (await this.page({ first: 100, ...variables }))['nodes'] as Data[];
  }

  /** Names of the brands of the box, in its order. */
  async order(variables: Record<string, unknown> = {}): Promise<string[]> {
    return (await this.threads(variables)).map(({ brand }) => (brand as Data)['name'] as string);
  }

  /** Subjects of what one brand has in a folder, newest first. */
  async subjects(brand: TestBrand, folder = 'INBOX'): Promise<string[]> {
    const threads = await this.threads({ folder, microns: 100 });
    const own = threads.find((thread) => (thread['brand'] as Data)['id'] === brand.id);
    const microns = own === undefined ? [] : (own['microns'] as { nodes: Data[] }).nodes;
    return microns.map(({ subject }) => subject as string);
  }

  /** The id of the newest micron of a brand. */
  async newest(brand: TestBrand, folder = 'INBOX'): Promise<string> {
    const threads = await this.threads({ folder });
    const own = threads.find((thread) => (thread['brand'] as Data)['id'] === brand.id);
    return (own?.['newest'] as Data)['id'] as string;
  }

  /** Lets days pass, and signs the person in again. */
  async pass(days: number): Promise<void> {
    this.t.clock.offsetMs += days * dayMs;
    this.token = await tokenOf(this.t, this.brand(0));
  }
}

/** A token of the person from a brand. */
export async function tokenOf(
  t: TestService,
  brand: TestBrand,
  externalId = 'asha',
): Promise<string> {
  const made = await must(t, brand.apiKey, 'create-customer-token', { customer: { externalId } });
  return made['token'] as string;
}
