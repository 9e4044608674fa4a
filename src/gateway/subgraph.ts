import type { DocumentNode, GraphQLError } from 'graphql';
import { RequestError } from '../platform/errors';
import type { Context } from '../platform/graphql/context';

/** The operation that one step of a plan sends to a subgraph; made once for a plan. */
export interface FetchOperation {
  /** The document, as a partner gets it. */
  text: string;
  /** The same, parsed; our own subgraph executes it as it is. */
  document: DocumentNode;
  kind: 'query' | 'mutation' | 'subscription';
}

/** One step of a plan for one request. */
export interface SubgraphFetch {
  operation: FetchOperation;
  variables: Record<string, unknown>;
  /** The client's request. */
  context: Context;
}

/**
 * What a subgraph answered. Paths of errors are those of the answer; `originalError` says what clients
 * may know. Of a partner's answer nothing but shape is checked: values are held against the schema later.
 */
export interface SubgraphAnswer {
  data: Record<string, unknown> | null;
  errors: readonly GraphQLError[];
}

/** A subgraph, in this process or elsewhere. */
export interface Subgraph {
  /** As the supergraph names it. */
  readonly name: string;
  /** Rejects with SubgraphError when no usable answer came. */
  ask(fetch: SubgraphFetch): Promise<SubgraphAnswer>;
  /** Opens a subscription. Rejects with SubgraphError, or with what stops the request. */
  listen(fetch: SubgraphFetch): Promise<AsyncIterable<unknown>>;
  /** What an event of `listen` answers to the subscription. */
  answer(fetch: SubgraphFetch, event: unknown): Promise<SubgraphAnswer>;
}

/**
 * A subgraph could not answer. A client learns which one and that it may ask again, and nothing of what
 * came back; `reason` is for our log and figures: `timeout`, `refused`, `open`, `too-large`, …
 */
export class SubgraphError extends RequestError {
  constructor(
    readonly subgraph: string,
    readonly reason: string,
  ) {
    super('UNAVAILABLE', 'This part of the graph cannot answer now.', {
      subgraph,
      retryable: true,
    });
    this.name = 'SubgraphError';
  }
}
