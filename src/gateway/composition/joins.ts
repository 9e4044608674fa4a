import {
  Kind,
  isInterfaceType,
  isObjectType,
  valueFromASTUntyped,
  type DirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  type InterfaceTypeDefinitionNode,
  type ObjectTypeDefinitionNode,
} from 'graphql';
import { ownSubgraph } from '../supergraph';

/** A type whose fields subgraphs answer. */
export type OutputTypeNode = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/** A subgraph as the supergraph lists it. */
export interface JoinedGraph {
  name: string;
  url: string;
}

/** Who answers a field of a composed graph. */
export interface FieldJoin {
  /** Names of the subgraphs that can answer it. */
  graphs: readonly string[];
  ours: boolean;
  /** Whether it may need another subgraph than the one its object came from. */
  apart: boolean;
  /** Whether a share of the requests gets it from somebody else (`@override` with a label). */
  moving: boolean;
}

/** What the `join__` directives of a supergraph say. */
export class Joins {
  /** By its value in `join__Graph`. */
  readonly graphs: ReadonlyMap<string, JoinedGraph>;

  constructor(document: DocumentNode) {
    this.graphs = new Map(graphsIn(document));
  }

  of(type: OutputTypeNode, field: FieldDefinitionNode): FieldJoin {
    const typeGraphs = this.named(type.directives, 'join__type');
    const joins = argumentsOf(field.directives, 'join__field');
    if (joins.length === 0) {
      const ours = typeGraphs.includes(ownSubgraph);
      return { graphs: typeGraphs, ours, apart: false, moving: false };
    }
    const answering = joins.filter((join) => join['external'] !== true && !isReplaced(join));
    const graphs = answering.flatMap((join) => this.nameOf(join['graph']) ?? []);
    return {
      graphs,
      ours: graphs.includes(ownSubgraph),
      apart: !typeGraphs.every((name) => graphs.includes(name)),
      moving: answering.some((join) => 'override' in join && 'overrideLabel' in join),
    };
  }

  private named(directives: readonly DirectiveNode[] | undefined, name: string): string[] {
    const graphs = argumentsOf(directives, name).flatMap(({ graph }) => this.nameOf(graph) ?? []);
    return [...new Set(graphs)];
  }

  private nameOf(value: unknown): string | undefined {
    return this.graphs.get(String(value))?.name;
  }
}

/** Another subgraph has taken the field over for good; only keys still read it here. */
function isReplaced(join: Record<string, unknown>): boolean {
  return join['usedOverridden'] === true && !('overrideLabel' in join);
}

function* graphsIn(document: DocumentNode): Generator<[string, JoinedGraph]> {
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION) continue;
    if (definition.name.value !== 'join__Graph') continue;
    for (const value of definition.values ?? []) {
      const [graph] = argumentsOf(value.directives, 'join__graph');
      if (graph === undefined) continue;
      yield [value.name.value, { name: String(graph['name']), url: String(graph['url']) }];
    }
  }
}

/** Coordinates of the fields that a supergraph says are ours. */
export function claimedFields(document: DocumentNode, joins: Joins): string[] {
  return document.definitions
    .filter(isOutputType)
    .flatMap((type) =>
      (type.fields ?? [])
        .filter((field) => joins.of(type, field).ours)
        .map((field) => `${type.name.value}.${field.name.value}`),
    );
}

/** Coordinates of the fields that a schema has. */
export function fieldsOf(schema: GraphQLSchema): Set<string> {
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) || isInterfaceType(type),
  );
  return new Set(
    types.flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`)),
  );
}

/** Whether it defines a type whose fields subgraphs answer. */
export function isOutputType(node: DefinitionNode): node is OutputTypeNode {
  return node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION;
}

/** The arguments of each application of a directive, in their order. */
export function argumentsOf(
  directives: readonly DirectiveNode[] | undefined,
  name: string,
): Record<string, unknown>[] {
  return (directives ?? [])
    .filter((directive) => directive.name.value === name)
    .map((directive) =>
      Object.fromEntries(
        (directive.arguments ?? []).map((one) => [one.name.value, valueFromASTUntyped(one.value)]),
      ),
    );
}
