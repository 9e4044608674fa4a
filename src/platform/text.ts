import { RequestError, userError, type UserErrorShape } from './errors';
import type { Limits } from './limits';

/** What a check of outside input gives: the value to store, or the refusal to hand out. */
export type Checked<T> =
  { value: T; refusal?: undefined } | { value?: undefined; refusal: UserErrorShape };

/** Control characters, line separators, and halves of surrogate pairs, which UTF-8 cannot write. */
const unstorable = /[\p{Cc}\p{Cs}\u2028\u2029]/u;
/** Embeddings, overrides and isolates: they make a text read differently from what it is. */
const reordering = /[\u202a-\u202e\u2066-\u2069]/;
const visible = /[^\p{Z}\p{Cf}]/u;

/**
 * One line of text fit to be stored and shown: trimmed, not empty, at most `maxBytes` of UTF-8,
 * without control or bidirectional override characters. Refuses with INVALID_TEXT.
 */
export function checkText(
  value: string,
  { maxBytes, field }: { maxBytes: number; field: string[] },
): Checked<string> {
  const text = value.trim();
  if (unstorable.test(value))
    return refuse('INVALID_TEXT', field, 'Control characters are not allowed.');
  if (reordering.test(value)) {
    return refuse('INVALID_TEXT', field, 'Bidirectional control characters are not allowed.');
  }
  if (!visible.test(text)) return refuse('INVALID_TEXT', field, 'The text must not be empty.');
  if (Buffer.byteLength(text, 'utf8') > maxBytes) {
    return refuse('INVALID_TEXT', field, `The text must be at most ${maxBytes} bytes of UTF-8.`);
  }
  return { value: text };
}

/** Whether a text can be compared with stored ones at all: PostgreSQL's text takes no U+0000, so none is equal. */
export function isComparable(text: string): boolean {
  return !text.includes('\0');
}

function refuse(
  code: UserErrorShape['code'],
  field: string[],
  message: string,
): { refusal: UserErrorShape } {
  return { refusal: userError(code, field, message) };
}

type JsonLimits = Pick<Limits, 'traitKeys' | 'traitDepth' | 'traitBytes'>;

/** Keys that reach an object's prototype in code less careful than ours. */
const dangerousKeys = new Set(['__proto__', 'constructor', 'prototype']);
/** PostgreSQL's jsonb takes neither. */
const notJsonb = /[\0\p{Cs}]/u;

/**
 * A JSON object fit to be stored: at most `traitKeys` keys over all levels, `traitDepth` levels of
 * objects and lists (the object itself is the first), `traitBytes` bytes of JSON. Refuses with
 * LIMIT_EXCEEDED, INVALID_TEXT or INVALID_VALUE.
 */
export function checkJsonObject(
  value: Record<string, unknown>,
  limits: JsonLimits,
  field: string[],
): Checked<Record<string, unknown>> {
  const walk = { keys: 0, limits, field };
  const refusal = refusalOf(value, 1, walk);
  if (refusal !== null) return { refusal };
  if (Buffer.byteLength(JSON.stringify(value), 'utf8') > limits.traitBytes) {
    const message = `The object must be at most ${limits.traitBytes} bytes of JSON.`;
    return refuse('LIMIT_EXCEEDED', field, message);
  }
  return { value };
}

interface Walk {
  keys: number;
  limits: JsonLimits;
  field: string[];
}

/** Depth is checked on the way down, so the walk cannot exhaust the stack. */
function refusalOf(value: unknown, depth: number, walk: Walk): UserErrorShape | null {
  if (value === null || typeof value === 'boolean') return null;
  if (typeof value === 'string') return textRefusal(value, walk);
  if (typeof value === 'number' && Number.isFinite(value)) return null;
  if (typeof value !== 'object') return userError('INVALID_VALUE', walk.field);
  if (depth > walk.limits.traitDepth) {
    const message = `The object must be at most ${walk.limits.traitDepth} levels deep.`;
    return userError('LIMIT_EXCEEDED', walk.field, message);
  }
  if (Array.isArray(value)) return firstRefusal(value, depth, walk);
  return objectRefusal(value, depth, walk);
}

function objectRefusal(value: object, depth: number, walk: Walk): UserErrorShape | null {
  const keys = Object.keys(value);
  walk.keys += keys.length;
  if (walk.keys > walk.limits.traitKeys) {
    const message = `The object must have at most ${walk.limits.traitKeys} keys.`;
    return userError('LIMIT_EXCEEDED', walk.field, message);
  }
  for (const key of keys) {
    if (dangerousKeys.has(key)) return userError('INVALID_VALUE', walk.field);
    const refusal = textRefusal(key, walk);
    if (refusal !== null) return refusal;
  }
  return firstRefusal(Object.values(value), depth, walk);
}

function firstRefusal(values: unknown[], depth: number, walk: Walk): UserErrorShape | null {
  for (const value of values) {
    const refusal = refusalOf(value, depth + 1, walk);
    if (refusal !== null) return refusal;
  }
  return null;
}

function textRefusal(text: string, walk: Walk): UserErrorShape | null {
  return notJsonb.test(text) ? userError('INVALID_TEXT', walk.field) : null;
}

const idempotencyKey = /^[\x20-\x7e]{8,200}$/;

/**
 * Throws RequestError BAD_USER_INPUT unless the key is 8 to 200 printable ASCII characters: without
 * a usable key a write has nothing to be remembered by, so the request may not run at all.
 */
export function checkIdempotencyKey(key: string): void {
  if (!idempotencyKey.test(key)) {
    throw new RequestError(
      'BAD_USER_INPUT',
      'idempotencyKey must be 8 to 200 printable ASCII characters',
    );
  }
}
