import { transformSupergraphToPublicSchema } from '@theguild/federation-composition';
import {
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  parse,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { CostExtensions } from './costs';
import { graftOurs } from './graft';
import { atOnce, type Pieces } from '../pieces';
import { marksOf, publicGraphOf, type FieldMarks } from './public-graph';

/**
 * What clients see of a supergraph, made from its SDL. Our fields and scalars are as they are in
 * `publicSchema`; partners' fields carry `extensions.subgraph`, and `extensions.cost` and
 * `extensions.listSize` if their subgraph gives them. What may be missing because a partner is, is
 * nullable. Throws when the SDL is no schema.
 */
export function apiSchemaOf(supergraphSdl: string, publicSchema: GraphQLSchema): GraphQLSchema {
  const document = parse(supergraphSdl, { noLocation: true });
  const { schema } = publicGraphOf(document, transformSupergraphToPublicSchema);
  return atOnce(dressed(schema, marksOf(document), publicSchema));
}

/** A schema that was made of public SDL, with what our schema and the supergraph say of its fields. */
export function* dressed(
  schema: GraphQLSchema,
  { foreign, costs }: FieldMarks,
  publicSchema: GraphQLSchema,
): Pieces<GraphQLSchema> {
  yield* graftOurs(schema, publicSchema, (type, field) => !foreign.has(`${type}.${field}`));
  for (const type of Object.values(schema.getTypeMap())) {
    yield;
    Object.assign(type, { extensions: { ...costs.get(type.name), ...type.extensions } });
    if (isInputObjectType(type)) markInputs(type, costs);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const coordinate = `${type.name}.${field.name}`;
      if (!foreign.has(coordinate)) continue;
      markField(field, coordinate, costs);
      field.extensions = { ...field.extensions, subgraph: foreign.get(coordinate) };
    }
  }
  return schema;
}

function markInputs(
  type: GraphQLInputObjectType,
  costs: ReadonlyMap<string, CostExtensions>,
): void {
  for (const field of Object.values(type.getFields())) {
    const own = field.extensions;
    field.extensions = { ...costs.get(`${type.name}.${field.name}`), ...own };
  }
}

function markField(
  field: GraphQLField<unknown, unknown>,
  coordinate: string,
  costs: ReadonlyMap<string, CostExtensions>,
): void {
  field.extensions = { ...costs.get(coordinate) };
  for (const argument of field.args) {
    argument.extensions = { ...costs.get(`${coordinate}(${argument.name}:)`) };
  }
}
