import { Kind, print, visit, type ASTNode, type DirectiveNode, type DocumentNode } from 'graphql';

/** A directive where it is used, its arguments as text. */
export interface Usage {
  name: string;
  /** Such as `(fields: "id")`; empty without arguments. */
  args: string;
  node: DirectiveNode;
}

/** By the coordinate of a type, field, argument, input field or value: the directives on it. */
export type Usages = ReadonlyMap<string, readonly Usage[]>;

/** Every place of a schema that may bear directives, with those it bears. */
export function usagesOf(document: DocumentNode): Usages {
  const found = new Map<string, Usage[]>();
  const path: string[] = [];
  visit(document, {
    enter(node) {
      const name = nameOf(node);
      if (name === undefined) return undefined;
      path.push(name);
      const directives = 'directives' in node ? (node.directives ?? []) : [];
      const coordinate = path.join('.');
      found.set(coordinate, [...(found.get(coordinate) ?? []), ...directives.map(usage)]);
      return undefined;
    },
    leave(node) {
      if (nameOf(node) !== undefined) path.pop();
    },
  });
  return found;
}

function usage(node: DirectiveNode): Usage {
  const args = (node.arguments ?? []).map((argument) => print(argument)).toSorted();
  return { name: node.name.value, args: args.length === 0 ? '' : `(${args.join(', ')})`, node };
}

function nameOf(node: ASTNode): string | undefined {
  switch (node.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.OBJECT_TYPE_EXTENSION:
    case Kind.INTERFACE_TYPE_DEFINITION:
    case Kind.UNION_TYPE_DEFINITION:
    case Kind.ENUM_TYPE_DEFINITION:
    case Kind.SCALAR_TYPE_DEFINITION:
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
    case Kind.FIELD_DEFINITION:
    case Kind.INPUT_VALUE_DEFINITION:
    case Kind.ENUM_VALUE_DEFINITION:
      return node.name.value;
    default:
      return undefined;
  }
}
