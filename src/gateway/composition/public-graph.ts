import { assertValidSchema, buildASTSchema, type DocumentNode, type GraphQLSchema } from 'graphql';
import { readCosts, type CostExtensions } from './costs';
import { isOutputType, Joins } from './joins';
import { relaxPartners } from './nullable';

/** A supergraph as clients see it: as a document, and as the schema of that, which is valid. */
export interface PublicGraph {
  document: DocumentNode;
  schema: GraphQLSchema;
}

/** What a supergraph says of the fields clients see, and a schema of their SDL cannot. */
export interface FieldMarks {
  /** Partners' fields by coordinate, with the first subgraph that answers them. */
  foreign: ReadonlyMap<string, string | undefined>;
  costs: ReadonlyMap<string, CostExtensions>;
}

/**
 * What clients see of a supergraph of which `reveal` makes what is public. What may be missing because a
 * partner is, is nullable. Throws when that is no schema.
 */
export function publicGraphOf(
  supergraph: DocumentNode,
  reveal: (document: DocumentNode) => DocumentNode,
): PublicGraph {
  const document = reveal(relaxPartners(supergraph, new Joins(supergraph)));
  const schema = buildASTSchema(document, { assumeValidSDL: true });
  assertValidSchema(schema);
  return { document, schema };
}

/** The marks of a supergraph; its contracts share them. */
export function marksOf(supergraph: DocumentNode): FieldMarks {
  const joins = new Joins(supergraph);
  const foreign = new Map<string, string | undefined>();
  for (const type of supergraph.definitions.filter(isOutputType)) {
    for (const field of type.fields ?? []) {
      const { ours, graphs } = joins.of(type, field);
      if (!ours) foreign.set(`${type.name.value}.${field.name.value}`, graphs[0]);
    }
  }
  return { foreign, costs: readCosts(supergraph) };
}
