import {
  buildASTSchema,
  GraphQLError,
  Kind,
  parse,
  type DefinitionNode,
  type GraphQLSchema,
  type ObjectTypeDefinitionNode,
} from 'graphql';

/** What a router sends for an entity: its type and the fields of one key. */
export type Representation = Record<string, unknown> & { __typename: string };

/** Makes an entity of what a router sent; null when it does not exist for this caller. */
export type Reference<Context> = (representation: Representation, context: Context) => unknown;

/** A subgraph: what it says of itself, and how its root fields are answered. */
export interface Subgraph {
  schema: GraphQLSchema;
  root: Record<string, object>;
}

const mostRepresentations = 1000;

/**
 * Makes an executable subgraph of SDL, of functions for the root fields and of one for each entity.
 * Objects answer their fields by properties and methods, as graphql-js does it unasked.
 */
export function makeSubgraph<Context>(
  sdl: string,
  fields: Record<string, object>,
  references: Record<string, Reference<Context>>,
): Subgraph {
  const document = parse(sdl);
  const entities = document.definitions.filter(isEntity).map(({ name }) => name.value);
  const machinery = parse(`
    scalar _Any
    union _Entity = ${entities.join(' | ')}
    type _Service { sdl: String! }
    extend type Query {
      _service: _Service!
      _entities(representations: [_Any!]!): [_Entity]!
    }
  `);
  const definitions = [...document.definitions, ...machinery.definitions];
  // The directives of federation are the router's business; nothing here executes them.
  const schema = buildASTSchema({ ...document, definitions }, { assumeValidSDL: true });
  const resolve = (representation: unknown, context: Context) => {
    if (!isRepresentation(representation)) return null;
    return references[representation.__typename]?.(representation, context) ?? null;
  };
  const root = {
    ...fields,
    _service: { sdl },
    _entities: ({ representations }: { representations: unknown[] }, context: Context) => {
      if (representations.length > mostRepresentations) {
        throw badInput(`At most ${mostRepresentations} representations.`);
      }
      return representations.map((representation) => resolve(representation, context));
    },
  };
  return { schema, root };
}

/** An error that the gateway passes on by its code. */
export function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}

function isEntity(node: DefinitionNode): node is ObjectTypeDefinitionNode {
  return (
    node.kind === Kind.OBJECT_TYPE_DEFINITION &&
    node.directives?.some(({ name }) => name.value === 'key') === true
  );
}

function isRepresentation(value: unknown): value is Representation {
  return typeof (value as Partial<Representation> | null)?.__typename === 'string';
}
