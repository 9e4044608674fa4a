import {
  Kind,
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from '../../platform/graphql/fragments';

/** Sizes of one operation, with fragments counted wherever they are spread. */
export interface OperationShape {
  type: OperationDefinitionNode['operation'];
  /** Levels of fields; `ofType` adds none, so that the introspection query of tools stays shallow. */
  depth: number;
  aliases: number;
  /** Fields and inline fragments in all. */
  selections: number;
  /** Fields at the root, repeated ones counted again. */
  rootFields: number;
  rootNames: ReadonlySet<string>;
}

/** What a document looks like before anybody asks whether it fits the schema. */
export interface DocumentShape {
  /** By name; an operation without one under null. */
  operations: ReadonlyMap<string | null, OperationShape>;
  /** How often the most frequent response name is written; validation compares them pair by pair. */
  repeats: number;
  /** The most directives at one place. */
  directives: number;
}

interface Sizes {
  depth: number;
  aliases: number;
  selections: number;
  /** Fields at the top level of the selection set. */
  top: number;
}

const nothing: Sizes = { depth: 0, aliases: 0, selections: 0, top: 0 };

/**
 * Measures a parsed document in one walk: a fragment is measured once however often it is spread, so
 * fragments that double each other cost no more than their text. A circle of fragments counts as
 * nothing; validation refuses it.
 */
export function shapeOf(document: DocumentNode): DocumentShape {
  const measure = new Measure(document);
  const operations = new Map<string | null, OperationShape>();
  for (const definition of document.definitions) {
    measure.countDirectives(definition);
    if (definition.kind === Kind.OPERATION_DEFINITION) {
      for (const variable of definition.variableDefinitions ?? [])
        measure.countDirectives(variable);
      const { top, ...sizes } = measure.sizesOf(definition.selectionSet);
      operations.set(definition.name?.value ?? null, {
        type: definition.operation,
        ...sizes,
        rootFields: top,
        rootNames: measure.rootNames(definition.selectionSet),
      });
    } else if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      measure.fragmentSizes(definition.name.value);
    }
  }
  return { operations, repeats: measure.repeats, directives: measure.directives };
}

class Measure {
  repeats = 0;
  directives = 0;
  private readonly written = new Map<string, number>();
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  private readonly measured = new Map<string, Sizes>();

  constructor(document: DocumentNode) {
    this.fragments = fragmentsOf(document);
  }

  countDirectives(node: ASTNode): void {
    const count = 'directives' in node ? (node.directives?.length ?? 0) : 0;
    this.directives = Math.max(this.directives, count);
  }

  sizesOf(set: SelectionSetNode): Sizes {
    const sum = { ...nothing };
    for (const selection of set.selections) {
      const part = this.selectionSizes(selection);
      sum.depth = Math.max(sum.depth, part.depth);
      sum.aliases += part.aliases;
      sum.selections += part.selections;
      sum.top += part.top;
    }
    return sum;
  }

  fragmentSizes(name: string): Sizes {
    const known = this.measured.get(name);
    if (known !== undefined) return known;
    this.measured.set(name, nothing);
    const fragment = this.fragments.get(name);
    const sizes = fragment === undefined ? nothing : this.sizesOf(fragment.selectionSet);
    this.measured.set(name, sizes);
    return sizes;
  }

  rootNames(root: SelectionSetNode): Set<string> {
    const names = new Set<string>();
    const seen = new Set<string>();
    const pending = [root];
    for (let set = pending.pop(); set !== undefined; set = pending.pop()) {
      for (const selection of set.selections) {
        if (selection.kind === Kind.FIELD) names.add(selection.name.value);
        else if (selection.kind === Kind.INLINE_FRAGMENT) pending.push(selection.selectionSet);
        else if (!seen.has(selection.name.value)) {
          seen.add(selection.name.value);
          const fragment = this.fragments.get(selection.name.value);
          if (fragment !== undefined) pending.push(fragment.selectionSet);
        }
      }
    }
    return names;
  }

  private selectionSizes(selection: SelectionNode): Sizes {
    this.countDirectives(selection);
    if (selection.kind === Kind.FRAGMENT_SPREAD) return this.fragmentSizes(selection.name.value);
    if (selection.kind === Kind.FIELD) return this.fieldSizes(selection);
    const inner = this.sizesOf(selection.selectionSet);
    return { ...inner, selections: inner.selections + 1 };
  }

  private fieldSizes(field: FieldNode): Sizes {
    const responseName = (field.alias ?? field.name).value;
    const written = (this.written.get(responseName) ?? 0) + 1;
    this.written.set(responseName, written);
    this.repeats = Math.max(this.repeats, written);
    const inner = field.selectionSet === undefined ? nothing : this.sizesOf(field.selectionSet);
    return {
      depth: inner.depth + (field.name.value === 'ofType' ? 0 : 1),
      aliases: inner.aliases + (field.alias === undefined ? 0 : 1),
      selections: inner.selections + 1,
      top: 1,
    };
  }
}
