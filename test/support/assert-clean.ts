import { requestErrorCodes, userErrorCodes } from '../../src/platform/errors';

/** What only our inside knows: its sentences, names, places and secrets. */
const inside: Record<string, RegExp> = {
  'a stack': /(?:\n|\\n)\s+at |node_modules|node:internal|\.(?:ts|js):\d+/,
  'a statement': /\bselect\b.*\bfrom\b|\binsert into\b|\bdelete from\b|\bupdate\b.*\bset\b/i,
  'a sentence of PostgreSQL':
    /syntax error at or near|violates .*constraint|invalid input syntax|duplicate key value|Failing row|out of range|relation "|column "|(?:unsupported|invalid) Unicode|byte sequence|current transaction is aborted|permission denied|pg_|SQLSTATE/i,
  'an exception of JavaScript':
    /(?:Type|Range|Reference|Syntax|QueryFailed)Error|Cannot (?:read|set) propert|is not a function|is not iterable|Maximum call stack|Unexpected token|Converting circular/,
  'a library': /typeorm|fastify|FST_|apollo|graphql-js|dataloader|libphonenumber/i,
  'a place':
    /postgres(?:ql)?:\/\/|127\.0\.0\.1|localhost|(?<![\w/])\/(?:home|tmp|usr|root|etc|work)\//,
  'a hint': /did you mean/i,
  markup: /<(?:html|pre|body)/i,
};

const allowedParts = new Set(['message', 'locations', 'path', 'extensions']);
const allowedExtensions = new Set(['code', 'errorId', 'retryable', 'cost']);

interface ShownError {
  message?: unknown;
  extensions?: Record<string, unknown>;
}

/**
 * Throws unless the body of an answer is JSON whose errors are coded and which tells nothing of our
 * inside, neither in errors nor in the sentences of refusals, and repeats none of the canaries. To be
 * held against every answer of a suite.
 */
export function assertClean(body: string, canaries: readonly string[] = []): void {
  for (const canary of canaries) {
    if (body.includes(canary)) throw unclean(`it repeats ${JSON.stringify(canary)}`, body);
  }
  const answer = parsed(body);
  for (const error of answer.errors ?? []) assertError(error, body);
  for (const refusal of refusalsIn(answer.data)) {
    if (!Object.hasOwn(userErrorCodes, refusal.code)) throw unclean('a refusal has no code', body);
    assertSilent(refusal.message, body);
  }
}

interface ParsedAnswer {
  data?: unknown;
  errors?: ShownError[];
}

function parsed(body: string): ParsedAnswer {
  try {
    return JSON.parse(body) as ParsedAnswer;
  } catch {
    throw unclean('it is no JSON', body);
  }
}

function assertError(error: ShownError, body: string): void {
  const { message, extensions = {} } = error;
  const { code, errorId } = extensions;
  if (typeof message !== 'string' || message === '') throw unclean('an error says nothing', body);
  if (typeof code !== 'string' || !Object.hasOwn(requestErrorCodes, code)) {
    throw unclean('an error has no code of the registry', body);
  }
  if (code === 'INTERNAL' && typeof errorId !== 'string') throw unclean('no errorId', body);
  for (const part of Object.keys(error)) {
    if (!allowedParts.has(part)) throw unclean(`an error has the part ${part}`, body);
  }
  for (const part of Object.keys(extensions)) {
    if (!allowedExtensions.has(part)) throw unclean(`an error has the extension ${part}`, body);
  }
  assertSilent(message, body);
}

function assertSilent(sentence: string, body: string): void {
  for (const [what, pattern] of Object.entries(inside)) {
    if (pattern.test(sentence)) throw unclean(`it shows ${what}`, body);
  }
}

interface Refusal {
  code: string;
  message: string;
}

/** All `userErrors` of an answer, however deep; those that were asked for with code and message. */
function refusalsIn(value: unknown): Refusal[] {
  if (typeof value !== 'object' || value === null) return [];
  const found: Refusal[] = [];
  for (const [name, part] of Object.entries(value)) {
    if (name === 'userErrors' && Array.isArray(part)) {
      for (const { code = 'NOT_FOUND', message = '' } of part as Partial<Refusal>[]) {
        found.push({ code, message });
      }
    } else found.push(...refusalsIn(part));
  }
  return found;
}

function unclean(what: string, body: string): Error {
  return new Error(`an answer is not clean: ${what}\n${body.slice(0, 2000)}`);
}
