import { GraphQLError } from 'graphql';
import { RequestError, type RequestErrorCode } from '../../platform/errors';
import { SubgraphError, type SubgraphAnswer } from '../subgraph';
import { fault } from './fault';
import { isDeeperThan } from './safe-json';

/** Enough to say what is wrong with an answer; more would be somebody's work for us. */
const mostErrors = 50;
const longestPath = 100;
/** Operations end at a tenth of it; the rest is for free JSON, which has to be written down again. */
const mostLevels = 200;

/** Codes that tell a client what it can do about a partner's refusal, with our sentence for each. */
const passedOn: Partial<Record<RequestErrorCode, string>> = {
  BAD_USER_INPUT: 'This part of the graph does not take a value it was given.',
  UNAUTHENTICATED: 'This part of the graph needs to know who asks.',
  FORBIDDEN: 'This part of the graph is not for the caller.',
  NOT_FOUND: 'This part of the graph knows nothing of that id or key.',
  THROTTLED: 'This part of the graph has been asked too often; try again later.',
};

/**
 * A partner's GraphQL response as an answer. Nothing of its errors is kept but a place and, where it is
 * one of those a client can act on, the code. Throws SubgraphError for what is no response.
 */
export function readAnswer(subgraph: string, value: unknown): SubgraphAnswer {
  if (!isObject(value) || isDeeperThan(mostLevels, value)) throw fault(subgraph, 'malformed');
  const { data = null, errors = [] } = value;
  if (data !== null && !isObject(data)) throw fault(subgraph, 'malformed');
  if (errors !== null && !Array.isArray(errors)) throw fault(subgraph, 'malformed');
  const read = readErrors(subgraph, errors ?? []);
  if (data === null && read.length === 0) throw fault(subgraph, 'empty');
  return { data, errors: read };
}

/** The first errors of a partner, in our words. */
export function readErrors(subgraph: string, errors: readonly unknown[]): GraphQLError[] {
  return errors.slice(0, mostErrors).map((error) => {
    const path = isObject(error) ? pathOf(error['path']) : undefined;
    const originalError = refusalOf(subgraph, error);
    return new GraphQLError(originalError.message, { path, originalError });
  });
}

function refusalOf(subgraph: string, error: unknown): RequestError {
  const extensions = isObject(error) ? error['extensions'] : undefined;
  const code = isObject(extensions) ? extensions['code'] : undefined;
  const known = typeof code === 'string' && Object.hasOwn(passedOn, code);
  if (!known) return fault(subgraph, 'answered');
  const passed = code as RequestErrorCode;
  return new RequestError(passed, passedOn[passed], { subgraph });
}

/** A place in an answer: names and positions. Anything else might be a text to be shown. */
function pathOf(path: unknown): (string | number)[] | undefined {
  if (!Array.isArray(path) || path.length > longestPath) return undefined;
  return path.every(isStep) ? path : undefined;
}

function isStep(step: unknown): step is string | number {
  if (typeof step === 'number') return Number.isSafeInteger(step) && step >= 0;
  return typeof step === 'string' && /^[_A-Za-z]\w{0,200}$/.test(step);
}

/** Whether it is what braces make in JSON. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What an answer that only refuses stops a request with. */
export function stopOf(subgraph: string, { errors }: Pick<SubgraphAnswer, 'errors'>): Error {
  const first = errors[0]?.originalError;
  return first instanceof RequestError ? first : new SubgraphError(subgraph, 'answered');
}
