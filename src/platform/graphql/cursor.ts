import { RequestError } from '../errors';
import { parseInstant } from './instants';

/**
 * What one part of a cursor may be. Everything a client hands back is checked against it, so that a
 * forged cursor is a bad request and never reaches a statement as a value the database cannot read.
 */
export type CursorKind = 'integer' | 'text' | 'name' | 'uuid' | 'time';

export type CursorParts<Kinds extends readonly CursorKind[]> = {
  -readonly [Index in keyof Kinds]: Kinds[Index] extends 'integer' ? number : string;
};

const version = '1';
const longestCursor = 200;
const cursorPattern = /^[A-Za-z0-9_-]+$/;
const unstorable = /[\0\p{Cs}]/u;
/** As cursors are made: PostgreSQL does not read all that RFC 3339 writes, such as the zone +23:00. */
const timePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/;
/** Of a table or a word of ours. */
const namePattern = /^[a-z_]{1,63}$/;
const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** An opaque cursor for the sort key of a row: whole numbers and strings, in the order of the sort. */
export function encodeCursor(parts: readonly (string | number)[]): string {
  const cursor = version + Buffer.from(JSON.stringify(parts), 'utf8').toString('base64url');
  if (cursor.length > longestCursor) throw new Error('the sort key is too long for a cursor');
  return cursor;
}

/** The parts of a cursor this service made; throws RequestError BAD_USER_INPUT for anything else. */
export function decodeCursor<const Kinds extends readonly CursorKind[]>(
  text: string,
  kinds: Kinds,
): CursorParts<Kinds> {
  const parts = readParts(text);
  if (parts === null || parts.length !== kinds.length) throw malformed();
  if (!parts.every((part, index) => isOfKind(part, kinds[index] as CursorKind))) throw malformed();
  return parts as CursorParts<Kinds>;
}

function malformed(): RequestError {
  return new RequestError('BAD_USER_INPUT', 'after is not a cursor of this list');
}

function readParts(text: string): unknown[] | null {
  if (text.length > longestCursor || !text.startsWith(version) || !cursorPattern.test(text)) {
    return null;
  }
  try {
    const bytes = Buffer.from(text.slice(version.length), 'base64url');
    const parts: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return Array.isArray(parts) ? parts : null;
  } catch {
    return null;
  }
}

function isOfKind(part: unknown, kind: CursorKind): boolean {
  if (kind === 'integer') return Number.isSafeInteger(part);
  if (typeof part !== 'string') return false;
  if (kind === 'uuid') return uuidPattern.test(part);
  if (kind === 'name') return namePattern.test(part);
  if (kind === 'time') return timePattern.test(part) && parseInstant(part) !== null;
  return !unstorable.test(part);
}
