import {
  GraphQLError,
  GraphQLScalarType,
  Kind,
  valueFromASTUntyped,
  type ValueNode,
} from 'graphql';
import { isStorable, parseInstant } from './instants';

const longestContact = 1000;
/** Far above what any field stores; code that walks a value by calling itself is safe below it. */
const deepestJson = 100;

/** A value from outside that a scalar refuses. Its message never repeats the value. */
export class ScalarRefusal extends GraphQLError {
  constructor(message: string, nodes?: ValueNode) {
    super(message, { nodes, extensions: { code: 'BAD_USER_INPUT' } });
  }
}

function asMu(value: unknown, node?: ValueNode): number {
  if (Number.isSafeInteger(value)) return (value as number) + 0;
  throw new ScalarRefusal('Mu must be a whole number within ±(2^53 − 1)', node);
}

/** An amount of Mu. No rounding can make a value valid: what lies beyond ±(2^53 − 1) stays beyond. */
export const Mu = new GraphQLScalarType<number, number>({
  name: 'Mu',
  description: 'An amount of Mu (µ): a whole number, written as a JSON integer within ±(2^53 − 1).',
  parseValue: (value) => asMu(value),
  parseLiteral: (node) => asMu(node.kind === Kind.INT ? Number(node.value) : null, node),
  serialize: (value) => {
    const amount = typeof value === 'bigint' ? Number(value) : value;
    if (!Number.isSafeInteger(amount)) throw new Error('an amount of Mu is no safe integer');
    return amount as number;
  },
});

function asInstant(value: unknown, node?: ValueNode): Date {
  const instant = typeof value === 'string' ? parseInstant(value) : null;
  if (instant !== null) return instant;
  throw new ScalarRefusal('DateTime must be an RFC 3339 date and time with a zone', node);
}

/** An instant; JavaScript's Date in resolvers. */
export const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description:
    'An instant as RFC 3339 writes it: date, time and zone are required, the years are 1 to 9999. ' +
    'Answers are in UTC with milliseconds; finer fractions of a second are cut off.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  parseValue: (value) => asInstant(value),
  parseLiteral: (node) => asInstant(node.kind === Kind.STRING ? node.value : null, node),
  serialize: (value) => {
    const instant = typeof value === 'string' ? new Date(value) : value;
    if (!(instant instanceof Date) || !isStorable(instant)) throw new Error('no storable instant');
    return instant.toISOString();
  },
});

function contactScalar(name: string, description: string): GraphQLScalarType<string, string> {
  const asContact = (value: unknown, node?: ValueNode): string => {
    if (typeof value === 'string' && value.length <= longestContact) return value;
    throw new ScalarRefusal(
      `${name} must be a string of at most ${longestContact} characters`,
      node,
    );
  };
  return new GraphQLScalarType<string, string>({
    name,
    description,
    parseValue: (value) => asContact(value),
    parseLiteral: (node) => asContact(node.kind === Kind.STRING ? node.value : null, node),
    serialize: (value) => {
      if (typeof value !== 'string') throw new Error(`${name} must be a string`);
      return value;
    },
  });
}

/** An e-mail address as the client wrote it; commands canonicalise and judge it. */
export const EmailAddress = contactScalar(
  'EmailAddress',
  'An e-mail address. In inputs any string of at most 1,000 characters is taken and brought into ' +
    'canonical form; one that is no address is refused by the field with the code INVALID_EMAIL. ' +
    'Answers hold the canonical form.',
);

/** A phone number as the client wrote it; commands canonicalise and judge it. */
export const PhoneNumber = contactScalar(
  'PhoneNumber',
  'A phone number with its country code. In inputs any string of at most 1,000 characters is taken ' +
    'and brought into E.164 form; one that is no number is refused by the field with the code ' +
    'INVALID_PHONE. Answers are in E.164 form, such as +919820012345.',
);

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** What is wrong with a value that came as JSON, or null: depth, and numbers such as 1e400. */
function faultOf(value: unknown, levels: number): string | null {
  if (value === Infinity || value === -Infinity) return 'must hold finite numbers only';
  if (typeof value !== 'object' || value === null) return null;
  if (levels === 0) return `must be at most ${deepestJson} levels deep`;
  for (const part of Object.values(value)) {
    const fault = faultOf(part, levels - 1);
    if (fault !== null) return fault;
  }
  return null;
}

function asJsonObject(value: unknown, node?: ValueNode): Record<string, unknown> {
  if (!isPlainObject(value)) throw new ScalarRefusal('JSONObject must be a JSON object', node);
  const fault = faultOf(value, deepestJson);
  if (fault === null) return value;
  throw new ScalarRefusal(`JSONObject ${fault}`, node);
}

/** Enum values are no JSON, and a whole number that a double cannot hold would be changed silently. */
function isJsonLiteral(node: ValueNode): boolean {
  if (node.kind === Kind.LIST) return node.values.every(isJsonLiteral);
  if (node.kind === Kind.OBJECT) return node.fields.every(({ value }) => isJsonLiteral(value));
  if (node.kind === Kind.INT) return Number.isSafeInteger(Number(node.value));
  return node.kind !== Kind.ENUM;
}

function jsonObjectLiteral(
  node: ValueNode,
  variables: Record<string, unknown> | null | undefined,
): Record<string, unknown> {
  if (node.kind !== Kind.OBJECT) return asJsonObject(null, node);
  if (!isJsonLiteral(node)) throw new ScalarRefusal('JSONObject must hold JSON values only', node);
  return asJsonObject(valueFromASTUntyped(node, variables), node);
}

/**
 * Any JSON object. Keys are kept exactly as sent, `__proto__` included, as own keys: what may be
 * stored is judged by `checkJsonObject`.
 */
export const JSONObject = new GraphQLScalarType<Record<string, unknown>, Record<string, unknown>>({
  name: 'JSONObject',
  description: 'A JSON object. A field that takes one says how large and how deep it may be.',
  parseValue: (value) => asJsonObject(value),
  parseLiteral: jsonObjectLiteral,
  serialize: (value) => {
    if (!isPlainObject(value)) throw new Error('not a JSON object');
    return value;
  },
});
