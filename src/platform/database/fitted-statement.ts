/** Texts are constants of the code, and each is sent with few kinds of values; more means somebody builds SQL. */
const mostTexts = 5000;

/** By text, and then by the kinds of its values. */
const fitted = new Map<string, Map<string, string>>();
let known = 0;

const single = '1';
const absent = '-';
const given = '+';

/**
 * A statement as PostgreSQL plans it once for all such values. It makes a plan of its own for each execution
 * as long as that looks cheaper, and planning takes these statements longer than running; while it does not
 * know how many keys a list has, or whether a filter is given, it always looks cheaper. So the text says it:
 * a list of one key is that key, and a filter that is not given is none. The values stay as they are.
 */
export function fitStatement(text: string, values: readonly unknown[]): string {
  let kind = '';
  for (const value of values) kind += kindOf(value);
  const ofText = fitted.get(text);
  const fit = ofText?.get(kind);
  if (fit !== undefined) return fit;
  if (known >= mostTexts) return text;
  known += 1;
  const made = rewrite(text, kind);
  if (ofText === undefined) fitted.set(text, new Map([[kind, made]]));
  else ofText.set(kind, made);
  return made;
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return absent;
  return Array.isArray(value) && value.length === 1 && !Array.isArray(value[0]) ? single : given;
}

/** A parameter with its type, such as `$3::uuid[]`; its number is a group. */
const parameter = String.raw`\$(\d+)::\w+(?:\[\])?`;
const list = String.raw`\$\d+::\w+\[\]`;
const lists = new RegExp(
  String.raw`\bunnest\((${list}(?:,\s*${list})*)\)(\s+WITH ORDINALITY)?(?=\s+AS\s+\w+\s*\()`,
  'g',
);
const anyOf = /= ANY \((\$(\d+)::\w+\[\])\)/g;
// Behind a bracket, where nothing but the bracket's end limits how far OR reaches.
const unlessGiven = new RegExp(String.raw`(?<=\(\s*)(${parameter} IS NULL) OR\b`, 'g');
const whenGiven = new RegExp(String.raw`\bWHEN (${parameter} IS NOT NULL) THEN\b`, 'g');

function rewrite(text: string, kind: string): string {
  const is = (number: string, wanted: string): boolean => kind[Number(number) - 1] === wanted;
  return text
    .replace(lists, (whole, items: string, ordinality: string | undefined) => {
      const columns = items.split(/,\s*/);
      if (!columns.every((item) => is(/\d+/.exec(item)?.[0] ?? '', single))) return whole;
      const ordinal = ordinality === undefined ? [] : ['1::bigint'];
      return `(SELECT ${[...columns.map((item) => `(${item})[1]`), ...ordinal].join(', ')})`;
    })
    .replace(anyOf, (whole, item: string, number: string) =>
      is(number, single) ? `= (${item})[1]` : whole,
    )
    .replace(unlessGiven, (_, test: string, number: string) =>
      is(number, absent) ? `${test} OR true OR` : `false AND ${test} OR`,
    )
    .replace(whenGiven, (_, test: string, number: string) =>
      is(number, absent) ? `WHEN false AND ${test} THEN` : `WHEN true OR ${test} THEN`,
    );
}
