import { Client, types, type ClientConfig } from 'pg';
import { arrayBinary } from './array-binary';
import { arrayText } from './array-text';
import { listTypesOf, type ListType } from './list-types';
import { nameOf, noteFailure } from './statement-names';

/** BIGINT as a JavaScript number; the schema keeps every such column within ±(2^53 − 1). */
function parseBigint(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error('bigint outside the exact range of a number');
  return value;
}

const int8 = 20;
const date = 1082;
const timestamptz = 1184;

const parseAnyTime = types.getTypeParser(timestamptz, 'text') as (text: string) => unknown;
const shortestTime = '2026-11-22 10:11:12+00'.length;

/**
 * An instant as a session in UTC is sent it, to the millisecond, in a quarter of the time the driver takes:
 * a page has dozens. What is written otherwise (infinity, before Christ, other zones) is left to the driver.
 */
function parseTime(text: string): unknown {
  const { length } = text;
  const year = numberAt(text, 0) * 100 + numberAt(text, 2);
  const usual = length >= shortestTime && text.charAt(4) === '-' && text.charAt(10) === ' ';
  if (!usual || !text.endsWith('+00') || year < 100) return parseAnyTime(text);
  let ms = 0;
  for (let at = 20, unit = 100; at < length - 3 && unit >= 1; at += 1, unit /= 10) {
    ms += digitAt(text, at) * unit;
  }
  const [month, day] = [numberAt(text, 5) - 1, numberAt(text, 8)];
  const [hour, minute, second] = [numberAt(text, 11), numberAt(text, 14), numberAt(text, 17)];
  return new Date(Date.UTC(year, month, day, hour, minute, second, ms));
}

function numberAt(text: string, at: number): number {
  return digitAt(text, at) * 10 + digitAt(text, at + 1);
}

function digitAt(text: string, at: number): number {
  return text.charCodeAt(at) - 48;
}

/** Type parsers of this service: exact integers, and dates as plain text rather than local midnights. */
export const exactTypes = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
    if (oid === int8) return parseBigint;
    if (oid === date) return (value) => value;
    if (oid === timestamptz) return parseTime;
    return types.getTypeParser(oid, format) as (value: string) => unknown;
  },
};

/** The values of a statement; lists are written here, quicker for both sides than by the driver. */
export function asParameters(text: string, values: readonly unknown[]): unknown[] {
  const types = listTypesOf(text);
  return values.map((value, at) => (Array.isArray(value) ? listOf(value, types[at]) : value));
}

function listOf(list: readonly unknown[], type: ListType | undefined): unknown {
  return (type === undefined ? null : arrayBinary(list, type)) ?? arrayText(list) ?? list;
}

type Query = (...args: unknown[]) => unknown;

/**
 * A pg client that prepares every parameterised statement under a name derived from its text, so
 * that the whole service, TypeORM included, plans each statement once per connection.
 */
export class PreparedClient extends Client {
  constructor(config?: ClientConfig) {
    super(config);
    const send = super.query.bind(this) as unknown as Query;
    const prepared: Query = (text, values, ...rest) => {
      if (typeof text !== 'string' || !Array.isArray(values) || values.length === 0) {
        return send(text, values, ...rest);
      }
      const name = nameOf(text);
      const sent = send({ text, values: asParameters(text, values), name }, ...rest);
      if (sent instanceof Promise) sent.catch((error: unknown) => noteFailure(error, text, name));
      return sent;
    };
    this.query = prepared as unknown as Client['query'];
  }
}
