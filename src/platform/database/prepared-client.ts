import { createHash } from 'node:crypto';
import { Client, types, type ClientConfig } from 'pg';
import { arrayText } from './array-text';
import { isStalePlan } from './errors';

/** Statement texts are constants of the code; a number beyond this means somebody builds SQL. */
const mostStatements = 1000;
const names = new Map<string, string>();
let generation = 0;

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= mostStatements) return undefined;
  const name = `ar_${createHash('sha1').update(text).digest('hex').slice(0, 20)}_${generation}`;
  names.set(text, name);
  return name;
}

/**
 * The next version has changed a table beneath this one, and what was prepared before answers no more:
 * from now on every statement of every connection has a new name, and so is planned once again.
 */
function renameAll(): void {
  generation += 1;
  names.clear();
}

/** BIGINT as a JavaScript number; the schema keeps every such column within ±(2^53 − 1). */
function parseBigint(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error('bigint outside the exact range of a number');
  return value;
}

const int8 = 20;
const date = 1082;

/** Type parsers of this service: exact integers, and dates as plain text rather than local midnights. */
export const exactTypes = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
    if (oid === int8) return parseBigint;
    if (oid === date) return (value) => value;
    return types.getTypeParser(oid, format) as (value: string) => unknown;
  },
};

/** Lists are written here, quicker than by the driver. */
function asParameter(value: unknown): unknown {
  return Array.isArray(value) ? (arrayText(value) ?? value) : value;
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
      const sent = send({ text, values: values.map(asParameter), name }, ...rest);
      if (sent instanceof Promise) {
        sent.catch((error: unknown) => {
          if (isStalePlan(error) && names.get(text) === name) renameAll();
        });
      }
      return sent;
    };
    this.query = prepared as unknown as Client['query'];
  }
}
