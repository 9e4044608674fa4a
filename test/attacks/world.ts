import { startHttpService, type Answer, type HttpService } from '../support/http-service';
import { judgeAll } from '../segments/desk';
import { newKey, type TestBrand, type TestServiceOptions } from '../support/test-service';
import { assertBooks } from '../support/invariants';
import type { TestDatabase } from '../support/test-database';
import { copyOfWorld } from './kept-world';
import { fillBox } from './own-box';
import { validArguments, type Facts } from './samples';
import { operationOf, rootFields, type RootField } from './schema-walk';

/** A brand with one of everything it can have. */
export interface Tenant extends Facts {
  brand: TestBrand;
  key: string;
  ids: Record<string, string>;
  /** Where things of one kind are of several types: one of each type that is not among the ids. */
  others: string[];
  texts?: Record<string, string>;
  /** Every id the brand was ever told. */
  seen: Set<string>;
  /** Every text it has sent to name something, by the name of the field. */
  names: Map<string, Set<string>>;
}

/**
 * Two brands with one of everything each, all about one person both know, though by different names;
 * and a person each that the other does not know. `a` attacks, `b` is to stay unseen.
 */
export interface World {
  t: HttpService;
  roots: RootField[];
  a: Tenant;
  b: Tenant;
  /** Token of the person that only brand A knows. */
  token: string;
  close(): Promise<void>;
}

/** How long a file waits for its world: another may be about to settle one that both can copy. */
export const settlingMs = 240_000;

const plenty = 10 ** 9;

/** Buckets that no test empties, so that what is tested is not the bucket. */
export const fullBuckets = {
  anonymousBucket: plenty,
  customerBucket: plenty,
  brandBucket: plenty,
  platformBucket: plenty,
};

const sharedEmail = 'shared@example.in';

export async function startWorld(options: TestServiceOptions = {}): Promise<World> {
  const { database, a, b } = await copyOfWorld(settleBoth);
  const limits = { ...fullBuckets, ...options.limits };
  const t = await startHttpService({ ...options, database, limits });
  const minted = await send(t, a.key, 'createCustomerToken', {
    customer: { externalId: 'brand-a only' },
  });
  const roots = rootFields(t.service.publicSchema, t.service.sdl);
  return { t, roots, a, b, token: minted['token'] as string, close: () => end(t) };
}

async function end(t: HttpService): Promise<void> {
  await t.close();
  try {
    await assertBooks(t.database);
  } finally {
    await t.database.drop();
  }
}

async function settleBoth(database: TestDatabase): Promise<[Tenant, Tenant]> {
  const t = await startHttpService({ database, limits: fullBuckets });
  const roots = rootFields(t.service.publicSchema, t.service.sdl);
  const a = await settle(t, roots, 'brand-a', '+919820000001');
  const b = await settle(t, roots, 'brand-b', '+919820000002');
  await t.close();
  return [a, b];
}

/** Creates a brand and lets it do everything once. */
async function settle(
  t: HttpService,
  roots: readonly RootField[],
  slug: string,
  phone: string,
): Promise<Tenant> {
  const brand = await t.createBrand(slug, { budget: 1_000_000 });
  const customer = { externalId: `${slug} shared`, email: sharedEmail, phone };
  const tenant: Tenant = {
    brand,
    key: brand.apiKey,
    ids: { brd: brand.id },
    others: [],
    customer,
    seen: new Set([brand.id]),
    names: new Map([['slug', new Set([slug])]]),
  };
  await send(t, tenant.key, 'identifyCustomer', {
    ...customer,
    traits: { note: `${slug} canary` },
    confirmed: ['PHONE'],
  });
  const only = { externalId: `${slug} only`, email: `${slug}@example.in` };
  const { customer: own } = await send(t, tenant.key, 'identifyCustomer', only);
  for (const name of [...does(roots), 'customer']) {
    const root = roots.find((one) => one.name === name) as RootField;
    const args = validArguments(root, tenant);
    learn(tenant, await runRoot(t, root, args, tenant.key));
    note(tenant, args);
  }
  await judgeAll(t);
  await befriend(t, tenant, only.externalId);
  await send(t, tenant.key, 'inviteToVelvet', { customer: { externalId: only.externalId } });
  await surprise(t, tenant);
  await travel(t, tenant);
  await fillBox(t, tenant, only.externalId);
  await askInOtherWays(t, tenant);
  tenant.ids['cus'] = (own as { id: string }).id;
  note(tenant, [customer, only]);
  return tenant;
}

