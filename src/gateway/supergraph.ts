import type { GraphQLSchema } from 'graphql';

/** The name of our own subgraph in every supergraph. */
export const ownSubgraph = 'rewards';

/** A graph composed of subgraphs: what the planner plans by, and what clients see. */
export interface Supergraph {
  /** The composed SDL with its `join__` directives. */
  sdl: string;
  /**
   * What clients see. Fields that are ours carry our own extensions and scalars; those of a
   * partner have `extensions.subgraph` with the partner's name.
   */
  schema: GraphQLSchema;
  /** By contract name: what clients of that contract see of the same graph. */
  contracts: ReadonlyMap<string, GraphQLSchema>;
  /** All subgraphs but our own, as the supergraph names them. */
  partners: readonly PartnerSettings[];
  /** Which scopes let a caller pass a `@policy`, in alternatives; a policy that is not here lets nobody pass. */
  policies: ReadonlyMap<string, readonly (readonly string[])[]>;
}

/** Where a partner's subgraph is and what is sent to it. */
export interface PartnerSettings {
  name: string;
  /** Where its operations go. */
  url: string;
  /** Headers to set, such as a credential of its own. */
  headers: Readonly<Record<string, string>>;
  /** Names of the client's headers that are passed on; none unless the operator lists them. */
  forward: readonly string[];
  /** Where its subscriptions go: server-sent events at `url` unless it says otherwise. */
  subscriptions: { protocol: 'sse' | 'ws'; url: string };
  /** Milliseconds a fetch may take; the limit of the service when absent. */
  timeoutMs?: number;
}
