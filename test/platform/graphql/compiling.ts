import { isObjectType, parse, type ExecutionResult, type GraphQLSchema } from 'graphql';
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

/** The places above a field that its error has emptied, one for each such error. */
export function emptiedBy({ data, errors = [] }: ExecutionResult): string[] {
  return errors.flatMap(({ path = [] }) => {
    let place: unknown = data;
    for (const [depth, key] of path.entries()) {
      if (place === null) return [JSON.stringify(path.slice(0, depth))];
      place = (place as Record<string, unknown>)[key];
    }
    return [];
  });
}

/**
 * What the errors of an answer tell: those of values that are null by themselves in full, of those that
 * emptied something above them only what was emptied, since any of several may be the first.
 */
export function toldBy(answer: ExecutionResult): string[] {
  const told = (answer.errors ?? []).flatMap((error) => {
    const [emptied] = emptiedBy({ data: answer.data, errors: [error] });
    return emptied ?? plain({ errors: [error] }).errors;
  });
  return [...new Set(told)].sort();
}