/** The one customer of the tenant brings a friend who is paid for, then the other, who is not yet. */
async function befriend(t: HttpService, tenant: Tenant, friend: string): Promise<void> {
  const customer = { externalId: tenant.customer['externalId'] };
  const { referralLink } = await send(t, tenant.key, 'createReferralLink', {
    customer,
    channel: 'SMS',
  });
  const { code } = referralLink as { code: string };
  const claim = async (externalId: string): Promise<string> => {
    const input = { code, friend: { externalId } };
    const { referral } = await send(t, tenant.key, 'claimReferral', input);
    return (referral as { id: string }).id;
  };
  const guest = `${tenant.brand.slug} guest`;
  await send(t, tenant.key, 'identifyCustomer', { externalId: guest });
  await send(t, tenant.key, 'fundReferralProgram', { amount: 1_000 });
  await send(t, tenant.key, 'activateReferral', { id: await claim(guest) });
  const id = await claim(friend);
  tenant.texts = { ...tenant.texts, 'claimReferral.code': code };
  tenant.ids['ref'] = id;
  tenant.seen.add(id);
}

/** The tenant has closed a pool from which its customer drew. */
async function surprise(t: HttpService, tenant: Tenant): Promise<void> {
  const { surprisePool } = await send(t, tenant.key, 'createSurprisePool', {
    externalId: `${tenant.brand.slug} pool`,
    prizeMu: 5,
    oddsOneIn: 1,
    poolMu: 50,
    windowHours: 24,
    endsAt: '2126-01-01T00:00:00Z',
  });
  const { id } = surprisePool as { id: string };
  const customer = { externalId: tenant.customer['externalId'] };
  const { surpriseDraw } = await send(t, tenant.key, 'triggerSurprise', { poolId: id, customer });
  await send(t, tenant.key, 'closeSurprisePool', { id });
  tenant.ids['sup'] = id;
  tenant.ids['sdr'] = (surpriseDraw as { id: string }).id;
}

/** The customer of the tenant is on a journey, and waits there. */
async function travel(t: HttpService, tenant: Tenant): Promise<void> {
  const { key } = tenant;
  const { journey } = await send(t, key, 'createJourney', {
    externalId: `${tenant.brand.slug} journey`,
    name: 'Night',
    definition: { trigger: { byHand: true }, steps: [{ key: 'night', waitHours: 8 }] },
  });
  const { id } = journey as { id: string };
  await send(t, key, 'publishJourney', { id });
  const customers = [{ externalId: tenant.customer['externalId'] }];
  await send(t, key, 'enterJourney', { id, customers });
  const runs = 'query ($id: ID!) { node(id: $id) { ... on Journey { runs { nodes { id } } } } }';
  const { data } = await t.ask(runs, { id }, key);
  tenant.ids['jny'] = id;
  tenant.ids['jrn'] = data['node'].runs.nodes[0].id as string;
  for (const own of ['jny', 'jrn']) tenant.seen.add(tenant.ids[own] as string);
}

/** The tenant has asked questions of the types that the sample is not of. */
async function askInOtherWays(t: HttpService, tenant: Tenant): Promise<void> {
  const asked = { question: 'Which one?', options: ['this', 'that'] };
  const contents = [
    { quiz: { muPerRight: 1, questions: [{ text: 'Which?', options: ['a', 'b'], right: 1 }] } },
    { poll: { mu: 1, ...asked } },
    { prediction: { muForAnswering: 1, muForRight: 1, ...asked } },
    { feedback: { mu: 1, question: 'How was it?' } },
  ];
  for (const content of contents) {
    const title = `${tenant.brand.slug} asks`;
    const externalId = `${tenant.brand.slug} ${Object.keys(content).join()}`;
    const { magnet } = await send(t, tenant.key, 'createMagnet', { content, title, externalId });
    tenant.others.push((magnet as { id: string }).id);
  }
}

