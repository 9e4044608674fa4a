import { TypeID } from 'typeid-js';
import { uuidv7 } from 'uuidv7';

/** One kind of public id: a TypeID (`cus_…`) outside, a UUID inside. */
export interface IdKind {
  prefix: string;
  /** A fresh UUID, ordered by time. */
  create(): string;
  encode(uuid: string): string;
  /** The UUID, or null for anything that is not an id of this kind. */
  decode(text: string): string | null;
}

/** Declares an id kind; the prefix is part of the public contract. */
export function idKind(prefix: string): IdKind {
  return {
    prefix,
    create: () => uuidv7(),
    encode: (uuid) => TypeID.fromUUID(prefix, uuid).toString(),
    decode: (text) => decode(prefix, text),
  };
}

function decode(prefix: string, text: string): string | null {
  if (text.length !== prefix.length + 27 || !text.startsWith(`${prefix}_`)) return null;
  try {
    return TypeID.fromString(text, prefix).toUUID();
  } catch {
    return null;
  }
}

/** The prefix of something that looks like a TypeID, or null; for places that take any kind of id. */
export function prefixOf(text: string): string | null {
  const end = text.length - 27;
  return end > 0 && text[end] === '_' ? text.slice(0, end) : null;
}

/** Scope of things that belong to the operator and to no tenant. */
export const nilUuid = '00000000-0000-0000-0000-000000000000';
