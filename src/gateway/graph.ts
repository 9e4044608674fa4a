import type { DocumentNode, ExecutionResult, GraphQLSchema } from 'graphql';
import type { Context } from '../platform/graphql/context';

/** An operation that fits the graph's schema and that its caller may run. */
export interface GraphRequest {
  document: DocumentNode;
  /** The document as it was sent; what is made of it is remembered under this text. */
  source: string;
  operationName: string | undefined;
  /** As they were sent; whoever runs the operation coerces them. */
  variables: Record<string, unknown> | undefined;
  context: Context;
  /** Whether `extensions.queryPlan` of the answer is to say which subgraph is asked for what. */
  showsPlan?: boolean;
}

/** Something clients can ask: our own subgraph alone, or one graph over it and those of partners. */
export interface Graph {
  /** What clients see of it. */
  readonly schema: GraphQLSchema;
  /**
   * Runs a query or a mutation. Errors are GraphQLErrors as they were thrown, with the client's paths;
   * nothing of them is formatted.
   */
  execute(request: GraphRequest): Promise<ExecutionResult>;
  /** Opens the source of a subscription; its events say nothing until `update` has run on them. */
  listen(request: GraphRequest): Promise<AsyncIterable<unknown> | ExecutionResult>;
  /** What one event of the source answers to a subscription, read in the context of now. */
  update(request: GraphRequest, event: unknown): Promise<ExecutionResult>;
}
