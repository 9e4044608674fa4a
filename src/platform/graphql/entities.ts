import {
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  isObjectType,
  Kind,
  valueFromASTUntyped,
  type ConstDirectiveNode,
  type GraphQLFieldConfigMap,
} from 'graphql';
import { RequestError } from '../errors';
import type { ReferenceLoader } from '../feature';
import type { Context } from './context';

/** Entity loaders by GraphQL type name. */
export type References = Record<string, ReferenceLoader>;

type Representation = Record<string, unknown>;

const Any = new GraphQLScalarType({
  name: '_Any',
  description: 'A representation of an entity: its `__typename` and the fields of one of its keys.',
  parseValue: (value) => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
});

const Service = new GraphQLObjectType({
  name: '_Service',
  description: 'What this subgraph offers to a router.',
  fields: {
    sdl: {
      type: new GraphQLNonNull(GraphQLString),
      description: 'The schema of this subgraph with its federation directives.',
    },
  },
});

/** The schema with `_service` and `_entities` added; all other types are the same objects. */
export function withEntities(
  schema: GraphQLSchema,
  references: References,
  sdl: string,
): GraphQLSchema {
  const config = schema.toConfig();
  const query = schema.getQueryType();
  if (!query) throw new Error('a subgraph needs a query');
  const { fields, ...rest } = query.toConfig();
  const extended = new GraphQLObjectType({
    ...rest,
    fields: {
      ...fields,
      _service: {
        type: new GraphQLNonNull(Service),
        description: 'What this subgraph offers to a router.',
        resolve: () => ({ sdl }),
      },
      ...entitiesField(schema, references),
    },
  });
  const types = config.types.filter((type) => type !== query);
  return new GraphQLSchema({ ...config, query: extended, types });
}

function entitiesField(
  schema: GraphQLSchema,
  references: References,
): GraphQLFieldConfigMap<unknown, Context> {
  const loaders = new Map(Object.entries(references));
  checkKeys(schema, loaders);
  if (loaders.size === 0) return {};
  const typeNames = new WeakMap<object, string>();
  const Entity = new GraphQLUnionType({
    name: '_Entity',
    description: 'Every type a router can fetch by key.',
    types: [...loaders.keys()].sort().map((name) => schema.getType(name) as GraphQLObjectType),
    resolveType: (value: object) => typeNames.get(value),
  });
  return {
    _entities: {
      type: new GraphQLNonNull(new GraphQLList(Entity)),
      description:
        'The entities of these representations in the same order; null for unknown ones.',
      args: {
        representations: {
          type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(Any))),
          description: 'At most 1,000, of any types.',
        },
      },
      resolve: (_root, args: { representations: unknown[] }, context) =>
        resolveEntities(args.representations, loaders, typeNames, context),
    },
  };
}

/** A key nobody answers to, or a loader for a type without a key, is a mistake of the feature. */
function checkKeys(schema: GraphQLSchema, loaders: Map<string, ReferenceLoader>): void {
  const keyed = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (isObjectType(type) && type.astNode?.directives?.some(isResolvableKey)) keyed.add(type.name);
  }
  const unanswered = [...keyed].filter((name) => !loaders.has(name));
  if (unanswered.length > 0) throw new Error(`no reference loader for ${unanswered.join(', ')}`);
  const keyless = [...loaders.keys()].filter((name) => !keyed.has(name));
  if (keyless.length > 0) throw new Error(`a reference loader but no @key: ${keyless.join(', ')}`);
}

function isResolvableKey(directive: ConstDirectiveNode): boolean {
  return (
    directive.name.value === 'key' &&
    !directive.arguments?.some(
      ({ name, value }) =>
        name.value === 'resolvable' && value.kind === Kind.BOOLEAN && !value.value,
    )
  );
}

/**
 * One call of the loader a type, all in the same tick. The answer is a promise an item, so that a
 * loader that fails spoils the items of its own type only.
 */
function resolveEntities(
  representations: readonly unknown[],
  loaders: Map<string, ReferenceLoader>,
  typeNames: WeakMap<object, string>,
  context: Context,
): (Promise<object | null> | null)[] {
  const limit = context.config.limits.representations;
  if (representations.length > limit) {
    throw new RequestError('BAD_USER_INPUT', `representations: at most ${limit}`);
  }
  const groups = new Map<string, { loader: ReferenceLoader; items: Representation[] }>();
  const places = representations.map((representation) => {
    const name = typeNameOf(representation);
    const loader = name === null ? undefined : loaders.get(name);
    if (name === null || loader === undefined) return null;
    const group = groups.get(name) ?? { loader, items: [] };
    groups.set(name, group);
    return { name, index: group.items.push(representation as Representation) - 1 };
  });
  const loaded = new Map(
    [...groups].map(([name, group]) => [name, load(name, group.loader, group.items, context)]),
  );
  return places.map(async (place) => {
    if (place === null) return null;
    const entity = (await loaded.get(place.name))?.[place.index] ?? null;
    if (entity !== null) typeNames.set(entity, place.name);
    return entity;
  });
}

async function load(
  name: string,
  loader: ReferenceLoader,
  representations: Representation[],
  context: Context,
): Promise<(object | null)[]> {
  const entities = await loader(representations, context);
  if (entities.length !== representations.length) {
    throw new Error(`the reference loader of ${name} must answer every representation`);
  }
  return entities;
}

function typeNameOf(representation: unknown): string | null {
  if (typeof representation !== 'object' || representation === null) return null;
  const name = (representation as Representation)['__typename'];
  return typeof name === 'string' ? name : null;
}
