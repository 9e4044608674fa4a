import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isUnionType,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type NamedTypeNode,
  type NameNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Sight } from './rights';

type Types = readonly GraphQLObjectType[];

/**
 * Takes what is not open out of the selections of one operation. What stays untouched is the same node
 * as before. A selection that lost something below an interface or a union, or everything, asks for
 * the type's name under `mark`, so that nulls can be put where they belong.
 */
export class Trimmer {
  /** Fields below whose values something is missing. */
  readonly touched = new Set<FieldNode>();
  private readonly fields = new Map<FieldNode, FieldNode>();
  private readonly spreads = new Map<string, SelectionSetNode>();

  constructor(
    private readonly sight: Sight,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    private readonly mark: string,
  ) {}

  operation(operation: OperationDefinitionNode, root: GraphQLObjectType): OperationDefinitionNode {
    const selectionSet = this.selections(operation.selectionSet, root, [root]);
    return selectionSet === operation.selectionSet ? operation : { ...operation, selectionSet };
  }

  /** `possible` are the types an object at this place can still have. */
  private selections(
    set: SelectionSetNode,
    parent: GraphQLCompositeType,
    possible: Types,
  ): SelectionSetNode {
    const kept = set.selections.map((selection) =>
      selection.kind === Kind.FIELD
        ? this.field(selection, parent, possible)
        : this.fragment(selection, parent, possible),
    );
    const same = kept.every((list, at) => list.length === 1 && list[0] === set.selections[at]);
    return same ? set : { ...set, selections: kept.flat() };
  }

  private field(
    node: FieldNode,
    parent: GraphQLCompositeType,
    possible: Types,
  ): readonly SelectionNode[] {
    const name = node.name.value;
    if (name.startsWith('__') || isUnionType(parent)) return [node];
    const open = possible.filter((type) => {
      const field = type.getFields()[name];
      return field !== undefined && !this.sight.refuses(type, field);
    });
    if (open.length === 0) return [];
    const trimmed = this.below(node, parent);
    if (open.length === possible.length) return [trimmed];
    return open.map((type) => inlineFragment(type.name, [trimmed]));
  }

  /** The field with what is open of its own selection, which its place does not change. */
  private below(node: FieldNode, parent: GraphQLCompositeType): FieldNode {
    const known = this.fields.get(node);
    if (known !== undefined) return known;
    const trimmed = this.trimBelow(node, parent);
    this.fields.set(node, trimmed);
    if (trimmed !== node) this.touched.add(node);
    return trimmed;
  }

  private trimBelow(node: FieldNode, parent: GraphQLCompositeType): FieldNode {
    const field = isUnionType(parent) ? undefined : parent.getFields()[node.name.value];
    const type = field && getNamedType(field.type);
    if (node.selectionSet === undefined || !isCompositeType(type)) return node;
    const possible = this.sight.possible(type);
    const set = this.selections(node.selectionSet, type, possible);
    const hidesSome = possible.some((one) => this.sight.hides(one.name));
    if (set === node.selectionSet && !hidesSome) return node;
    const needsMark = isAbstractType(type) || set.selections.length === 0;
    const selections = needsMark ? [typenameAs(this.mark), ...set.selections] : set.selections;
    return { ...node, selectionSet: { ...set, selections } };
  }

  private fragment(
    node: Exclude<SelectionNode, FieldNode>,
    parent: GraphQLCompositeType,
    possible: Types,
  ): readonly SelectionNode[] {
    const definition =
      node.kind === Kind.FRAGMENT_SPREAD ? this.fragments.get(node.name.value) : node;
    if (definition === undefined) return [];
    const type = this.typeOf(definition.typeCondition, parent);
    const matching = this.sight.possible(type);
    const narrowed = possible.filter((one) => matching.includes(one));
    if (narrowed.every((one) => this.sight.hides(one.name))) return [];
    const set =
      node.kind === Kind.FRAGMENT_SPREAD
        ? this.spread(node.name.value, definition.selectionSet, type, narrowed)
        : this.selections(definition.selectionSet, type, narrowed);
    if (set === definition.selectionSet) return [node];
    if (set.selections.length === 0) return [];
    const { typeCondition } = definition;
    const { directives } = node;
    return [
      {
        kind: Kind.INLINE_FRAGMENT,
        ...(typeCondition && { typeCondition }),
        ...(directives && { directives }),
        selectionSet: set,
      },
    ];
  }

  private spread(
    name: string,
    set: SelectionSetNode,
    type: GraphQLCompositeType,
    possible: Types,
  ): SelectionSetNode {
    const key = `${name} ${possible.join(' ')}`;
    const known = this.spreads.get(key);
    if (known !== undefined) return known;
    const trimmed = this.selections(set, type, possible);
    this.spreads.set(key, trimmed);
    return trimmed;
  }

  private typeOf(
    condition: NamedTypeNode | undefined,
    parent: GraphQLCompositeType,
  ): GraphQLCompositeType {
    const type = condition && this.sight.schema.getType(condition.name.value);
    return isCompositeType(type) ? type : parent;
  }
}

function named(value: string): NameNode {
  return { kind: Kind.NAME, value };
}

function typenameAs(alias: string): FieldNode {
  return { kind: Kind.FIELD, alias: named(alias), name: named('__typename') };
}

function inlineFragment(type: string, selections: readonly SelectionNode[]): SelectionNode {
  return {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: { kind: Kind.NAMED_TYPE, name: named(type) },
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  };
}
