/** Texts that mean themselves inside an array; all ids, numbers and codes are such. */
const plain = /^[\w.:+-]+$/;
const named = /^null$/i;
const special = /["\\]/g;

/**
 * A list of scalars as PostgreSQL writes an array, in UTC and in a tenth of the time the driver takes: a
 * batch sends thousands. Null for a list that holds anything else, which is left to the driver.
 */
export function arrayText(list: readonly unknown[]): string | null {
  let text = '{';
  let written: string | null = null;
  for (let at = 0; at < list.length; at += 1) {
    // Brands, kinds and the moment of the batch stand in most of its rows.
    if (at === 0 || list[at] !== list[at - 1]) written = elementText(list[at]);
    if (written === null) return null;
    text += at === 0 ? written : `,${written}`;
  }
  return `${text}}`;
}

function elementText(value: unknown): string | null {
  switch (typeof value) {
    case 'string':
      if (plain.test(value) && !named.test(value)) return value;
      return `"${value.replace(special, '\\$&')}"`;
    case 'number':
      return String(value);
    case 'boolean':
      return value ? 't' : 'f';
    case 'undefined':
      return 'NULL';
    default:
      if (value === null) return 'NULL';
      if (value instanceof Date) return timeText(value);
      return Buffer.isBuffer(value) ? `"\\\\x${value.toString('hex')}"` : null;
  }
}

/** A year of four digits is all that ISO 8601 and PostgreSQL write alike. */
function timeText(time: Date): string | null {
  const year = time.getUTCFullYear();
  return year > 0 && year < 10_000 ? time.toISOString() : null;
}
