import {
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  parseConstValue,
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLField,
  type GraphQLSchema,
  type ObjectTypeDefinitionNode,
} from 'graphql';
import { defaultPageSize } from './connection';

/** Points of a mutation that declares none: it writes some rows under locks. */
export const mutationCost = 10;

/**
 * Tells routers in the subgraph's SDL what our own limits go by: `@cost` of mutations and of fields
 * that declare a number, `@listSize` of pages.
 */
export function withCosts(document: DocumentNode, schema: GraphQLSchema): DocumentNode {
  return {
    ...document,
    definitions: document.definitions.map((definition) =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION ? priced(definition, schema) : definition,
    ),
  };
}

function priced(node: ObjectTypeDefinitionNode, schema: GraphQLSchema): ObjectTypeDefinitionNode {
  const type = schema.getType(node.name.value);
  if (!isObjectType(type)) return node;
  const isMutation = type === schema.getMutationType();
  const fields = node.fields?.map((one) => {
    const field = type.getFields()[one.name.value];
    const added = field === undefined ? [] : costsOf(field, isMutation);
    return added.length === 0 ? one : { ...one, directives: [...(one.directives ?? []), ...added] };
  });
  return { ...node, ...(fields && { fields }) };
}

function costsOf(field: GraphQLField<unknown, unknown>, isMutation: boolean): ConstDirectiveNode[] {
  const declared = field.extensions['complexity'] ?? (isMutation ? mutationCost : undefined);
  return [
    ...(typeof declared === 'number' ? [directive('cost', { weight: String(declared) })] : []),
    ...(isPaged(field) ? [directive('listSize', pageOf(field))] : []),
  ];
}

/** What is below a page is sized by its `first`. */
function pageOf(field: GraphQLField<unknown, unknown>): Record<string, string> {
  const type = getNamedType(field.type);
  const known = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
  const sized = ['nodes', 'edges'].filter((name) => name in known);
  return {
    slicingArguments: '["first"]',
    assumedSize: String(defaultPageSize),
    sizedFields: JSON.stringify(sized),
    requireOneSlicingArgument: 'false',
  };
}

function isPaged(field: GraphQLField<unknown, unknown>): boolean {
  const isConnection = getNamedType(field.type).name.endsWith('Connection');
  return isConnection && field.args.some((argument) => argument.name === 'first');
}

function directive(name: string, values: Record<string, string>): ConstDirectiveNode {
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: name },
    arguments: Object.entries(values).map(([argument, value]) => ({
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: argument },
      value: parseConstValue(value, { noLocation: true }),
    })),
  };
}
