import { GraphQLError, Kind, type GraphQLFormattedError } from 'graphql';
import { asUnavailable } from '../database/errors';
import { RequestError, type RequestErrorCode } from '../errors';
import type { Limits } from '../limits';
import type { Log } from '../log';
import { isClientCode, messageOf } from './client-message';
import { ScalarRefusal } from './scalars';

type ErrorLog = Pick<Log, 'error' | 'warn'>;
type Refusal = { code: RequestErrorCode; message: string };

const maskedMessage = 'Something went wrong on our side';
const longestChain = 10;

/**
 * What a client gets to read of any error: a code of the registry and one sentence, never the value
 * it sent and nothing of our inside. Whatever is not a known refusal is masked as INTERNAL and logged
 * under the `errorId` that the client gets.
 */
export function formatError(
  error: unknown,
  log: ErrorLog,
  newErrorId: () => string,
): GraphQLFormattedError {
  return format(error, log, newErrorId, new Map());
}

/** Formats the first errors of an answer; one failure seen by many fields is logged once. */
export function formatErrors(
  errors: readonly unknown[],
  limits: Pick<Limits, 'errorsReturned'>,
  log: ErrorLog,
  newErrorId: () => string,
): GraphQLFormattedError[] {
  const errorIds = new Map<unknown, string>();
  return errors
    .slice(0, limits.errorsReturned)
    .map((error) => format(error, log, newErrorId, errorIds));
}

function format(
  error: unknown,
  log: ErrorLog,
  newErrorId: () => string,
  errorIds: Map<unknown, string>,
): GraphQLFormattedError {
  const chain = chainOf(error);
  const last = chain.at(-1);
  const cause = last instanceof GraphQLError ? last : asUnavailable(last);
  const place = placeOf(error);
  if (cause instanceof RequestError && cause.status < 500) {
    const { code, message, extensions } = cause;
    return { message, ...place, extensions: { ...extensions, code } };
  }
  const refusal = cause instanceof RequestError ? null : refusalOf(chain);
  if (refusal !== null) {
    return { message: refusal.message, ...place, extensions: { code: refusal.code } };
  }
  const known = errorIds.get(last);
  const errorId = known ?? newErrorId();
  errorIds.set(last, errorId);
  if (known === undefined) record(cause, errorId, log);
  if (cause instanceof RequestError && cause.code !== 'INTERNAL') {
    const { code, message, extensions } = cause;
    return { message, ...place, extensions: { ...extensions, code, errorId } };
  }
  return { message: maskedMessage, ...place, extensions: { code: 'INTERNAL', errorId } };
}

/** The error and what it wraps, outermost first. */
function chainOf(error: unknown): unknown[] {
  const chain = [error];
  let last: unknown = error;
  while (last instanceof GraphQLError && last.originalError && chain.length < longestChain) {
    last = last.originalError;
    chain.push(last);
  }
  return chain;
}

function placeOf(error: unknown): Pick<GraphQLFormattedError, 'locations' | 'path'> {
  if (!(error instanceof GraphQLError)) return {};
  return {
    ...(error.locations === undefined ? {} : { locations: error.locations }),
    ...(error.path === undefined ? {} : { path: error.path }),
  };
}

/** The refusal of a request by graphql-js or Apollo Server, or null when something broke instead. */
function refusalOf(chain: unknown[]): Refusal | null {
  const errors = chain.filter((error) => error instanceof GraphQLError);
  const variable = errors.find(isOfVariable);
  const subject = variable ?? errors.at(-1);
  if (subject === undefined || (variable === undefined && subject !== chain.at(-1))) return null;
  const stated = errors.map((error) => error.extensions['code']).find(isClientCode);
  const executing = errors.some((error) => error.path !== undefined);
  const code = codeOf(subject, chain) ?? stated ?? codeByPlace(subject, executing);
  return code === null ? null : { code, message: messageOf(code, subject, chain.at(-1)) };
}

/** Whether it is about a variable's value; validation speaks of variables too, but of their use. */
function isOfVariable(error: GraphQLError): boolean {
  const aboutValue = /^Variable "\$\w+" (?:got invalid value|of (?:required|non-null) type) /;
  return error.nodes?.[0]?.kind === Kind.VARIABLE_DEFINITION && aboutValue.test(error.message);
}

/** The refusals of graphql-js that carry no nodes to tell them by. */
const codesByText: [prefix: string, code: RequestErrorCode][] = [
  ['Syntax Error: Document contains more that', 'OPERATION_TOO_COMPLEX'],
  ['Syntax Error:', 'GRAPHQL_PARSE_FAILED'],
  ['Too many validation errors', 'GRAPHQL_VALIDATION_FAILED'],
  ['Too many errors processing variables', 'BAD_USER_INPUT'],
  ['Must provide an operation', 'OPERATION_RESOLUTION_FAILURE'],
  ['Must provide operation name', 'OPERATION_RESOLUTION_FAILURE'],
  ['Unknown operation named', 'OPERATION_RESOLUTION_FAILURE'],
];

function codeOf(error: GraphQLError, chain: unknown[]): RequestErrorCode | null {
  if (chain.some((inner) => inner instanceof ScalarRefusal)) return 'BAD_USER_INPUT';
  return codesByText.find(([prefix]) => error.message.startsWith(prefix))?.[1] ?? null;
}

/**
 * An error of graphql-js during execution points to a value when an argument is wrong, and to a field
 * (or to nothing) when our resolver answered what the schema does not allow.
 */
function codeByPlace(error: GraphQLError, executing: boolean): RequestErrorCode | null {
  const kind = error.nodes?.[0]?.kind;
  if (kind === undefined) return null;
  if (isOfVariable(error)) return 'BAD_USER_INPUT';
  if (!executing) return 'GRAPHQL_VALIDATION_FAILED';
  return kind === Kind.FIELD ? null : 'BAD_USER_INPUT';
}

/**
 * A database's own sentence may quote a row or a parameter, so of its errors only the code, the names
 * and the stack's frames are logged.
 */
function record(cause: unknown, errorId: string, log: ErrorLog): void {
  if (cause instanceof RequestError && cause.code === 'UNAVAILABLE') {
    const { code, reason, subgraph } = cause as RequestError & Record<string, unknown>;
    log.warn({ errorId, code, reason, subgraph }, 'unavailable');
    return;
  }
  if (!(cause instanceof Error)) {
    log.error({ errorId, thrown: typeof cause }, 'request failed');
    return;
  }
  const { code, table, constraint, query } = cause as Error & Record<string, unknown>;
  const ofDatabase = typeof code === 'string' || query !== undefined;
  const stack = ofDatabase ? framesOf(cause) : cause.stack;
  log.error({ errorId, name: cause.name, code, table, constraint, stack }, 'request failed');
}

function framesOf(error: Error): string {
  const lines = (error.stack ?? '').split('\n');
  return lines.filter((line) => /^\s+at /.test(line)).join('\n');
}
