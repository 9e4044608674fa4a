import { isRequiredArgument, type GraphQLField } from 'graphql';
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

const typesByPrefix: Record<string, string> = {
  att: 'AttentionEvent',
  brd: 'Brand',
  cus: 'Customer',
  ent: 'LedgerEntry',
  msg: 'Message',
  pur: 'Purchase',
  red: 'Redemption',
  rul: 'EarnRule',
  trf: 'LedgerTransfer',
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
function argumentsOf(
  query: GraphQLField<unknown, unknown>,
  { ids, customers }: Names,
): (string | null)[] {
  // Only a person has a self.
  if (query.name === 'me') return [];
  const needed = query.args.filter(isRequiredArgument).map(({ name }) => name);
  const key = (by: Record<string, string>) =>
    Object.entries(by).map(([name, value]) => `${name}: "${value}"`);
  if (needed.length === 0) {
    const takes = (name: string) => query.args.some((arg) => arg.name === name);
    const byId = takes('id') ? ids.filter((id) => mayBe(query, id)) : [];
    return [takes('first') ? 'first: 50' : null, ...byId.map((id) => `id: "${id}"`)];
  }
  if (needed.join() === 'id') {
    return ids.filter((id) => mayBe(query, id)).map((id) => `id: "${id}"`);
  }
  if (needed.join() === 'by') return customers.map((by) => `by: { ${key(by).join(', ')} }`);
  throw new Error(`teach this test how to ask ${query.name}`);
}

/** Whether the query could know such an id; that others are unknown to it is tested elsewhere. */
function mayBe(query: GraphQLField<unknown, unknown>, id: string): boolean {
  const type = String(query.type).replace(/!/g, '');
  return type === 'Node' || type === typesByPrefix[id.slice(0, 3)];
}

async function entities(t: TestService, bearer: string, names: Names): Promise<unknown> {
  const byId = names.ids.flatMap((id) => {
    const __typename = typesByPrefix[id.slice(0, 3)];
    return __typename === undefined ? [] : [{ __typename, id }];
  });
  const byKey = names.customers
    .filter((by) => !('phone' in by))
    .map((by) => ({ __typename: 'Customer', ...by }));
  const bySlug = names.slugs.map((slug) => ({ __typename: 'Brand', slug }));
  const representations = [...byId, ...byKey, ...bySlug];
  const selection = selectAll(t.service.subgraphSchema, '_Entity', 1);
  const document = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) ${selection} }`;
  const { data, errors } = await t.runSubgraph(document, { representations }, bearer);
  return { found: data['_entities'] as unknown, errors: errors?.map(({ message }) => message) };
}
