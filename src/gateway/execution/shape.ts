import {
  Kind,
  getOperationAST,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { SupergraphTypes } from './entity-keys';
import { fragmentsOf } from '../../platform/graphql/fragments';

/** What a fetch asks its subgraph for: nothing else of an answer is looked at. */
export type Shape = ReadonlyMap<string, ShapeField>;

export interface ShapeField {
  /** The schema's name of it. */
  field: string;
  /** The object types it is asked of; null for whatever comes. */
  types: ReadonlySet<string> | null;
  /** What is asked below it; null for a leaf. */
  below: Shape | null;
}

type GrowingShape = Map<
  string,
  { field: string; types: ReadonlySet<string> | null; below: GrowingShape | null }
>;

/** The shape of a fetch, or of one `_entities` field of it. */
export function shapeOf(document: DocumentNode, types: SupergraphTypes, entities?: string): Shape {
  const operation = getOperationAST(document);
  if (operation == null) throw new Error('A step of a plan has no operation');
  const fragments = fragmentsOf(document);
  const shape: GrowingShape = new Map();
  grow(shape, operation.selectionSet, null, { types, fragments });
  if (entities === undefined) return shape;
  const below = shape.get(entities)?.below;
  if (below == null) throw new Error('A step of a plan asks for no entities');
  return below;
}

interface Surroundings {
  types: SupergraphTypes;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

function grow(
  shape: GrowingShape,
  set: SelectionSetNode,
  possible: ReadonlySet<string> | null,
  around: Surroundings,
): void {
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      const name = (selection.alias ?? selection.name).value;
      const known = shape.get(name);
      const types = known === undefined ? possible : either(known.types, possible);
      const fresh: GrowingShape | null = selection.selectionSet === undefined ? null : new Map();
      const below = known?.below ?? fresh;
      shape.set(name, { field: selection.name.value, types, below });
      if (below !== null && selection.selectionSet)
        grow(below, selection.selectionSet, null, around);
      continue;
    }
    const spread = selection.kind === Kind.FRAGMENT_SPREAD;
    const fragment = spread ? around.fragments.get(selection.name.value) : selection;
    if (fragment === undefined) continue;
    const condition = fragment.typeCondition?.name.value;
    const matching = condition === undefined ? null : around.types.matching(condition);
    grow(shape, fragment.selectionSet, both(possible, matching), around);
  }
}

function either(one: ReadonlySet<string> | null, other: ReadonlySet<string> | null) {
  return one === null || other === null ? null : new Set([...one, ...other]);
}

function both(one: ReadonlySet<string> | null, other: ReadonlySet<string> | null) {
  if (one === null || other === null) return one ?? other;
  return new Set([...one].filter((name) => other.has(name)));
}
