import {
  Kind,
  print,
  visit,
  type DefinitionNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Naming } from './naming';
import { isLeftOut, type Conditions, type Operation } from './operation';

const typename: SelectionNode = {
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: '__typename' },
};

/**
 * The operation as the planner gets it, or null when no subgraph has a part in it: what conditions
 * leave out is gone, what the gateway answers itself too, and names cannot be mistaken.
 */
export function plannedOperation(
  operation: Operation,
  conditions: Conditions,
  naming: Naming,
  rootType: string,
): string | null {
  return new Rewriting(operation, conditions, naming, rootType).text();
}

class Rewriting {
  /** Fragments of which nothing is left are null. */
  private readonly fragments = new Map<string, FragmentDefinitionNode | null>();

  constructor(
    private readonly operation: Operation,
    private readonly conditions: Conditions,
    private readonly naming: Naming,
    private readonly rootType: string,
  ) {}

  text(): string | null {
    const { definition } = this.operation;
    const selections = this.selections(definition.selectionSet, true);
    if (selections.length === 0) return null;
    const selectionSet = { kind: Kind.SELECTION_SET as const, selections };
    const renamed = this.withVariables({ ...definition, directives: [], selectionSet });
    const used = [...this.fragments.values()].filter((fragment) => fragment !== null);
    return [renamed, ...used.map((fragment) => this.withVariables(fragment))].map(print).join('\n');
  }

  private selections(set: SelectionSetNode, atRoot: boolean): SelectionNode[] {
    return set.selections.flatMap((selection) => {
      if (isLeftOut(selection.directives, this.conditions)) return [];
      if (selection.kind === Kind.FIELD) return this.field(selection, atRoot);
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = this.fragment(selection.name.value);
        return fragment === null ? [] : [{ ...selection, directives: [] }];
      }
      const selections = this.selections(selection.selectionSet, atRoot);
      if (selections.length === 0) return [];
      return [
        { ...selection, directives: [], selectionSet: { ...selection.selectionSet, selections } },
      ];
    });
  }

  private field(field: FieldNode, atRoot: boolean): SelectionNode[] {
    if (atRoot && field.name.value.startsWith('__')) return [];
    const name = this.naming.ofField(field);
    const alias = name === field.name.value ? undefined : { kind: Kind.NAME as const, value: name };
    const kept = { ...field, alias, directives: [] };
    if (field.selectionSet === undefined) return [kept];
    const selections = this.selections(field.selectionSet, false);
    if (selections.length === 0) selections.push(typename);
    return [{ ...kept, selectionSet: { ...field.selectionSet, selections } }];
  }

  private fragment(name: string): FragmentDefinitionNode | null {
    const known = this.fragments.get(name);
    if (known !== undefined) return known;
    const fragment = this.operation.fragments.get(name);
    if (fragment === undefined) return null;
    const atRoot = fragment.typeCondition.name.value === this.rootType;
    const selections = this.selections(fragment.selectionSet, atRoot);
    const selectionSet = { ...fragment.selectionSet, selections };
    const rewritten =
      selections.length === 0 ? null : { ...fragment, directives: [], selectionSet };
    this.fragments.set(name, rewritten);
    return rewritten;
  }

  private withVariables<T extends DefinitionNode>(definition: T): T {
    return visit<T>(definition, {
      Variable: (variable) => {
        const value = this.naming.ofVariable(variable.name.value);
        if (value === variable.name.value) return undefined;
        return { ...variable, name: { ...variable.name, value } };
      },
    });
  }
}
