import fc from 'fast-check';
import { customerId } from '../../src/customers';
import { newKey, type Data, type TestBrand, type TestService } from '../support/test-service';
import { anyTrait, traitNames } from './conditions';
import type { Person } from './naive';

const dayMs = 86_400_000;

/** Runs a mutation as the brand; throws when it is refused. */
export async function send(
  t: TestService,
  bearer: string,
  mutation: string,
  input: Data,
  selection = '',
): Promise<Data> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) {
    ${mutation}(input: $input) { ${selection} userErrors { code field message } } }`;
  const variables = { input: { idempotencyKey: newKey(), ...input } };
  const { data, errors } = await t.run(document, variables, bearer);
  const payload = data[mutation] as Data | undefined;
  if (errors !== undefined || payload === undefined) throw new Error(JSON.stringify(errors));
  if (payload['userErrors'].length > 0) throw new Error(JSON.stringify(payload['userErrors']));
  return payload;
}

interface Draft {
  traits: Record<string, unknown>;
  phone: boolean;
  confirmed: boolean;
  consent: boolean | null;
  orders: { daysAgo: number; minor: number }[];
  visits: number;
}

const anyDraft: fc.Arbitrary<Draft> = fc.record(
  {
    traits: fc.dictionary(fc.constantFrom(...traitNames.slice(0, -1)), anyTrait, {
      noNullPrototype: true,
    }),
    phone: fc.boolean(),
    confirmed: fc.boolean(),
    consent: fc.option(fc.boolean()),
    orders: fc.array(
      fc.record({
        daysAgo: fc.integer({ min: 1, max: 59 }),
        minor: fc.integer({ min: 1, max: 4000 }),
      }),
      { maxLength: 3 },
    ),
    visits: fc.integer({ min: 0, max: 1 }),
  },
  { noNullPrototype: true },
);

/** Settles people of all kinds with a brand; answers what they are like. Times lie at half past a day. */
export async function settle(
  t: TestService,
  brand: TestBrand,
  { people, seed, now }: { people: number; seed: number; now: Date },
): Promise<Person[]> {
  await send(t, brand.apiKey, 'upsertEarnRule', {
    name: 'visits',
    action: 'VISIT',
    amount: 5,
    streak: {},
  });
  const drafts = fc.sample(anyDraft, { numRuns: people, seed });
  const settled = await Promise.all(
    drafts.map((draft, at) => settleOne(t, brand, { draft, at, now })),
  );
  await write(t, brand, settled);
  const rows = await t.database.query<{ customer_id: string } & NonNullable<Person['attention']>>(
    'SELECT s.* FROM attention_states s JOIN brands b ON b.id = s.brand_id WHERE b.slug = $1',
    [brand.slug],
  );
  for (const row of rows) {
    const person = settled.find(({ id }) => id === customerId.encode(row.customer_id));
    if (person !== undefined) person.attention = row;
  }
  return settled;
}

/** Messages long ago and lately, of which some people read some. */
async function write(t: TestService, brand: TestBrand, people: readonly Person[]): Promise<void> {
  const { message } = await send(
    t,
    brand.apiKey,
    'recordMessage',
    { externalId: 'm', channel: 'EMAIL' },
    'message { id }',
  );
  const some = people.filter((_, at) => at % 3 > 0).map(({ id }) => ({ id }));
  const messageId = message.id as string;
  await send(t, brand.apiKey, 'recordDeliveries', { messageId, customers: some });
  for (const customer of some.filter((_, at) => at % 2 > 0)) {
    await send(t, brand.apiKey, 'recordAttention', { customer, messageId, action: 'OPEN' });
  }
}

async function settleOne(
  t: TestService,
  brand: TestBrand,
  { draft, at, now }: { draft: Draft; at: number; now: Date },
): Promise<Person> {
  const email = `p${at}@${brand.slug}.example.in`;
  const consents: Record<string, boolean> =
    draft.consent === null ? {} : { MESSAGES: draft.consent };
  const { customer } = await send(
    t,
    brand.apiKey,
    'identifyCustomer',
    {
      externalId: `p${at}`,
      email,
      ...(draft.phone ? { phone: `+9198200${String(10_000 + at)}` } : {}),
      traits: draft.traits,
      confirmed: draft.confirmed ? ['EMAIL'] : [],
      consents: Object.entries(consents).map(([purpose, granted]) => ({ purpose, granted })),
    },
    'customer { id createdAt }',
  );
  const id = customer.id as string;
  const orders = draft.orders
    .map(({ daysAgo, minor }) => ({
      at: new Date(now.getTime() - daysAgo * dayMs + dayMs / 4),
      minor,
    }))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  for (const [place, order] of orders.entries()) {
    await send(t, brand.apiKey, 'recordPurchase', {
      customer: { id },
      externalId: `o${at}-${place}`,
      purchasedAt: order.at.toISOString(),
      items: 1,
      amount: (order.minor / 100).toFixed(2),
      currency: 'INR',
    });
  }
  let mu = 0;
  if (draft.visits > 0) {
    const attended = await send(
      t,
      brand.apiKey,
      'recordAttention',
      { customer: { id }, action: 'VISIT' },
      'grants { amount }',
    );
    mu = (attended['grants'] as { amount: number }[]).reduce((sum, { amount }) => sum + amount, 0);
  }
  return {
    id,
    traits: draft.traits,
    createdAt: new Date(customer.createdAt as string),
    identities: [
      { kind: 'EMAIL', confirmed: draft.confirmed },
      ...(draft.phone ? [{ kind: 'PHONE', confirmed: false }] : []),
    ],
    consents,
    orders,
    mu,
    streaks: draft.visits > 0 ? [{ rule: 'visits', current: 1 }] : [],
    attention: null,
  };
}
