import {
  extractLinkImplementations,
  transformSupergraphToPublicSchema,
} from '@theguild/federation-composition';
import {
  Kind,
  parse,
  visit,
  type DirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
} from 'graphql';
import { dressed } from './api-schema';
import type { ContractFilter } from './config';
import { argumentsOf, type OutputTypeNode } from './joins';
import { atOnce } from '../pieces';
import { pruned } from './prune';
import { marksOf, publicGraphOf, type PublicGraph } from './public-graph';

const tagSpec = 'https://specs.apollo.dev/tag';

/**
 * What clients of a contract see of a supergraph. `exclude` leaves out whatever carries one of its
 * tags: types, fields, arguments, input fields, enum values. `include` leaves in the fields that carry
 * one of its tags, or whose type does. What then leads nowhere, and what nothing leads to, goes too.
 * Throws an Error that says why when the rest is no schema.
 */
export function contractSchemaOf(
  supergraphSdl: string,
  filter: ContractFilter,
  publicSchema: GraphQLSchema,
): GraphQLSchema {
  const document = parse(supergraphSdl, { noLocation: true });
  return atOnce(dressed(contractOf(document, filter).schema, marksOf(document), publicSchema));
}

/** The same, before our schema and the supergraph have said what they know of its fields. */
export function contractOf(document: DocumentNode, filter: ContractFilter): PublicGraph {
  const { resolveImportName } = extractLinkImplementations(document);
  const tagsOf = tagReader(resolveImportName(tagSpec, '@tag'));
  const reveal = (relaxed: DocumentNode) =>
    pruned(
      transformSupergraphToPublicSchema(
        included(excluded(relaxed, filter, tagsOf), filter, tagsOf),
      ),
    );
  return publicGraphOf(document, reveal);
}

interface Tagged {
  directives?: readonly DirectiveNode[];
}
type TagsOf = (node: Tagged) => string[];

function tagReader(name: string): TagsOf {
  return ({ directives }) => argumentsOf(directives, name).map((tag) => String(tag['name']));
}

function excluded(
  document: DocumentNode,
  { exclude }: ContractFilter,
  tagsOf: TagsOf,
): DocumentNode {
  const drop = (node: Tagged) =>
    tagsOf(node).some((tag) => exclude.includes(tag)) ? null : undefined;
  return visit(document, {
    ObjectTypeDefinition: drop,
    InterfaceTypeDefinition: drop,
    UnionTypeDefinition: drop,
    EnumTypeDefinition: drop,
    ScalarTypeDefinition: drop,
    InputObjectTypeDefinition: drop,
    FieldDefinition: drop,
    InputValueDefinition: drop,
    EnumValueDefinition: drop,
  });
}

function included(
  document: DocumentNode,
  { include }: ContractFilter,
  tagsOf: TagsOf,
): DocumentNode {
  if (include.length === 0) return document;
  const has = (node: Tagged) => tagsOf(node).some((tag) => include.includes(tag));
  const keep = (type: OutputTypeNode) =>
    has(type)
      ? undefined
      : { ...type, fields: type.fields?.filter((field: FieldDefinitionNode) => has(field)) };
  return visit(document, {
    [Kind.OBJECT_TYPE_DEFINITION]: keep,
    [Kind.INTERFACE_TYPE_DEFINITION]: keep,
  });
}
