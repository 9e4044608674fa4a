import { transformSupergraphToPublicSchema } from '@theguild/federation-composition';
import {
  assertValidSchema,
  buildASTSchema,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  parse,
  type DocumentNode,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLSchema,
} from 'graphql';
import { readCosts, type CostExtensions } from './costs';
import { graftOurs } from './graft';
import { isOutputType, Joins, type FieldJoin } from './joins';
import { relaxPartners } from './nullable';

/**
 * What clients see of a supergraph, made from its SDL. Our fields and scalars are as they are in
 * `publicSchema`; partners' fields carry `extensions.subgraph`, and `extensions.cost` and
 * `extensions.listSize` if their subgraph gives them. What may be missing because a partner is, is
 * nullable. Throws when the SDL is no schema.
 */
export function apiSchemaOf(supergraphSdl: string, publicSchema: GraphQLSchema): GraphQLSchema {
  const document = parse(supergraphSdl, { noLocation: true });
  return publish(document, transformSupergraphToPublicSchema, publicSchema);
}

/** The same of a supergraph of which `reveal` makes what is public. */
export function publish(
  document: DocumentNode,
  reveal: (document: DocumentNode) => DocumentNode,
  publicSchema: GraphQLSchema,
): GraphQLSchema {
  const joins = new Joins(document);
  const schema = buildASTSchema(reveal(relaxPartners(document, joins)), { assumeValidSDL: true });
  assertValidSchema(schema);
  const byField = joinsByField(document, joins);
  graftOurs(schema, publicSchema, (type, field) => byField.get(`${type}.${field}`)?.ours ?? true);
  markPartners(schema, byField, readCosts(document));
  return schema;
}

function joinsByField(document: DocumentNode, joins: Joins): Map<string, FieldJoin> {
  const byField = new Map<string, FieldJoin>();
  for (const definition of document.definitions) {
    if (!isOutputType(definition)) continue;
    for (const field of definition.fields ?? []) {
      byField.set(`${definition.name.value}.${field.name.value}`, joins.of(definition, field));
    }
  }
  return byField;
}

function markPartners(
  schema: GraphQLSchema,
  joins: ReadonlyMap<string, FieldJoin>,
  costs: ReadonlyMap<string, CostExtensions>,
): void {
  for (const type of Object.values(schema.getTypeMap())) {
    Object.assign(type, { extensions: { ...costs.get(type.name), ...type.extensions } });
    if (isInputObjectType(type)) markInputs(type, costs);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const join = joins.get(`${type.name}.${field.name}`);
      if (join === undefined || join.ours) continue;
      markField(field, `${type.name}.${field.name}`, costs);
      const [subgraph] = join.graphs;
      field.extensions = { ...field.extensions, subgraph };
    }
  }
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
