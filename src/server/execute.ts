import {
  parse,
  validate,
  execute as executeDocument,
  type DocumentNode,
  type GraphQLError,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { randomUUID } from 'node:crypto';
import { checkAccess } from '../platform/graphql/access';
import type { Service } from './service';

/** What an operation answered, how many statements its reads took, and in how many trips. */
export interface Executed extends ExecutionResult {
  statements: number;
  trips: number;
}

interface Checked {
  document: DocumentNode;
  errors: readonly GraphQLError[];
}

/** Stories and jobs send few documents many times, and validating a long one takes longer than running it. */
const rememberedDocuments = 200;
const checked = new WeakMap<GraphQLSchema, LRUCache<string, Checked>>();

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
  const { document, errors } = check(schema, source);
  if (errors.length > 0) return { errors, statements: 0, trips: 0 };
  checkAccess(schema, document, undefined, caller);
  const context = service.contextFor(caller, randomUUID(), service.log);
  try {
    const result = await executeDocument({
      schema,
      document,
      variableValues: variables,
      contextValue: context,
    });
    const { statements, trips } = context.reads;
    return { ...result, statements, trips };
  } finally {
    await context.reads.close();
  }
}

/** What a document is and what is wrong with it; throws when it is none. */
function check(schema: GraphQLSchema, source: string): Checked {
  const known = checked.get(schema) ?? new LRUCache({ max: rememberedDocuments });
  checked.set(schema, known);
  const remembered = known.get(source);
  if (remembered !== undefined) return remembered;
  const document = parse(source);
  const found = { document, errors: validate(schema, document) };
  known.set(source, found);
  return found;
}
