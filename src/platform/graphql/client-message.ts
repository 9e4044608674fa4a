import type { GraphQLError } from 'graphql';
import { requestErrorCodes, type RequestErrorCode } from '../errors';
import { ScalarRefusal } from './scalars';

const longestMessage = 300;

/** Whether this is a code of the registry that says the request, not the service, is at fault. */
export function isClientCode(code: unknown): code is RequestErrorCode {
  return (
    typeof code === 'string' &&
    Object.hasOwn(requestErrorCodes, code) &&
    requestErrorCodes[code as RequestErrorCode].status < 500
  );
}

/**
 * The sentence a client reads for a refusal by graphql-js. Those sentences quote the document and the
 * variables; here they keep the names of types, fields and arguments and lose values and suggestions
 * (which would list names the client may not see).
 */
export function messageOf(code: RequestErrorCode, error: GraphQLError, root: unknown): string {
  return sentenceOf(code, error, root).slice(0, longestMessage);
}

function sentenceOf(code: RequestErrorCode, error: GraphQLError, root: unknown): string {
  const { message } = error;
  const meaning = requestErrorCodes[code].meaning;
  if (code === 'BAD_USER_INPUT') {
    const reason = root instanceof ScalarRefusal ? root.message : null;
    return ofVariable(error, reason) ?? reason ?? ofArgument(message) ?? meaning;
  }
  if (code === 'GRAPHQL_PARSE_FAILED') return syntaxPattern.exec(message)?.[0].trim() ?? meaning;
  return code === 'GRAPHQL_VALIDATION_FAILED' ? withoutValues(message) : meaning;
}

/** Up to the first word the document itself contributes; a quoted bracket or brace is harmless. */
const syntaxPattern = /^Syntax Error: (?:[A-Za-z ]|"[^"\w\s]{1,3}")+/;

const variablePattern = /^Variable "\$([_A-Za-z]\w*)" got invalid value /;
const variablePath = / at "([_A-Za-z]\w*(?:\.[_A-Za-z]\w*|\[\d+\])*)"$/;

/**
 * graphql-js writes: variable, value, path, semicolon, reason. The reason is known exactly, and a value
 * cannot end as a path does, because its quotes are escaped or closed; so no value passes for a path.
 */
function ofVariable(error: GraphQLError, reason: string | null): string | null {
  const { message, originalError } = error;
  if (!message.startsWith('Variable "$')) return null;
  const name = variablePattern.exec(message)?.[1];
  if (name === undefined) return message;
  const tail = `; ${originalError?.message}`;
  const path = message.endsWith(tail) && variablePath.exec(message.slice(0, -tail.length))?.[1];
  const place = path ? ` at "${path}"` : '';
  return `Variable "$${name}" has an invalid value${place}${reason === null ? '.' : `: ${reason}`}`;
}

function ofArgument(message: string): string | null {
  const name = /^Argument "([_A-Za-z]\w*)"/.exec(message)?.[1];
  return name === undefined ? null : `Argument "${name}" has an invalid value.`;
}

function withoutValues(message: string): string {
  return message
    .replace(/ Did you mean .*/s, '')
    .replace(/, found .*/s, '.')
    .replace(/ value: .*/s, ' value.')
    .replace(/^Value ".*" does not exist in/s, 'Value does not exist in');
}
