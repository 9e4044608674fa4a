import {
  execute,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Limits } from '../limits';
import {
  compilableSchema,
  compileOperation,
  type Compile,
  type CompiledOperation,
} from './compile-operation';
import type { Context } from './context';

/** One execution of an operation that is valid for the executor's schema. */
export interface Execution {
  document: DocumentNode;
  operationName?: string | undefined;
  /** As they were sent. */
  variables: Readonly<Record<string, unknown>> | undefined;
  context: Context;
  rootValue?: unknown;
}

type Answer = ExecutionResult | Promise<ExecutionResult>;

/**
 * Runs operations of one schema. Those that come again are compiled to a function, which answers the
 * same several times quicker than graphql-js walks them; those that come once are not worth it, since
 * compiling takes as long as some twenty executions. Compiled code is only freed when it is forgotten,
 * so no more of it is kept than the limit.
 */
export class Executor {
  private readonly seen = new WeakMap<DocumentNode, number>();
  private readonly compiled: LRUCache<DocumentNode, { operation: CompiledOperation | null }>;
  private compiler: { compile: Compile; schema: GraphQLSchema } | null = null;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly limits: Pick<
      Limits,
      'compiledOperations' | 'compiledFields' | 'compileAfter' | 'errorsReturned'
    >,
  ) {
    this.compiled = new LRUCache({ max: Math.max(1, limits.compiledOperations) });
  }

  /** How many operations are compiled. */
  get size(): number {
    return this.compiled.size;
  }

  execute(execution: Execution): Answer {
    const operation = this.operationOf(execution.document);
    if (operation === null) return this.interpret(execution);
    const { document, rootValue, context, variables = {} } = execution;
    const definitions = getOperationAST(document)?.variableDefinitions ?? [];
    const maxErrors = this.limits.errorsReturned - 1;
    const read = getVariableValues(this.schema, definitions, variables, { maxErrors });
    if (read.errors !== undefined) return { errors: read.errors };
    const values = operation.valuesOf(read.coerced);
    if (values === null) return this.interpret(execution);
    const answer = operation.run(rootValue, context, values);
    return answer instanceof Promise ? answer.then(withWholeErrors) : withWholeErrors(answer);
  }

  private interpret({ document, operationName, variables, context, rootValue }: Execution): Answer {
    return execute({
      schema: this.schema,
      document,
      operationName,
      variableValues: variables,
      contextValue: context,
      rootValue,
      options: { maxCoercionErrors: this.limits.errorsReturned - 1 },
    });
  }

  private operationOf(document: DocumentNode): CompiledOperation | null {
    const known = this.compiled.get(document);
    if (known !== undefined) return known.operation;
    const { compileAfter, compiledOperations } = this.limits;
    const seen = (this.seen.get(document) ?? 0) + 1;
    this.seen.set(document, seen);
    if (seen <= compileAfter || compiledOperations === 0) return null;
    if (this.compiler === null) {
      void this.load();
      return null;
    }
    const { compile, schema } = this.compiler;
    const operation = compileOperation(compile, schema, document, this.limits.compiledFields);
    this.compiled.set(document, { operation });
    return operation;
  }

  /** Loaded by the first operation that comes again: a start waits for nothing it does not need. */
  private async load(): Promise<void> {
    const { compileQuery } = await import('graphql-jit');
    this.compiler ??= { compile: compileQuery, schema: compilableSchema(this.schema) };
  }
}

/**
 * An answer of compiled code with the errors that graphql-js would have made: they have extensions, and
 * of those that emptied one place together only the first is told.
 */
function withWholeErrors(answer: ExecutionResult): ExecutionResult {
  const { data, errors } = answer;
  if (errors === undefined) return answer;
  const emptied = new Set<string>();
  const told = errors.filter(({ path = [] }) => {
    const depth = depthOfNull(data, path);
    if (depth >= path.length) return true;
    const place = JSON.stringify(path.slice(0, depth));
    const isFirst = !emptied.has(place);
    emptied.add(place);
    return isFirst;
  });
  return { ...answer, errors: told.map(whole) };
}

/** How many steps of a path lead to the first null on it; all of them where there is none. */
function depthOfNull(data: unknown, path: readonly (string | number)[]): number {
  let place = data;
  for (const [depth, key] of path.entries()) {
    if (place === null || place === undefined) return depth;
    place = (place as Record<string | number, unknown>)[key];
  }
  return path.length;
}

function whole({ message, path, originalError, locations }: GraphQLError): GraphQLError {
  const error = new GraphQLError(message, { path, originalError });
  return Object.assign(error, { locations });
}
