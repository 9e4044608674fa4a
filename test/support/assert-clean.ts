import { requestErrorCodes, userErrorCodes } from '../../src/platform/errors';

/** What only our inside knows; no sentence of an answer may speak of it. */
const inside: Record<string, RegExp> = {
  'a statement': /\bselect\b[^]*\bfrom\b|\binsert into\b|\bdelete from\b|\bupdate\b[^]*\bset\b/i,
  'the database': new RegExp(
    [
      'duplicate key',
      'violates .*constraint',
      'violates row-level security',
      '(?:relation|column|constraint|function|role|table|database) "',
      'syntax error at or near',
      'invalid input syntax',
      'out of range for type',
      'Failing row',
      'SQLSTATE',
      'deadlock detected',
      'canceling statement',
      'current transaction is aborted',
      'terminating connection',
      'server closed the connection',
      'permission denied',
      'byte sequence for encoding',
      'Unicode (?:escape|high surrogate)',
      '\\bpg_',
    ].join('|'),
    'i',
  ),
  'a library':
    /typeorm|fastify|FST_|apollo|graphql-js|dataloader|libphonenumber|QueryFailedError|DatabaseError/i,
  'a socket': /\bE(?:CONN[A-Z]+|PIPE|NOTFOUND|TIMEDOUT|AI_AGAIN)\b|getaddrinfo/,
  'a place':
    /postgres(?:ql)?:\/\/|\b127\.0\.0\.1\b|\blocalhost\b|(?<![\w/])\/(?:home|tmp|usr|root|etc|srv|work)\//,
  'a file': /node_modules|node:internal|\.(?:ts|js):\d+/,
  'a stack': /\n\s*at |\bat \S+ \(\S+:\d+:\d+\)/,
  JavaScript:
    /\b(?:Type|Range|Reference)Error\b|SyntaxError|Cannot (?:read|set) propert|is not a function|is not iterable|Maximum call stack|Unexpected token|Converting circular|\[object Object\]|\bundefined\b/,
  'what might be': /did you mean/i,
  markup: /<(?:html|pre|body)/i,
};

/** An answer as a client reads it. */
export interface Body {
  data?: unknown;
  errors?: readonly unknown[];
}

export interface Expectations {
  /** Secrets and addresses that may stand nowhere in an answer. */
  canaries?: readonly string[];
  /** What the client sent: no refusal may hand it back. */
  sent?: unknown;
}

/** Long enough not to be a word of an ordinary sentence. */
const shortestEcho = 12;

/** What is unclean about an answer; nothing, one hopes. */
export function findUnclean(body: Body, { canaries = [], sent }: Expectations = {}): string[] {
  const errors = body.errors ?? [];
  const refusals = userErrorsIn(body.data);
  const sentences = [...errors, ...refusals].map(textOf);
  const whole = JSON.stringify(body);
  const echoes = stringsIn(sent).filter((text) => text.length >= shortestEcho);
  return [
    ...sentences.flatMap((text) => spokenOf(text).map((what) => `speaks of ${what}: ${text}`)),
    ...echoes.flatMap((echo) =>
      sentences
        .filter((text) => text.includes(echo))
        .map((text) => `repeats what was sent: ${text}`),
    ),
    ...canaries.filter((canary) => whole.includes(canary)).map((canary) => `holds ${canary}`),
    ...errors.flatMap((error) => wrongCode(requestErrorCodes, codeOf(error), error)),
    ...refusals.flatMap((refusal) => {
      const { code } = refusal as { code?: unknown };
      return code === undefined ? [] : wrongCode(userErrorCodes, code, refusal);
    }),
  ];
}

/**
 * Throws unless an answer is clean: every refusal has a code of the registry, and none tells of SQL, a
 * stack, a file, a host, a secret, or what the client itself had sent. Takes an answer or its JSON; a
 * mere list of expectations means canaries.
 */
export function assertClean(
  body: Body | string,
  expectations: Expectations | readonly string[] = {},
): void {
  const answer = typeof body === 'string' ? (JSON.parse(body) as Body) : body;
  const unclean = findUnclean(
    answer,
    'length' in expectations ? { canaries: expectations } : expectations,
  );
  if (unclean.length > 0) throw new Error(`an answer is not clean\n${unclean.join('\n')}`);
}

function spokenOf(text: string): string[] {
  return Object.entries(inside).flatMap(([what, pattern]) => (pattern.test(text) ? [what] : []));
}

/** All that a client reads of a refusal, but not where in its own document it points to. */
function textOf(refusal: unknown): string {
  const { message, extensions, field } = refusal as Record<string, unknown>;
  return [message, ...stringsIn(extensions), ...stringsIn(field)].join('\n');
}

function codeOf(error: unknown): unknown {
  return (error as { extensions?: { code?: unknown } }).extensions?.code;
}

function wrongCode(registry: object, code: unknown, refusal: unknown): string[] {
  if (typeof code === 'string' && Object.hasOwn(registry, code)) return [];
  return [`has no code of the registry: ${textOf(refusal)}`];
}

function userErrorsIn(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'userErrors' && Array.isArray(inner) ? (inner as unknown[]) : userErrorsIn(inner),
  );
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}
