import { assertCompositionSuccess, composeServices } from '@theguild/federation-composition';
import {
  buildSchema,
  createSourceEventStream,
  execute,
  getNamedType,
  isAbstractType,
  isObjectType,
  parse,
  type ExecutionResult,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { Graph, GraphRequest } from '../../../src/gateway/graph';
import { readRights } from '../../../src/gateway/rights/read-rights';
import type { Alternatives } from '../../../src/gateway/rights/requirement';
import type { Caller } from '../../../src/platform/auth/caller';
import { RequestError } from '../../../src/platform/errors';
import { defaultLimits } from '../../../src/platform/limits';

/** A caller that has these scopes of its own choosing. */
export const brand = (...scopes: string[]): Caller => ({
  kind: 'brand',
  brandId: 'b',
  keyId: 'k',
  scopes: scopes as never,
});
export const anonymous: Caller = { kind: 'anonymous' };
export const customer: Caller = { kind: 'customer', customerId: 'c', brandId: 'b' };
export const platform: Caller = { kind: 'platform' };

const header = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import:
  ["@key", "@shareable", "@interfaceObject", "@authenticated", "@requiresScopes", "@policy"])`;

interface Composed {
  sdl: string;
  publicSdl: string;
  schema: GraphQLSchema;
}

/** The supergraph of these subgraphs, each of which may use every federation directive. */
export function composed(...subgraphs: string[]): Composed {
  const result = composeServices(
    subgraphs.map((sdl, at) => ({
      name: `s${at}`,
      url: `http://s${at}.test`,
      typeDefs: parse(`${header} ${sdl}`),
    })),
  );
  assertCompositionSuccess(result);
  const { supergraphSdl: sdl, publicSdl } = result;
  return { sdl, publicSdl, schema: buildSchema(publicSdl) };
}

/** Animals of which some are a secret, and who knows it. */
export const barnSdl = `
  type Query {
    animal: Animal animals: [Animal] herd: [Animal!]! mixed: [Thing] cow: Cow tractor: Tractor fox: Fox
    stable: Stable! keeper: Keeper farms: [Stable] staff: [Keeper] @requiresScopes(scopes: [["staff"]])
    colour: Colour wild: [Fox]
  }
  type Mutation { feed(times: Int): Fed }
  type Subscription { fed: Fed }
  type Fed { animal: Animal count: Int secretCount: Int @requiresScopes(scopes: [["count"]]) }
  interface Animal { id: ID! name: String weight(unit: String): Int! friend: Animal friends: [Animal!] }
  interface Owned { keeper: Keeper price: Int }
  type Cow implements Animal & Owned {
    id: ID! name: String weight(unit: String): Int! @requiresScopes(scopes: [["weigh"], ["vet", "night"]])
    friend: Animal friends: [Animal!] keeper: Keeper price: Int @policy(policies: [["trade"]]) milk: Int!
  }
  type Pig implements Animal & Owned {
    id: ID! name: String @authenticated weight(unit: String): Int! friend: Animal
    friends: [Animal!] @requiresScopes(scopes: [["vet"]]) keeper: Keeper price: Int mud: Mud
  }
  type Fox implements Animal @requiresScopes(scopes: [["forest"]]) {
    id: ID! name: String weight(unit: String): Int! friend: Animal friends: [Animal!] den: String
  }
  type Tractor implements Owned { keeper: Keeper price: Int wheels: [Wheel!]! colour: Colour }
  type Wheel { size: Int! spare: Wheel note: String @requiresScopes(scopes: [["vet"]]) }
  union Thing = Cow | Fox | Tractor | Keeper
  type Keeper { name: String wage: Int! @policy(policies: [["pay"]]) animals: [Animal] boss: Keeper }
  type Stable { best: Cow! all: [Animal!]! keeper: Keeper! }
  enum Colour @requiresScopes(scopes: [["paint"]]) { RED GREEN }
  scalar Mud @policy(policies: [["nobody"]])
`;
export const barnPolicies = new Map<string, Alternatives>([
  ['trade', [['sell', 'buy'], ['vet']]],
  ['pay', [['staff']]],
]);
export const barn = composed(barnSdl);

type Value = Record<string, unknown>;
const of = (kind: string, more: Value): Value => ({ __typename: kind, ...more });