const first = [
  'createEmSeries',
  'scheduleEm',
  'createWebhookEndpoint',
  'sendTestWebhook',
  'inviteToVelvet',
  'acceptVelvetInvitation',
  'recordMessage',
  'recordDeliveries',
  'upsertEarnRule',
  'recordAttention',
  'createMagnet',
  'submitMagnetResponse',
  'upsertShopItem',
  'redeem',
  'createQrCode',
  'openClaim',
  'answerClaim',
  'bindClaim',
];

/** These would undo what the others did, or give something away. */
const notForOwners =
  /^(closeSurprise|endExperiment|stopJourney|redeemPerk|capture|cancel|confirm|delete|merge|reverse|revoke|update|identify|optOut|createCustomerToken|createBrand)/;

/** As those, of what was asked and answered. */
const ofMagnets = /^(close|resolve|void)Magnet$|^withdrawAnswer$/;

/** The mutations of a brand in an order in which each finds what it needs. */
function does(roots: readonly RootField[]): string[] {
  const all = roots
    .filter(({ operation, scopes }) => operation === 'mutation' && scopes.some(isOfBrand))
    .map((root) => root.name)
    .filter((name) => !notForOwners.test(name) && !ofMagnets.test(name));
  return [
    ...first.filter((name) => all.includes(name)),
    ...all.filter((name) => !first.includes(name)),
  ];
}

export function isOfBrand(scope: string): boolean {
  return scope !== 'mu:platform' && scope !== 'mu:customer';
}

/** Who may run it: a brand where one may, else the platform or a person. */
export function bearerFor({ a, t, token }: World, { scopes }: RootField): string {
  if (scopes.some(isOfBrand)) return a.key;
  return scopes.includes('mu:platform') ? t.platformKey : token;
}

export const typeId = /\b([a-z]{3})_[0-9a-hjkmnp-tv-z]{26}\b/g;

/** Remembers the ids in an answer: the first of each kind as the tenant's one. */
function learn(tenant: Tenant, answer: Answer): void {
  if (answer.codes.length > 0) throw new Error(answer.text);
  for (const [id, kind] of answer.text.matchAll(typeId)) {
    tenant.ids[kind as string] ??= id;
    tenant.seen.add(id);
  }
}

/** Remembers the texts in what was sent, by the fields that held them; ids and enum values apart. */
function note(tenant: Tenant, value: unknown, name = ''): void {
  if (typeof value === 'string' && !/^([a-z]{3}_|[A-Z_]+$)/.test(value)) {
    tenant.names.set(name, (tenant.names.get(name) ?? new Set()).add(value));
  }
  if (typeof value !== 'object' || value === null) return;
  const list = Array.isArray(value);
  for (const [key, part] of Object.entries(value)) note(tenant, part, list ? name : key);
}

/** Runs one query or mutation with everything selected that can be. */
export function runRoot(
  t: HttpService,
  root: RootField,
  args: Record<string, unknown>,
  bearer?: string,
): Promise<Answer> {
  return t.ask(operationOf(t.service.publicSchema, root, args), args, bearer);
}

/** Runs a mutation and answers its payload; the idempotency key is fresh unless given. */
export async function send(
  t: HttpService,
  bearer: string,
  mutation: string,
  input: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const roots = rootFields(t.service.publicSchema, t.service.sdl);
  const root = roots.find((one) => one.name === mutation) as RootField;
  const answer = await runRoot(t, root, { input: { idempotencyKey: newKey(), ...input } }, bearer);
  if (answer.codes.length > 0) throw new Error(answer.text);
  return answer.data[mutation] as Record<string, unknown>;
}
