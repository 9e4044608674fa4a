import { startHttpService, type HttpService } from '../support/http-service';
import { newKey, type TestBrand, type TestService } from '../support/test-service';
import { listen, until, untilNobodyFollows, type Carrier, type Listener } from './listener';

export const granted = `subscription { muGranted {
  amount reason at entry { amount balanceAfter } wallet { balance } customer { externalId } brand { slug } } }`;
export const walletChanged = 'subscription { walletChanged { kind amount wallet { balance } } }';

interface More {
  variables?: Record<string, unknown>;
  path?: string;
  headers?: Record<string, string>;
}

/** Two brands that pay 3 Mu for a scan, two people both know, and subscriptions to what happens. */
export interface Scene {
  t: HttpService;
  a: TestBrand;
  b: TestBrand;
  open: Listener[];
  /** Subscribes and waits until the server listens, or has refused. */
  follow(carrier: Carrier, query: string, bearer?: string, more?: More): Promise<Listener>;
  scan(brand: TestBrand, externalId?: string, on?: TestService): Promise<void>;
  token(brand: TestBrand, externalId?: string, ttlSeconds?: number): Promise<string>;
  /** Ends all subscriptions and waits until the server has noticed. */
  hangUp(): Promise<void>;
}

export async function startScene(): Promise<Scene> {
  const t = await startHttpService({ limits: { liveCheckMs: 100, livePerCaller: 7 } });
  const a = await t.createBrand('brand-a', { budget: 1000 });
  const b = await t.createBrand('brand-b', { budget: 1000 });
  for (const { apiKey } of [a, b]) await settle(t, apiKey);
  const open: Listener[] = [];
  const { announcements } = t.service;
  return {
    t,
    a,
    b,
    open,
    async follow(carrier, query, bearer, { path = '/graphql', ...rest } = {}) {
      const before = announcements.following;
      const listener = listen(carrier, { url: `${t.url}${path}`, bearer, query, ...rest });
      open.push(listener);
      const settled = () => announcements.following > before || listener.ended !== undefined;
      await until(settled, () => 'it neither began nor ended');
      return listener;
    },
    scan: (brand, externalId = 'asha', on = t) => scan(on, brand, externalId),
    token: (brand, externalId = 'asha', ttlSeconds = 600) =>
      token(t, brand, externalId, ttlSeconds),
    async hangUp() {
      for (const listener of open.splice(0)) listener.stop();
      await untilNobodyFollows(announcements);
    },
  };
}

async function settle(t: TestService, apiKey: string): Promise<void> {
  await t.run(
    `mutation ($key: String!) { upsertEarnRule(input: {
      name: "scan", action: SCAN, amount: 3, perCustomerPerDay: 100, idempotencyKey: $key }) { replayed } }`,
    { key: newKey() },
    apiKey,
  );
  for (const externalId of ['asha', 'ira']) {
    await t.run(
      `mutation ($input: IdentifyCustomerInput!) { identifyCustomer(input: $input) { replayed } }`,
      { input: { externalId, email: `${externalId}@example.in`, idempotencyKey: newKey() } },
      apiKey,
    );
  }
}

async function scan(on: TestService, { apiKey }: TestBrand, externalId: string): Promise<void> {
  const { data } = await on.run(
    `mutation ($input: RecordAttentionInput!) { recordAttention(input: $input) { grants { amount } } }`,
    { input: { customer: { externalId }, action: 'SCAN', idempotencyKey: newKey() } },
    apiKey,
  );
  if (data['recordAttention']?.grants[0]?.amount !== 3) throw new Error(JSON.stringify(data));
}

async function token(
  t: TestService,
  { apiKey }: TestBrand,
  externalId: string,
  ttlSeconds: number,
): Promise<string> {
  const { data } = await t.run(
    `mutation ($input: CreateCustomerTokenInput!) { createCustomerToken(input: $input) { token } }`,
    { input: { customer: { externalId }, ttlSeconds, idempotencyKey: newKey() } },
    apiKey,
  );
  return data['createCustomerToken'].token as string;
}
