import { createHash } from 'node:crypto';
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
    encode: (uuid) => encode(prefix, uuid),
    decode: (text) => decode(prefix, text),
  };
}

const base32 = '0123456789abcdefghjkmnpqrstvwxyz';
const hexDigits = 32;

/** As TypeID writes it, in a quarter of its time: an answer has dozens of ids. */
function encode(prefix: string, uuid: string): string {
  let text = `${prefix}_`;
  // Twenty-six digits of five bits are two bits more than a UUID has.
  let [bits, kept, read] = [0, 2, 0];
  for (let at = 0; at < uuid.length; at += 1) {
    const digit = hexValue(uuid.charCodeAt(at));
    if (digit < 0) continue;
    read += 1;
    bits = (bits << 4) | digit;
    kept += 4;
    if (kept < 5) continue;
    kept -= 5;
    text += base32.charAt(bits >> kept);
    bits &= (1 << kept) - 1;
  }
  // What is no UUID is for the library to refuse.
  return read === hexDigits ? text : TypeID.fromUUID(prefix, uuid).toString();
}

/** Of a digit as PostgreSQL writes it; less than 0 for anything else. */
function hexValue(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  return code >= 97 && code <= 102 ? code - 87 : -1;
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

/** A UUID (version 8) that is always the same for the same parts, and says nothing of them. */
export function derivedUuid(...parts: string[]): string {
  const bytes = createHash('sha256').update(parts.join(' ')).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Scope of things that belong to the operator and to no tenant. */
export const nilUuid = '00000000-0000-0000-0000-000000000000';
