import type { Shape } from './shape';

/** Which subgraph a plan asks for the fields of an object, and of those below it. */
export interface Owner {
  subgraph: string;
  fields: Map<string, Owner>;
}

/** Notes that a subgraph brings the fields of a shape for the objects at a path of field names. */
export function noteOwner(
  root: Owner,
  path: readonly string[],
  shape: Shape,
  subgraph: string,
): void {
  noteFields(ownerAt(root, path), shape, subgraph);
}

/** The owner at a path, made when there is none. */
export function ownerAt(root: Owner, path: readonly string[]): Owner {
  let owner = root;
  for (const name of path) {
    const next = owner.fields.get(name) ?? { subgraph: owner.subgraph, fields: new Map() };
    owner.fields.set(name, next);
    owner = next;
  }
  return owner;
}

function noteFields(owner: Owner, shape: Shape, subgraph: string): void {
  for (const [name, { below }] of shape) {
    const known = owner.fields.get(name);
    const field = known ?? { subgraph, fields: new Map<string, Owner>() };
    if (known !== undefined && below === null) known.subgraph = subgraph;
    owner.fields.set(name, field);
    if (below !== null) noteFields(field, below, subgraph);
  }
}
