import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { must, person } from '../referrals/friends';
import type { Data, TestBrand, TestService } from '../support/test-service';

let made = 0;

/** The text of a published operation. */
export function operation(name: string): string {
  return readFileSync(join(__dirname, '../../schema/operations', `${name}.graphql`), 'utf8');
}

/** So many hours ago. */
export const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

/** A brand that writes to its customers, or asks whether it may. */
export class Writing {
  constructor(
    readonly t: TestService,
    readonly brand: TestBrand,
  ) {}

  /** Somebody with an address and a number, who lets the brand send messages. */
  async reader(input: object = {}): Promise<{ id: string; externalId: string }> {
    made += 1;
    return person(this.t, this.brand, {
      email: `reader-${made}@example.in`,
      phone: `+9198200${10_000 + made}`,
      consents: [{ purpose: 'MESSAGES', granted: true }],
      ...input,
    });
  }

  /** What the brand is told of a message to somebody, by e-mail and now unless `asked` says otherwise. */
  async verdict({ id }: { id: string }, asked: object = {}): Promise<Data> {
    const variables = { customer: { id }, channel: 'EMAIL', ...asked };
    return (await this.run('can-contact', variables))['canContact'] as Data;
  }

  /** The codes of what stands against such a message. */
  async reasons(who: { id: string }, asked: object = {}): Promise<string[]> {
    const { reasons } = await this.verdict(who, asked);
    return (reasons as { code: string }[]).map(({ code }) => code);
  }

  /** How the brand stands with somebody on a channel. */
  async channel({ id }: { id: string }, name: string): Promise<Data> {
    const { customer } = await this.run('customer-contact', { by: { id }, channel: 'EMAIL' });
    const { channels } = (customer as Data)['relationship'] as { channels: Data[] };
    return channels.find((one) => one['channel'] === name) as Data;
  }

  /** Tells what became of a new message to somebody. */
  async deliver(
    { id }: { id: string },
    { kind = 'SELL', over = 'EMAIL', ...input }: Data = {},
  ): Promise<void> {
    const externalId = `message-${(made += 1)}`;
    const message = { externalId, channel: over as string, kind: kind as string };
    const sent = await must(this.t, this.brand.apiKey, 'record-message', message);
    const told = { messageId: sent['message'].id, customers: [{ id }], ...input };
    await must(this.t, this.brand.apiKey, 'record-deliveries', told);
  }

  private async run(name: string, variables: Record<string, unknown>): Promise<Data> {
    const { data, errors } = await this.t.run(operation(name), variables, this.brand.apiKey);
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data;
  }
}
