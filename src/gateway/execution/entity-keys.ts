import {
  Kind,
  buildASTSchema,
  isAbstractType,
  isObjectType,
  parse,
  valueFromASTUntyped,
  type ConstDirectiveNode,
  type GraphQLSchema,
  type SelectionNode,
} from 'graphql';

/** Fields that tell one entity from others; each with the fields below it. */
export interface KeyFields {
  readonly [name: string]: KeyFields;
}

/** A subgraph that resolves a field. */
export interface FieldSource {
  subgraph: string;
  /** The fields of others that are sent along. */
  requires: string | null;
}

/** What the composed SDL says that clients do not see: all types, and the keys of entities. */
export interface SupergraphTypes {
  schema: GraphQLSchema;
  /** The keys by which a subgraph finds entities of a type; none when it never does. */
  keysOf(typeName: string, subgraph: string): readonly KeyFields[];
  /** A key as a selection of fields. */
  keyText(key: KeyFields): string;
  /** The subgraphs that resolve a field, and what they need of others for it; null for any that has its type. */
  sourcesOf(typeName: string, field: string): readonly FieldSource[] | null;
  /** What a subgraph computes a field from, beside the key; undefined when from nothing. */
  requiredFor(typeName: string, field: string, subgraph: string): KeyFields | undefined;
  /** The names of object types a type condition lets through, and its own. */
  matching(typeCondition: string): ReadonlySet<string>;
}

/** Reads the composed SDL, once for a supergraph. */
export function readSupergraphTypes(sdl: string): SupergraphTypes {
  const schema = buildASTSchema(parse(sdl, { noLocation: true }), {
    assumeValid: true,
    assumeValidSDL: true,
  });
  const names = subgraphNames(schema);
  const keys = new Map<string, KeyFields[]>();
  const required = requiredFields(schema, names);
  for (const type of Object.values(schema.getTypeMap())) {
    for (const directive of type.astNode?.directives ?? []) {
      const { graph, key } = directive.name.value === 'join__type' ? argumentsOf(directive) : {};
      if (typeof graph !== 'string' || typeof key !== 'string') continue;
      const place = `${type.name} ${names.get(graph) ?? graph}`;
      keys.set(place, [...(keys.get(place) ?? []), keyFields(key)]);
    }
  }
  const matches = new Map<string, ReadonlySet<string>>();
  return {
    schema,
    keysOf: (typeName, subgraph) => keys.get(`${typeName} ${subgraph}`) ?? [],
    keyText,
    sourcesOf: (typeName, field) => sourcesOf(schema, names, typeName, field),
    requiredFor: (typeName, field, subgraph) => required.get(`${typeName}.${field} ${subgraph}`),
    matching: (typeCondition) => {
      const known = matches.get(typeCondition) ?? possibleNames(schema, typeCondition);
      matches.set(typeCondition, known);
      return known;
    },
  };
}

function sourcesOf(
  schema: GraphQLSchema,
  names: ReadonlyMap<string, string>,
  typeName: string,
  field: string,
): FieldSource[] | null {
  const type = schema.getType(typeName);
  const node = isObjectType(type) ? type.getFields()[field]?.astNode : undefined;
  const directives = node?.directives?.filter(({ name }) => name.value === 'join__field') ?? [];
  if (directives.length === 0) return null;
  return directives.flatMap((directive) => {
    const { graph, requires, external } = argumentsOf(directive);
    if (typeof graph !== 'string' || external === true) return [];
    const subgraph = names.get(graph) ?? graph;
    return [{ subgraph, requires: typeof requires === 'string' ? requires : null }];
  });
}

/** By field and subgraph: what `@requires` names. */
function requiredFields(
  schema: GraphQLSchema,
  names: ReadonlyMap<string, string>,
): Map<string, KeyFields> {
  const required = new Map<string, KeyFields>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      for (const directive of field.astNode?.directives ?? []) {
        const { graph, requires } =
          directive.name.value === 'join__field' ? argumentsOf(directive) : {};
        if (typeof graph !== 'string' || typeof requires !== 'string') continue;
        const place = `${type.name}.${field.name} ${names.get(graph) ?? graph}`;
        required.set(place, keyFields(requires));
      }
    }
  }
  return required;
}

function possibleNames(schema: GraphQLSchema, typeCondition: string): ReadonlySet<string> {
  const type = schema.getType(typeCondition);
  const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
  return new Set([typeCondition, ...possible.map(({ name }) => name)]);
}

/** The names of subgraphs by the enum values that stand for them. */
function subgraphNames(schema: GraphQLSchema): Map<string, string> {
  const names = new Map<string, string>();
  const type = schema.getType('join__Graph');
  const values = type?.astNode?.kind === Kind.ENUM_TYPE_DEFINITION ? type.astNode.values : [];
  for (const value of values ?? []) {
    for (const directive of value.directives ?? []) {
      const { name } = argumentsOf(directive);
      if (typeof name === 'string') names.set(value.name.value, name);
    }
  }
  return names;
}

function argumentsOf(directive: ConstDirectiveNode): Record<string, unknown> {
  const pairs = (directive.arguments ?? []).map(({ name, value }) => [
    name.value,
    valueFromASTUntyped(value),
  ]);
  return Object.fromEntries(pairs) as Record<string, unknown>;
}

function keyFields(key: string): KeyFields {
  const [definition] = parse(`{${key}}`, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) return {};
  return fieldsOf(definition.selectionSet.selections);
}

function keyText(key: KeyFields): string {
  const parts = Object.entries(key).map(([name, below]) => {
    const text = keyText(below);
    return text === '' ? name : `${name} { ${text} }`;
  });
  return parts.join(' ');
}

function fieldsOf(selections: readonly SelectionNode[]): KeyFields {
  const fields: Record<string, KeyFields> = {};
  for (const selection of selections) {
    const below = selection.kind === Kind.FRAGMENT_SPREAD ? undefined : selection.selectionSet;
    if (selection.kind === Kind.FIELD) {
      fields[selection.name.value] = fieldsOf(below?.selections ?? []);
    } else {
      Object.assign(fields, fieldsOf(below?.selections ?? []));
    }
  }
  return fields;
}
