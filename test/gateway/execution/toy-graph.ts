import { composeServices, assertCompositionSuccess } from '@theguild/federation-composition';
import {
  type GraphQLObjectType,
  buildASTSchema,
  execute,
  isObjectType,
  isUnionType,
  parse,
  subscribe,
  type ExecutionResult,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import type { Graph } from '../../../src/gateway/graph';
import { createSupergraphGraph, type SupergraphParts } from '../../../src/gateway/index';
import {
  type Subgraph,
  type SubgraphAnswer,
  type SubgraphFetch,
} from '../../../src/gateway/subgraph';
import type { Context } from '../../../src/platform/graphql/context';

type Resolvers = Record<string, Record<string, GraphQLFieldResolver<never, unknown, never>>>;
type Reference = Record<string, unknown> & { __typename: string };

/** A subgraph that executes a schema in memory, remembers what it was asked, and can be made to misbehave. */
export interface ToySubgraph extends Subgraph {
  sdl: string;
  asked: SubgraphFetch[];
  /** Answers instead of the schema when it answers anything. */
  instead: (fetch: SubgraphFetch) => SubgraphAnswer | Promise<SubgraphAnswer> | undefined;
}

const header =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires", "@provides", "@shareable", "@override", "@interfaceObject", "@inaccessible"])\n';

/** What a toy needs besides its SDL: resolvers, and how its entities are found. */
export interface ToyParts {
  resolvers?: Resolvers;
  find?: (reference: Reference) => unknown;
}

export function toySubgraph(name: string, sdl: string, parts: ToyParts = {}): ToySubgraph {
  const schema = executableSchema(sdl, parts);
  const toy: ToySubgraph = {
    name,
    sdl: header + sdl,
    asked: [],
    instead: () => undefined,
    ask: async (fetch) => {
      toy.asked.push(fetch);
      return (await toy.instead(fetch)) ?? answerOf(await run(schema, fetch));
    },
    listen: async (fetch) => {
      toy.asked.push(fetch);
      const { document, variables: variableValues } = fetchParts(fetch);
      const source = await subscribe({ schema, document, variableValues });
      if (Symbol.asyncIterator in source) return source;
      throw source.errors![0]!;
    },
    answer: async (_, event) => answerOf(event as ExecutionResult),
  };
  return toy;
}

function fetchParts({ operation, variables }: SubgraphFetch) {
  return { document: operation.document, variables };
}

function answerOf({ data, errors }: ExecutionResult): SubgraphAnswer {
  return { data: data ?? null, errors: errors ?? [] };
}

async function run(schema: GraphQLSchema, fetch: SubgraphFetch): Promise<ExecutionResult> {
  const { document, variables: variableValues } = fetchParts(fetch);
  return execute({ schema, document, variableValues });
}

function executableSchema(sdl: string, { resolvers = {}, find }: ToyParts): GraphQLSchema {
  const plain = build(sdl);
  const entities = Object.values(plain.getTypeMap()).filter(
    (type) =>
      isObjectType(type) && type.astNode?.directives?.some((one) => one.name.value === 'key'),
  );
  const names = entities.map((type) => type.name);
  const federated =
    names.length === 0
      ? plain
      : build(
          `${sdl}\nscalar _Any\nunion _Entity = ${names.join(' | ')}\nextend type Query { _entities(representations: [_Any!]!): [_Entity]! }`,
        );
  for (const [typeName, fields] of Object.entries(resolvers)) {
    const type = federated.getType(typeName) as GraphQLObjectType;
    for (const [name, resolve] of Object.entries(fields)) {
      const field = type.getFields()[name]!;
      if (type === federated.getSubscriptionType()) field.subscribe = resolve as never;
      else field.resolve = resolve as never;
    }
  }
  const query = federated.getQueryType()?.getFields();
  if (query?.['_entities']) {
    query['_entities'].resolve = (_, { representations }) =>
      (representations as Reference[]).map((reference) => {
        const found = find?.(reference);
        if (found == null || found instanceof Error) return found ?? null;
        return {
          ...found,
          __typename: typeOf(found, reference),
        };
      });
  }
  for (const type of Object.values(federated.getTypeMap())) {
    if (isUnionType(type)) type.resolveType = (value: Reference) => value.__typename;
  }
  return federated;
}

function typeOf(found: unknown, reference: Reference): string {
  return (found as Partial<Reference>).__typename ?? reference.__typename;
}

function build(sdl: string): GraphQLSchema {
  return buildASTSchema(parse(sdl), { assumeValid: true, assumeValidSDL: true });
}

/** Composes toys into one graph. */
export function toyGraph(
  toys: readonly ToySubgraph[],
  options: Partial<SupergraphParts> & { schema?: GraphQLSchema } = {},
): Graph {
  const { schema, ...more } = options;
  return createSupergraphGraph({
    supergraph: toySupergraph(toys, schema),
    subgraphs: new Map(toys.map((toy) => [toy.name, toy])),
    limits: { plans: 100, planText: 100_000, errorsReturned: 100 },
    ...more,
  });
}

function toySupergraph(toys: readonly ToySubgraph[], schema?: GraphQLSchema) {
  const composed = composeServices(
    toys.map(({ name, sdl }) => ({ name, url: `http://${name}.test`, typeDefs: parse(sdl) })),
  );
  assertCompositionSuccess(composed);
  const { supergraphSdl: sdl, publicSdl } = composed;
  return {
    sdl,
    schema: schema ?? buildASTSchema(parse(publicSdl), { assumeValid: true }),
    contracts: new Map(),
    partners: [],
    policies: new Map(),
  };
}

const context = { config: { developerTools: true } } as Context;

/** Runs an operation against a graph. */
export async function ask(
  graph: Graph,
  source: string,
  variables?: Record<string, unknown>,
  more: { operationName?: string; showsPlan?: boolean } = {},
): Promise<ExecutionResult> {
  return graph.execute(requestOf(source, variables, more));
}

export function requestOf(
  source: string,
  variables?: Record<string, unknown>,
  more: { operationName?: string; showsPlan?: boolean } = {},
) {
  const operationName = undefined;
  return { operationName, document: parse(source), source, variables, context, ...more };
}

/** What a client would read of it, without prototypes. */
export function plainOf(result: ExecutionResult): unknown {
  return JSON.parse(JSON.stringify(result));
}
