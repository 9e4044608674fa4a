import { createSourceEventStream, execute, type GraphQLSchema } from 'graphql';
import type { Graph, GraphRequest } from '../../gateway';
import type { Limits } from '../../platform/limits';

/** The graph of this service alone, without any partner: graphql-js runs it. */
export function ownGraph(schema: GraphQLSchema, limits: Limits): Graph {
  const argumentsOf = ({ document, operationName, variables, context }: GraphRequest) => ({
    schema,
    document,
    operationName,
    variableValues: variables,
    contextValue: context,
    options: { maxCoercionErrors: limits.errorsReturned - 1 },
  });
  return {
    schema,
    native: true,
    execute: async (request) => execute(argumentsOf(request)),
    listen: async (request) => createSourceEventStream(argumentsOf(request)),
    update: async (request, event) => execute({ ...argumentsOf(request), rootValue: event }),
  };
}
