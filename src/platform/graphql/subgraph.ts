import { assertValidSchema, type GraphQLSchema } from 'graphql';
import { buildSchemaSync, type BuildSchemaOptions } from 'type-graphql';
import { withEntities, type References } from './entities';
import { printSubgraph } from './federation-sdl';
import { DateTime } from './scalars';
import {
  addDefaults,
  applyEnumDirectives,
  enforceOneOf,
  resolveTypesByName,
  type EnumDirectives,
} from './schema-defaults';

/** What a schema is made of; features bring the parts. */
export interface SchemaParts {
  resolvers: readonly (new () => object)[];
  references: References;
  /** Descriptions of the root types, which no decorator can give. */
  rootDescriptions: { query: string; mutation: string; subscription?: string };
  /** Types no field leads to, such as entities a router alone asks for. */
  orphanedTypes?: readonly (new () => object)[];
  /** Directives of enums and their values, by the enum's GraphQL name. */
  enumDirectives?: Record<string, EnumDirectives>;
}

export interface Schemas {
  /** What clients see: no `_service`, no `_entities`. */
  publicSchema: GraphQLSchema;
  /** The same with the two fields routers need. */
  subgraphSchema: GraphQLSchema;
  /** The subgraph's SDL, with federation directives, without the two fields. */
  sdl: string;
}

/** Builds both schemas and the SDL from the same classes. Throws when the parts do not fit. */
export function buildSchemas(parts: SchemaParts): Schemas {
  addDefaults();
  const publicSchema = buildSchemaSync({
    resolvers: parts.resolvers as unknown as BuildSchemaOptions['resolvers'],
    orphanedTypes: [...(parts.orphanedTypes ?? [])],
    scalarsMap: [{ type: Date, scalar: DateTime }],
    validate: false,
    skipCheck: true,
    nullableByDefault: false,
    // Every subscription brings its own source; the library only insists on having one.
    pubSub: { publish: () => undefined, subscribe: () => neverAny() },
  });
  const query = publicSchema.getQueryType();
  const mutation = publicSchema.getMutationType();
  const subscription = publicSchema.getSubscriptionType();
  if (query) query.description = parts.rootDescriptions.query;
  if (mutation) mutation.description = parts.rootDescriptions.mutation;
  if (subscription) subscription.description = parts.rootDescriptions.subscription ?? '';
  enforceOneOf(publicSchema);
  resolveTypesByName(publicSchema);
  applyEnumDirectives(publicSchema, parts.enumDirectives ?? {});
  assertValidSchema(publicSchema);
  const sdl = printSubgraph(publicSchema);
  const subgraphSchema = withEntities(publicSchema, parts.references, sdl);
  assertValidSchema(subgraphSchema);
  return { publicSchema, subgraphSchema, sdl };
}

function neverAny(): never {
  throw new Error('a subscription without a source of its own');
}
