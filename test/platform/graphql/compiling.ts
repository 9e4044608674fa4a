import {
  type GraphQLError,
  isObjectType,
  parse,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import type { Context } from '../../../src/platform/graphql/context';
import { Executor } from '../../../src/platform/graphql/executor';

export const context = {} as Context;
export const limits = {
  compileAfter: 0,
  compiledOperations: 1000,
  compiledFields: 1000,
  errorsReturned: 10,
};

type Call = (args: Record<string, unknown>) => unknown;

/** Fields call what is there by their name: in the house resolvers do, which is all that compiled code knows. */
export function callWhatIsThere(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const [name, field] of Object.entries(type.getFields())) {
      field.resolve = (parent: Record<string, unknown>, args) => {
        const value = parent[name];
        return typeof value === 'function' ? (value as Call)(args) : value;
      };
    }
  }
  return schema;
}

/** An executor that has compiled what it is asked before it is asked in earnest. */
export async function compiling(schema: GraphQLSchema, more: Partial<typeof limits> = {}) {
  const executor = new Executor(schema, { ...limits, ...more });
  const again = parse('{ __typename }');
  while (executor.size === 0) {
    await executor.execute({ document: again, variables: {}, context });
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return executor;
}

export const plain = ({ data, errors }: ExecutionResult) => ({
  data: JSON.stringify(data),
  errors: (errors ?? [])
    .map(({ message, path, locations, extensions }) => ({ message, path, locations, extensions }))
    .map((error) => JSON.stringify(error))
    .sort(),
});

/** Errors below something that is null already, of which an answer may tell as many as it likes. */
export function besides(
  answer: ExecutionResult,
  expected: ExecutionResult,
): readonly GraphQLError[] {
  const told = plain(expected).errors;
  const more = (answer.errors ?? []).filter(
    (error) => !told.includes(plain({ errors: [error] }).errors[0] as string),
  );
  return more.filter(({ path = [] }) => {
    let place: unknown = answer.data;
    for (const key of path) {
      if (place === null) return false;
      place = (place as Record<string, unknown>)[key];
    }
    return place !== null || path.length === 0;
  });
}
