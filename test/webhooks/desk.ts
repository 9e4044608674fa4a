import type { JobContext } from '../../src/platform/feature';
import { deliverWebhooks } from '../../src/webhooks/deliver-webhooks.job';
import { dispatchOutbox } from '../../src/webhooks/dispatch-outbox.job';
import { Scene } from '../promises/scene';
import {
  newKey,
  startTestService,
  type Data,
  type TestService,
  type TestServiceOptions,
} from '../support/test-service';

export const second = 1000;
export const hour = 3_600_000;
export const day = 24 * hour;

const endpoint = `webhookEndpoint { id url topics description state secretRotatedAt failingSince
  createdAt updatedAt }`;
const delivery = `webhookDelivery { id topic customerId payload happenedAt state attempts nextAttemptAt
  lastAttemptAt lastStatus failure deliveredAt createdAt endpoint { id } }`;

const selections: Record<string, string> = {
  createWebhookEndpoint: `${endpoint} secret`,
  updateWebhookEndpoint: endpoint,
  rotateWebhookSecret: `${endpoint} secret`,
  deleteWebhookEndpoint: endpoint,
  sendTestWebhook: delivery,
  replayWebhook: delivery,
  replayWebhooks: `${endpoint} queued hasMore`,
};

/** A service that may send to the loopback, as one process of the many there may be. */
export async function startSendingService(options: TestServiceOptions = {}): Promise<TestService> {
  const t = await startTestService(options);
  t.service.config.webhooksAllowPrivate = true;
  return t;
}

/** What the jobs of a service get. */
export function jobContextOf({ service }: TestService): JobContext {
  return { ...service, limits: service.config.limits };
}

/** Runs the jobs of a service until nothing is due. */
export async function deliver(t: TestService): Promise<void> {
  const context = jobContextOf(t);
  while ((await dispatchOutbox.run(context)) > 0);
  while ((await deliverWebhooks.run(context)) > 0);
}

/** A brand that listens. */
export class Desk {
  private constructor(
    readonly t: TestService,
    readonly scene: Scene,
  ) {}

  static async create(t: TestService, slug: string): Promise<Desk> {
    return new Desk(t, await Scene.create(t, slug));
  }

  get key(): string {
    return this.scene.brand.apiKey;
  }

  async send(mutation: string, input: Record<string, unknown>, bearer = this.key): Promise<Data> {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const document = `mutation ($input: ${type}!) {
      ${mutation}(input: $input) { ${selections[mutation]} replayed userErrors { code field message } } }`;
    const variables = { input: { idempotencyKey: newKey(), ...input } };
    const { data, errors } = await this.t.run(document, variables, bearer);
    if (errors !== undefined) throw errors[0] as Error;
    return data[mutation] as Data;
  }

  /** An endpoint that is told of Mu, or of the topics given. */
  async endpoint(
    url: string,
    topics: string[] = ['mu.granted', 'wallet.changed', 'redemption.changed'],
  ): Promise<{ id: string; secret: string }> {
    const made = await this.send('createWebhookEndpoint', { url, topics });
    if (made['userErrors'].length > 0) throw new Error(JSON.stringify(made['userErrors']));
    return { id: made['webhookEndpoint'].id as string, secret: made['secret'] as string };
  }

  /** Pays ten Mu to somebody new, so many times; each is one `mu.granted`. */
  async happen(times = 1): Promise<{ id: string; externalId: string }> {
    return this.scene.customer(times * 10);
  }

  async endpointState(id: string): Promise<Data> {
    const { data } = await this.t.run(
      `query ($id: ID!) { node(id: $id) { ... on WebhookEndpoint { state failingSince
        deliveries(first: 100) { nodes { id topic state attempts nextAttemptAt lastStatus failure
          deliveredAt } } } } }`,
      { id },
      this.key,
    );
    return data['node'] as Data;
  }

  async deliveries(endpointId: string): Promise<Data[]> {
    return (await this.endpointState(endpointId))['deliveries'].nodes as Data[];
  }
}

export function refusalOf(payload: Data): unknown[] {
  return (payload['userErrors'] as Data[]).map(({ code, field }) => [code, field]);
}
