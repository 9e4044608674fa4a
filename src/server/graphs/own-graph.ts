import { createSourceEventStream, type GraphQLSchema } from 'graphql';
import type { Graph, GraphRequest } from '../../gateway';
import { Executor } from '../../platform/graphql/executor';
import type { Limits } from '../../platform/limits';

/** The graph of this service alone, without any partner. */
export function ownGraph(schema: GraphQLSchema, limits: Limits): Graph {
  const executor = new Executor(schema, limits);
  return {
    schema,
    execute: async (request) => executor.execute(request),
    listen: async ({ document, operationName, variables, context }: GraphRequest) =>
      createSourceEventStream({
        schema,
        document,
        operationName,
        variableValues: variables,
        contextValue: context,
        options: { maxCoercionErrors: limits.errorsReturned - 1 },
      }),
    update: async (request, event) => executor.execute({ ...request, rootValue: event }),
  };
}