function barnData(): Value {
  const keeper = of('Keeper', { name: 'Ann', wage: 5 });
  const cow = of('Cow', { id: 'c', name: 'Bess', weight: 700, keeper, price: 9, milk: 30 });
  const pig = of('Pig', { id: 'p', name: 'Ham', weight: 90, friend: cow, price: 3, mud: 'wet' });
  const fox = of('Fox', { id: 'f', name: 'Rey', weight: 6, friend: pig, den: 'hill' });
  const wheel = of('Wheel', { size: 4, note: 'flat', spare: of('Wheel', { size: 2, note: '-' }) });
  const tractor = of('Tractor', { keeper, price: 99, wheels: [wheel, wheel], colour: 'RED' });
  Object.assign(keeper, {
    animals: [cow, fox, null, pig],
    boss: of('Keeper', { name: 'Bo', wage: 6 }),
  });
  Object.assign(cow, { friend: fox, friends: [pig, cow] });
  Object.assign(pig, { friends: [cow, fox] });
  Object.assign(fox, { friends: null });
  const stable = of('Stable', { best: cow, all: [cow, pig, fox], keeper });
  const fed = of('Fed', { animal: fox, count: 2, secretCount: 3 });
  return {
    animal: fox,
    animals: [cow, pig, fox, null],
    herd: [cow, pig],
    mixed: [cow, fox, tractor, keeper],
    cow,
    tractor,
    fox,
    stable,
    keeper,
    farms: [stable, null, stable],
    staff: [keeper],
    colour: 'RED',
    wild: [fox],
    feed: fed,
    fed,
  };
}
export const barnRoot = barnData();

/** Serves data by graphql-js, remembering the documents it was asked. */
export class RecordingGraph implements Graph {
  readonly requests: GraphRequest[] = [];

  constructor(
    readonly schema: GraphQLSchema,
    readonly data: Value,
  ) {}

  async execute(request: GraphRequest): Promise<ExecutionResult> {
    this.requests.push(request);
    return executeWith(this.schema, request, this.data);
  }

  async listen(request: GraphRequest): Promise<AsyncIterable<unknown> | ExecutionResult> {
    this.requests.push(request);
    const { data, schema } = this;
    return createSourceEventStream({
      schema,
      document: request.document,
      subscribeFieldResolver: async function* () {
        yield data;
        yield data;
      },
    });
  }

  async update(request: GraphRequest, event: unknown): Promise<ExecutionResult> {
    this.requests.push(request);
    return executeWith(this.schema, request, event as Value);
  }
}

function executeWith(schema: GraphQLSchema, request: GraphRequest, rootValue: Value) {
  return execute({
    schema,
    document: request.document,
    operationName: request.operationName ?? null,
    variableValues: request.variables ?? null,
    rootValue,
  });
}

export function request(
  source: string,
  caller: Caller,
  more: Partial<GraphRequest> = {},
): GraphRequest {
  // Judges of answers want all errors.
  const limits = { ...defaultLimits, errorsReturned: Infinity };
  const context = { caller, config: { limits } };
  const document = parse(source, { noLocation: true });
  return {
    document,
    source,
    operationName: undefined,
    variables: undefined,
    ...more,
    context: context as never,
  };
}

/** What the graph answers; throws what all of the request is refused for. */
export async function run(graph: Graph, asked: GraphRequest): Promise<ExecutionResult> {
  const result = await graph.execute(asked);
  const refusal = result.data === undefined ? result.errors?.[0]?.originalError : undefined;
  if (refusal instanceof RequestError) throw refusal;
  return result;
}

export const barnRights = readRights(barn.sdl, barnPolicies);

const isHiddenFrom = (caller: Caller) => (name: string) =>
  barnRights.ofType(name)?.allows(caller) === false;

/** Whether a field of an object type answers this caller nothing. */
export function isClosed(caller: Caller, type: string, name: string): boolean {
  const field = (barn.schema.getType(type) as GraphQLObjectType).getFields()[name]!;
  const below = getNamedType(field.type);
  const answers = isAbstractType(below) ? barn.schema.getPossibleTypes(below) : [below];
  const isHidden = isHiddenFrom(caller);
  return (
    isHidden(type) ||
    barnRights.ofField(type, name)?.allows(caller) === false ||
    answers.every((one) => isHidden(one.name))
  );
}

/** What one service with all the data would be if each of its resolvers refused by itself. */
export function refusingBarn(caller: Caller): GraphQLSchema {
  const schema = buildSchema(barn.publicSdl);
  const isHidden = isHiddenFrom(caller);
  const shown = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shown);
    const name = (value as Value | null)?.['__typename'];
    return typeof name === 'string' && isHidden(name) ? new Error('hidden') : value;
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const closed = isClosed(caller, type.name, field.name);
      field.resolve = (parent: Value) => {
        if (closed) throw new Error('refused');
        return shown(parent[field.name]);
      };
    }
  }
  return schema;
}
