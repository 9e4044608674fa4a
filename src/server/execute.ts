import {
  parse,
  validate,
  execute as executeDocument,
  type GraphQLError,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import { randomUUID } from 'node:crypto';
import { checkAccess } from '../platform/graphql/access';
import type { Service } from './service';

/** What an operation answered, and how many statements its reads took. */
export interface Executed extends ExecutionResult {
  statements: number;
}

/**
 * Runs an operation in process as the bearer of a key or token (none: anonymous), with the same
 * authentication, access checks and context as over HTTP, but none of the limits of the HTTP doors.
 */
export async function execute(
  service: Service,
  schema: GraphQLSchema,
  source: string,
  variables: Record<string, unknown> = {},
  bearer?: string,
): Promise<Executed> {
  const headers = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
  const caller = await service.authenticate(headers);
  const document = parse(source);
  const errors: readonly GraphQLError[] = validate(schema, document);
  if (errors.length > 0) return { errors, statements: 0 };
  checkAccess(schema, document, undefined, caller);
  const context = service.contextFor(caller, randomUUID(), service.log);
  try {
    const result = await executeDocument({
      schema,
      document,
      variableValues: variables,
      contextValue: context,
    });
    return { ...result, statements: context.reads.statements };
  } finally {
    await context.reads.close();
  }
}
