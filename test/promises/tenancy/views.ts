import {
  isInterfaceType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLUnionType,
} from 'graphql';
import { selectAll } from '../../support/select-all';
import type { Data, TestService } from '../../support/test-service';

/** What a brand can name: ids it was told, and the keys of its customers. */
export interface Names {
  ids: readonly string[];
  customers: readonly Record<string, string>[];
  slugs: readonly string[];
}

/** Everything a brand can read: each query of the schema, and each entity a router could ask for. */
export async function viewAll(t: TestService, bearer: string, names: Names): Promise<Data> {
  const view: Data = {};
  const queries = Object.values(t.service.publicSchema.getQueryType()?.getFields() ?? {});
  for (const query of queries) {
    for (const args of argumentsOf(query, names)) {
      const call = `${query.name}${args === null ? '' : `(${args})`}`;
      const { data, errors } = await t.run(
        `{ ${call} ${selectionOf(t, query, args)} }`,
        {},
        bearer,
      );
      view[call] = { data: data[query.name], errors: errors?.map(({ message }) => message) };
    }
  }
  view['_entities'] = await entities(t, bearer, names);
  return view;
}

/** What has an id that starts so. */
const typesByPrefix: Record<string, string> = {
  act: 'CustomAction',
  adj: 'Adjustment',
  arr: 'VelvetArrival',
  att: 'AttentionEvent',
  brd: 'Brand',
  clm: 'Claim',
  cnf: 'IdentityConfirmation',
  cus: 'Customer',
  emi: 'SeriesItem',
  ems: 'EmSeries',
  exp: 'Experiment',
  jny: 'Journey',
  jrn: 'JourneyRun',
  ent: 'LedgerEntry',
  itm: 'ShopItem',
  key: 'ApiKey',
  mag: 'Magnet',
  mrg: 'CustomerMerge',
  msg: 'Message',
  prk: 'VelvetPerk',
  pur: 'Purchase',
  qrc: 'QrCode',
  red: 'Redemption',
  ref: 'Referral',
  rln: 'ReferralLink',
  rpg: 'ReferralProgram',
  rsp: 'MagnetResponse',
  rul: 'EarnRule',
  sdr: 'SurpriseDraw',
  sup: 'SurprisePool',
  trf: 'LedgerTransfer',
  vel: 'VelvetMember',
  whd: 'WebhookDelivery',
  whe: 'WebhookEndpoint',
};

/** Lists two links deep; single things one, since everything they lead to is asked for by itself. */
function selectionOf(
  t: TestService,
  query: GraphQLField<unknown, unknown>,
  args: string | null,
): string {
  const schema = t.service.publicSchema;
  const type = String(query.type).replace(/[[\]!]/g, '');
  if (type !== 'Node') return selectAll(schema, type, args === 'first: 50' ? 2 : 1);
  const own = typesByPrefix[/"(\w{3})_/.exec(args ?? '')?.[1] ?? ''];
  const inner = own === undefined ? '' : `... on ${own} ${selectAll(schema, own, 1)}`;
  return `{ __typename id ${inner} }`;
}

/** The arguments a query is tried with; null where it needs none. */
function argumentsOf(query: GraphQLField<unknown, unknown>, names: Names): (string | null)[] {
  // Only a person has a self.
  if (query.name === 'me') return [];
  const needed = query.args.filter(isRequiredArgument).map(({ name }) => name);
  const people = names.customers.map(keyOf);
  const messages = names.ids.filter((id) => id.startsWith('msg_'));
  switch (needed.sort().join()) {
    case '': {
      const takes = (name: string) => query.args.some((arg) => arg.name === name);
      return [takes('first') ? 'first: 50' : null, ...(takes('id') ? byId(query, names) : [])];
    }
    case 'id':
      return byId(query, names);
    case 'by':
      return people.map((by) => `by: ${by}`);
    case 'experiment':
    case 'experimentId':
      return names.ids
        .filter((id) => id.startsWith('exp_'))
        .map((id) => `${needed.join()}: "${id}"`);
    case 'poolId':
      return names.ids.filter((id) => id.startsWith('sup_')).map((id) => `poolId: "${id}"`);
    case 'event':
      return people.flatMap((customer) => [
        `event: { customer: ${customer}, action: SCAN }`,
        ...messages
          .slice(0, 2)
          .map((id) => `event: { customer: ${customer}, action: OPEN, messageId: "${id}" }`),
      ]);
    case 'customer,messageId':
      return people.flatMap((customer) =>
        messages.slice(0, 2).map((id) => `customer: ${customer}, messageId: "${id}"`),
      );
    case 'channel,customer':
      return people.flatMap((customer) =>
        ['EMAIL', 'SMS'].map((channel) => `customer: ${customer}, channel: ${channel}`),
      );
    case 'channel,customers':
      return [`customers: [${people.join(', ')}], channel: EMAIL`];
    case 'customers,messageId':
      return messages.map((id) => `customers: [${people.join(', ')}], messageId: "${id}"`);
    default:
      throw new Error(`teach this test how to ask ${query.name}`);
  }
}

function keyOf(by: Record<string, string>): string {
  return `{ ${Object.entries(by)
    .map(([name, value]) => `${name}: "${value}"`)
    .join(', ')} }`;
}

function byId(query: GraphQLField<unknown, unknown>, { ids }: Names): string[] {
  return ids.filter((id) => mayBe(query, id)).map((id) => `id: "${id}"`);
}

/** Whether the query could know such an id; that others are unknown to it is tested elsewhere. */
function mayBe(query: GraphQLField<unknown, unknown>, id: string): boolean {
  const type = String(query.type).replace(/!/g, '');
  return type === 'Node' || type === typesByPrefix[id.slice(0, 3)];
}

async function entities(t: TestService, bearer: string, names: Names): Promise<unknown> {
  const { subgraphSchema } = t.service;
  const union = subgraphSchema.getType('_Entity') as GraphQLUnionType;
  const known = new Set(subgraphSchema.getPossibleTypes(union).map(({ name }) => name));
  const byId = names.ids.flatMap((id) => {
    const type = subgraphSchema.getType(typesByPrefix[id.slice(0, 3)] ?? '');
    const types = isInterfaceType(type) ? subgraphSchema.getPossibleTypes(type) : [type];
    return types.flatMap((one) =>
      one !== undefined && known.has(one.name) ? [{ __typename: one.name, id }] : [],
    );
  });
  const byKey = names.customers
    .filter((by) => !('phone' in by))
    .map((by) => ({ __typename: 'Customer', ...by }));
  const bySlug = names.slugs.map((slug) => ({ __typename: 'Brand', slug }));
  const representations = [...byId, ...byKey, ...bySlug];
  const selection = selectAll(subgraphSchema, '_Entity', 1);
  const document = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) ${selection} }`;
  const { data, errors } = await t.runSubgraph(document, { representations }, bearer);
  return { found: data['_entities'] as unknown, errors: errors?.map(({ message }) => message) };
}
