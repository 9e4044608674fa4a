import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assertCompositionSuccess, composeServices } from '@theguild/federation-composition';
import { buildASTSchema, parse, validate, type ExecutionResult } from 'graphql';
import { serve, type Served } from '../../examples/partner/serve';
import { makeSubgraph } from '../../examples/partner/subgraph';
import { createSupergraphGraph, type Partner } from '../../src/gateway';
import type { Context } from '../../src/platform/graphql/context';
import { formatErrors } from '../../src/platform/graphql/format-error';
import { defaultLimits } from '../../src/platform/limits';
import { createLog } from '../../src/platform/log';
import { assertClean } from '../support/assert-clean';
import type { Data } from '../support/test-service';
import { partnerAt } from '../support/toy-partner';

/** The keys of our Customer by which somebody else may know one. */
export type CustomerKey = 'id' | 'externalId' | 'email';

const types = { id: 'ID!', externalId: 'String', email: 'EmailAddress' };

/** A shop that knows customers by one key, and nothing else of them. */
function shopSdl(key: CustomerKey): string {
  return `
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
    scalar EmailAddress
    type Query {
      order(buyer: ID!): Order!
      orders(buyer: ID!, strangers: Int!): [Order!]!
    }
    type Mutation { placeOrder(buyer: ID!): Order! }
    type Order { title: String! buyer: Customer }
    type Customer @key(fields: "${key}") { ${key}: ${types[key]} orderTitles: [String!]! }
  `;
}

const secret = { header: 'x-shop-secret', value: 'the secret of the shop' };

function startShop(key: CustomerKey): Promise<Served> {
  const order = (buyer: string) => ({ title: `of ${buyer}`, buyer: { [key]: buyer } });
  const fields = {
    order: ({ buyer }: { buyer: string }) => order(buyer),
    orders: ({ buyer, strangers }: { buyer: string; strangers: number }) => [
      order(buyer),
      ...Array.from({ length: strangers }, (_, at) => order(`stranger ${at}`)),
    ],
    placeOrder: ({ buyer }: { buyer: string }) => order(buyer),
  };
  const subgraph = makeSubgraph(shopSdl(key), fields as never, {
    Customer: (given) => ({ ...given, orderTitles: [`of ${String(given[key])}`] }),
  });
  return serve({ subgraph, port: 0, secret, contextFor: () => ({}) });
}

/** What an operation comes to, as a client of the router reads it. */
export interface Routed {
  data: Data | null;
  codes: string[];
  errors: readonly { path?: readonly (string | number)[] }[];
}

/**
 * A team's own router: it knows the address of our `/subgraph` and the secret, hands on the client's
 * `authorization`, and has a shop beside us. Nothing of the service is in its reach but HTTP.
 */
export interface ForeignRouter {
  /** Runs an operation as the bearer of a key or token; none means anonymous. */
  ask(source: string, variables?: Data, bearer?: string): Promise<Routed>;
  /** Opens a subscription and answers what it comes to, event by event. */
  follow(source: string, bearer?: string): Promise<AsyncGenerator<Routed, void, void>>;
  close(): Promise<void>;
}

/** Starts one over the service at this address. */
export async function startForeignRouter(
  service: { url: string; routerSecret: string },
  key: CustomerKey = 'externalId',
): Promise<ForeignRouter> {
  const shop = await startShop(key);
  const url = `${service.url}/subgraph`;
  const { partner: rewards } = partnerAt(
    url,
    {},
    {
      name: 'rewards',
      headers: { 'x-router-secret': service.routerSecret },
      forward: ['authorization'],
      subscriptions: { protocol: 'ws', url },
    },
  );
  const { partner: shopLine } = partnerAt(
    shop.url,
    {},
    { name: 'shop', headers: { [secret.header]: secret.value } },
  );
  const graph = graphOver([rewards, shopLine], key);
  const canaries = [service.url, service.routerSecret, shop.url, secret.value];
  const shown = ({ data, errors = [] }: ExecutionResult, sent?: unknown): Routed => {
    const quiet = { error: () => undefined, warn: () => undefined };
    const read = formatErrors(errors, defaultLimits, quiet, () => 'an id');
    assertClean({ data, errors: read }, { canaries, sent });
    return {
      data: JSON.parse(JSON.stringify(data ?? null)) as Data | null,
      codes: read.map(({ extensions }) => String(extensions?.['code'])),
      errors: read,
    };
  };
  return {
    async ask(source, variables = {}, bearer) {
      const request = requestOf(source, variables, bearer);
      const errors = validate(graph.schema, request.document);
      if (errors.length > 0) throw new Error(errors.join('\n'));
      return shown(await graph.execute(request), variables);
    },
    async follow(source, bearer) {
      const request = requestOf(source, {}, bearer);
      const events = await graph.listen(request);
      if (!(Symbol.asyncIterator in events)) throw new Error(shown(events).codes.join());
      return (async function* () {
        for await (const event of events) yield shown(await graph.update(request, event));
      })();
    },
    async close() {
      await Promise.all([rewards.close(), shopLine.close()]);
      await shop.close();
    },
  };
}

function graphOver(partners: readonly Partner[], key: CustomerKey) {
  const own = readFileSync(join(__dirname, '../../schema/rewards.graphql'), 'utf8');
  const composed = composeServices([
    { name: 'rewards', url: 'http://rewards.test/subgraph', typeDefs: parse(own) },
    { name: 'shop', url: 'http://shop.test/graphql', typeDefs: parse(shopSdl(key)) },
  ]);
  assertCompositionSuccess(composed);
  const schema = buildASTSchema(parse(composed.publicSdl), { assumeValid: true });
  return createSupergraphGraph({
    supergraph: {
      sdl: composed.supergraphSdl,
      schema,
      contracts: new Map(),
      partners: [],
      policies: new Map(),
    },
    subgraphs: new Map(partners.map((partner) => [partner.name, partner])),
    limits: defaultLimits,
  });
}

/** The router knows nobody: who asks is only in the header it hands on. */
function requestOf(source: string, variables: Data, bearer?: string) {
  const context = {
    caller: { kind: 'anonymous' },
    config: { developerTools: false },
    log: createLog('silent'),
    clientHeaders: bearer === undefined ? {} : { authorization: `Bearer ${bearer}` },
  } as unknown as Context;
  return { document: parse(source), source, operationName: undefined, variables, context };
}
