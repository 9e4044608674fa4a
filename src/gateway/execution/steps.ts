import type { FlattenNodePathSegment } from '@graphql-hive/router-query-planner';
import type { FetchOperation, Subgraph } from '../subgraph';
import type { LossesOf } from './losses';
import type { Represent } from './representation';
import type { Rewrite } from './rewrites';
import type { Shape } from './shape';

/** A plan made ready to run. */
export type Step =
  | { kind: 'sequence' | 'parallel'; steps: readonly Step[] }
  | { kind: 'condition'; variable: string; holds: Step | null; fails: Step | null }
  | FetchStep
  | EntityStep;

/** What every step that asks a subgraph has. */
export interface Asking {
  subgraph: Subgraph;
  operation: FetchOperation;
  /** The variables it sends, with the client's names of them. */
  variables: readonly (readonly [name: string, clientName: string])[];
}

/** Fields of the root. */
export interface FetchStep extends Asking {
  kind: 'fetch';
  shape: Shape;
  rewrite: Rewrite | undefined;
}

/** Fields of objects that are in the data already. */
export interface EntityStep extends Asking {
  kind: 'entities';
  batches: readonly EntityBatch[];
}

/** Objects that are asked for the same fields. */
export interface EntityBatch {
  /** The response name of its `_entities`. */
  alias: string;
  /** The variable that takes the representations. */
  variable: string;
  paths: readonly (readonly FlattenNodePathSegment[])[];
  represent: Represent;
  /** Null when nothing it asks for is computed from other fields. */
  losses: LossesOf | null;
  shape: Shape;
  rewrite: Rewrite | undefined;
}

/** A plan of one operation under given conditions. */
export interface Plan {
  /** How a subscription begins. */
  primary: FetchStep | null;
  /** What runs, for a subscription on each event; null when no subgraph has a part in it. */
  step: Step | null;
}
