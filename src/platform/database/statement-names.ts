import { createHash } from 'node:crypto';
import { isStalePlan } from './errors';

/** Statement texts are constants of the code; a number beyond this means somebody builds SQL. */
const mostStatements = 1000;
const names = new Map<string, string>();
let generation = 0;

/** The name a text is prepared under on every connection; undefined where there are too many texts. */
export function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= mostStatements) return undefined;
  const name = `ar_${createHash('sha1').update(text).digest('hex').slice(0, 20)}_${generation}`;
  names.set(text, name);
  return name;
}

/**
 * Looks at why a prepared statement failed. Where the next version has changed a table beneath this one,
 * what was prepared before answers no more: from now on every statement of every connection has a new
 * name, and so is planned once again.
 */
export function noteFailure(error: unknown, text: string, name: string | undefined): void {
  if (!isStalePlan(error) || names.get(text) !== name) return;
  generation += 1;
  names.clear();
}
