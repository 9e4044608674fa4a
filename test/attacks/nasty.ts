import fc from 'fast-check';
import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  type GraphQLInputType,
} from 'graphql';

/** Texts that have broken somebody's code before. */
const classics = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'a\udc00',
  '\ud83d\ud83d',
  '\uffff',
  '\ufeff',
  '\u202etxt.exe',
  'İı',
  'ﬀ',
  "'; DROP TABLE brands; --",
  "' OR '1'='1",
  '\\',
  "\\'",
  '$1',
  '${7*7}',
  '{{7*7}}',
  '%00',
  '%s%n',
  '_%',
  '{"a":1}',
  '{NULL}',
  'NULL',
  'null',
  'undefined',
  'NaN',
  '-Infinity',
  '__proto__',
  'constructor',
  'toString',
  '../../etc/passwd',
  '<script>',
  'javascript:alert(1)',
  '0x10',
  '1e400',
  '-0',
  '９',
  '٣',
  '9'.repeat(400),
  'a'.repeat(3000),
  '𝒳'.repeat(600),
  '\r\nx: y',
  '\u2028',
];

const moments = [
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '9999-12-31T23:59:59-12:00',
  '0000-01-01T00:00:00Z',
  '2026-02-30T00:00:00Z',
  '2016-12-31T23:59:60Z',
  '2026-01-01T24:00:00Z',
  '2026-01-01T00:00:00+23:59',
  '2026-01-01T00:00:00',
  '2026-01-01',
  '+275760-09-13T00:00:00Z',
  '-000001-01-01T00:00:00Z',
  'infinity',
  'epoch',
  'now',
];

const letters = Array.from('0123456789abcdefghjkmnpqrstvwxyz');
const dialled = Array.from('+0123456789 ()-.ext;=');

/** Something that looks like an id of some kind, or nearly. */
const idLike = fc
  .tuple(
    fc.constantFrom(
      'cus',
      'brd',
      'msg',
      'trf',
      'key',
      'att',
      'red',
      'itm',
      'ent',
      'rul',
      'xyz',
      '',
    ),
    fc.string({ unit: fc.constantFrom(...letters, 'i', 'U', '-'), minLength: 24, maxLength: 28 }),
  )
  .map(([prefix, suffix]) => `${prefix}_${suffix}`);

const anyText = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 300 }) },
  { weight: 3, arbitrary: fc.constantFrom(...classics) },
  { weight: 1, arbitrary: idLike },
  { weight: 1, arbitrary: fc.emailAddress() },
  {
    weight: 1,
    arbitrary: fc.array(fc.constantFrom(...classics), { maxLength: 4 }).map((all) => all.join('')),
  },
);

/** Marks a text that `rawJson` writes without quotes: numbers that JSON can say and JavaScript cannot. */
const raw = '#raw:';

/** The JSON of a value, with the numbers that only a hand can write. */
export function rawJson(value: unknown): string {
  return JSON.stringify(value).replace(/"#raw:([^"]*)"/g, '$1');
}

const anyNumber = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(
    -1,
    0,
    1,
    2 ** 31,
    -(2 ** 31) - 1,
    10 ** 15,
    10 ** 15 + 1,
    2 ** 53,
    1e300,
    5e-324,
  ),
  fc
    .constantFrom('1e400', '-1e400', '9007199254740993', '1E2', '-0', '1.0')
    .map((one) => raw + one),
);

const anyJson = fc.oneof(
  fc.dictionary(anyText, fc.oneof(anyText, anyNumber, fc.boolean(), fc.constant(null)), {
    maxKeys: 5,
  }),
  fc.object({ key: anyText, values: [anyText, anyNumber], maxDepth: 6, withNullPrototype: false }),
  fc.integer({ min: 1, max: 300 }).map((levels): object => {
    let value: object = {};
    for (let level = 0; level < levels; level += 1)
      value = level % 2 === 0 ? [value] : { a: value };
    return { value };
  }),
);

/** Values of the wrong JSON type altogether. */
const anything = fc.oneof(
  anyText,
  anyNumber,
  fc.boolean(),
  fc.constant(null),
  fc.array(anyText, { maxLength: 3 }),
  anyJson,
);

const byType: Record<string, fc.Arbitrary<unknown>> = {
  String: anyText,
  ID: fc.oneof(idLike, anyText),
  EmailAddress: fc.oneof(fc.emailAddress(), anyText),
  PhoneNumber: fc.oneof(fc.string({ unit: fc.constantFrom(...dialled), maxLength: 45 }), anyText),
  DateTime: fc.oneof(
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    fc.constantFrom(...moments),
    anyText,
  ),
  JSONObject: anyJson,
  Mu: anyNumber,
  Int: anyNumber,
  Float: anyNumber,
  Boolean: fc.boolean(),
};

/** A value for a place of this type: mostly of its JSON type, never with good intent. */
export function nastyValue(type: GraphQLInputType): fc.Arbitrary<unknown> {
  const named = getNamedType(type);
  let one: fc.Arbitrary<unknown>;
  if (isEnumType(named)) {
    one = fc.oneof(fc.constantFrom(...named.getValues().map(({ name }) => name)), anyText);
  } else if (isInputObjectType(named)) one = anyJson;
  else one = byType[named.name] ?? anything;
  const fitting = isListType(getNullableType(type)) ? fc.array(one, { maxLength: 4 }) : one;
  return fc.oneof({ weight: 6, arbitrary: fitting }, { weight: 1, arbitrary: anything });
}
