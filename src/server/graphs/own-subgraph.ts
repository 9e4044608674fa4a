import { createSourceEventStream, GraphQLError, type GraphQLSchema } from 'graphql';
import {
  ownSubgraph as name,
  type Subgraph,
  type SubgraphAnswer,
  type SubgraphFetch,
} from '../../gateway';
import { RequestError } from '../../platform/errors';
import { checkAccess } from '../../platform/graphql/access';
import { Executor } from '../../platform/graphql/executor';
import type { Limits } from '../../platform/limits';

/**
 * This service as a subgraph of a larger graph, in process: the steps of a plan share the request's
 * loaders and its snapshot. Every step is held against the caller's rights again, so that no mistake
 * of a plan opens anything.
 */
export function ownSubgraph(schema: GraphQLSchema, limits: Limits): Subgraph {
  const executor = new Executor(schema, limits);
  const run = async (fetch: SubgraphFetch, rootValue?: unknown): Promise<SubgraphAnswer> => {
    const refusal = refusalOf(schema, fetch);
    if (refusal !== null) return { data: null, errors: [refusal] };
    const { operation, variables, context } = fetch;
    const { document } = operation;
    const { data, errors } = await executor.execute({ document, variables, context, rootValue });
    return { data: data ?? null, errors: errors ?? [] };
  };
  return {
    name,
    ask: (fetch) => run(fetch),
    answer: run,
    async listen(fetch) {
      const refusal = refusalOf(schema, fetch);
      if (refusal !== null) throw refusal;
      const source = await createSourceEventStream({
        schema,
        document: fetch.operation.document,
        variableValues: fetch.variables,
        contextValue: fetch.context,
      });
      if (Symbol.asyncIterator in source) return source;
      throw source.errors?.[0] ?? new RequestError('INTERNAL');
    },
  };
}

function refusalOf(
  schema: GraphQLSchema,
  { operation, context }: SubgraphFetch,
): GraphQLError | null {
  try {
    checkAccess(schema, operation.document, undefined, context.caller);
    return null;
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return new GraphQLError(error.message, { originalError: error });
  }
}
