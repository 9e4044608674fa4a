import { oidOf, type ListType } from './list-types';

/** Writes one element behind the length it has; false for a value the type has no form for here. */
type Writer = (value: unknown) => boolean;

// One place to write in, as long as the longest list so far; what is sent is a copy.
let bytes = Buffer.allocUnsafe(1 << 16);
let view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
let end = 0;

const headerBytes = 20;
const longestKept = 1 << 22;

/**
 * A list as PostgreSQL takes it in binary. It reads ids, numbers and times so in a tenth of the time it takes
 * for their texts, which were a seventh of what it did for a batch. Null for a list with anything that is not
 * written here; the text of the list then tells PostgreSQL what it is.
 */
export function arrayBinary(list: readonly unknown[], type: ListType): Buffer | null {
  end = 0;
  room(headerBytes);
  view.setInt32(0, list.length === 0 ? 0 : 1);
  view.setInt32(4, 0);
  view.setInt32(8, oidOf(type));
  view.setInt32(12, list.length);
  view.setInt32(16, 1);
  end = list.length === 0 ? 12 : headerBytes;
  const written = writeAll(list, writers[type]);
  const binary = written ? Buffer.from(bytes.subarray(0, end)) : null;
  if (bytes.length > longestKept) grow(1 << 16);
  return binary;
}

function writeAll(list: readonly unknown[], write: Writer): boolean {
  let start = 0;
  for (let at = 0; at < list.length; at += 1) {
    const value = list[at];
    // Brands, kinds and the moment of the batch stand in most of its rows.
    if (at > 0 && value === list[at - 1]) {
      const length = end - start;
      room(length);
      bytes.copyWithin(end, start, end);
      start = end;
      end += length;
      continue;
    }
    start = end;
    room(64);
    if (value === null || value === undefined) {
      view.setInt32(4, 1);
      view.setInt32(end, -1);
      end += 4;
    } else if (!write(value)) return false;
  }
  return true;
}

function room(length: number): void {
  if (end + length > bytes.length) grow(Math.max(bytes.length * 2, end + length));
}

function grow(length: number): void {
  const longer = Buffer.allocUnsafe(length);
  bytes.copy(longer, 0, 0, Math.min(end, length));
  bytes = longer;
  view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

const writers: Record<ListType, Writer> = {
  uuid: writeUuid,
  text: (value) => typeof value === 'string' && writeText(value, 0),
  json: (value) => typeof value === 'string' && writeText(value, 0),
  jsonb: (value) => typeof value === 'string' && writeText(value, 1),
  bigint: (value) => Number.isSafeInteger(value) && writeBigint(value as number),
  integer: (value) => isWithin(value, 31) && writeInteger(value, 4),
  smallint: (value) => isWithin(value, 15) && writeInteger(value, 2),
  boolean: writeBoolean,
  timestamptz: writeTime,
  float8: writeFloat,
  bytea: writeBytes,
};

const noDigit = 255;
const digits = Uint8Array.from({ length: 128 }, (_, code) => {
  const digit = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(digit) ? noDigit : digit;
});
const hyphen = 45;
const uuidLength = 36;
/** Where the first digit of each byte stands. */
const bytePlaces = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];

function writeUuid(value: unknown): boolean {
  if (typeof value !== 'string' || value.length !== uuidLength) return false;
  for (let place = 8; place < 24; place += 5) {
    if (value.charCodeAt(place) !== hyphen) return false;
  }
  view.setInt32(end, 16);
  end += 4;
  for (let at = 0; at < 16; at += 1) {
    const place = bytePlaces[at] as number;
    const high = digits[value.charCodeAt(place)] ?? noDigit;
    const low = digits[value.charCodeAt(place + 1)] ?? noDigit;
    if (high === noDigit || low === noDigit) return false;
    view.setUint8(end + at, high * 16 + low);
  }
  end += 16;
  return true;
}

/** `version` is the byte that stands before the text of a jsonb; 0 for none. */
function writeText(value: string, version: number): boolean {
  const before = version === 0 ? 0 : 1;
  room(4 + before + value.length * 3);
  const start = end + 4 + before;
  if (before === 1) view.setUint8(end + 4, version);
  const length = bytes.write(value, start);
  view.setInt32(end, before + length);
  end = start + length;
  return true;
}

const word = 2 ** 32;

function writeBigint(value: number): boolean {
  view.setInt32(end, 8);
  view.setInt32(end + 4, Math.floor(value / word));
  view.setUint32(end + 8, value % word);
  end += 12;
  return true;
}

function isWithin(value: unknown, bits: number): value is number {
  return Number.isInteger(value) && Math.abs(value as number) < 2 ** bits;
}

function writeInteger(value: number, length: 2 | 4): boolean {
  view.setInt32(end, length);
  if (length === 4) view.setInt32(end + 4, value);
  else view.setInt16(end + 4, value);
  end += 4 + length;
  return true;
}

function writeBoolean(value: unknown): boolean {
  if (typeof value !== 'boolean') return false;
  view.setInt32(end, 1);
  view.setUint8(end + 4, value ? 1 : 0);
  end += 5;
  return true;
}

const msTo2000 = Date.UTC(2000, 0);

/** Microseconds since 2000, of the centuries in which a number is exact for them. */
function writeTime(value: unknown): boolean {
  if (!(value instanceof Date)) return false;
  const microseconds = (value.getTime() - msTo2000) * 1000;
  return Number.isSafeInteger(microseconds) && writeBigint(microseconds);
}

function writeFloat(value: unknown): boolean {
  if (typeof value !== 'number') return false;
  view.setInt32(end, 8);
  view.setFloat64(end + 4, value);
  end += 12;
  return true;
}

function writeBytes(value: unknown): boolean {
  if (!Buffer.isBuffer(value)) return false;
  room(4 + value.length);
  view.setInt32(end, value.length);
  value.copy(bytes, end + 4);
  end += 4 + value.length;
  return true;
}
