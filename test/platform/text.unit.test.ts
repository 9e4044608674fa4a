import fc from 'fast-check';
import { defaultLimits } from '../../src/platform/limits';
import { checkIdempotencyKey, checkJsonObject, checkText } from '../../src/platform/text';

const at = { maxBytes: 20, field: ['input', 'name'] };

function textCode(value: string): string | undefined {
  return checkText(value, at).refusal?.code;
}

test('a text comes back trimmed, and checking it again changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (value) => {
      const { value: text } = checkText(value, { ...at, maxBytes: 1000 });
      if (text === undefined) return;
      expect(text).toBe(value.trim());
      expect(checkText(text, { ...at, maxBytes: 1000 })).toEqual({ value: text });
    }),
  );
});

test('whatever the string, the check answers and what it lets through can be written as UTF-8', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (value) => {
      const { value: text, refusal } = checkText(value, at);
      expect((text === undefined) !== (refusal === undefined)).toBe(true);
      if (text === undefined) return;
      expect(Buffer.from(text, 'utf8').toString('utf8')).toBe(text);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(at.maxBytes);
      expect(text).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
    }),
  );
});

test('people write in every script, with joined emoji and marks of direction', () => {
  for (const text of ['Ζωή', '山田 太郎', 'नमस्ते', 'أحمد', 'שלום\u200f', '👩‍👩‍👧', 'e\u0301']) {
    expect(checkText(text, at)).toEqual({ value: text });
  }
});

test.each([
  ['a NUL', 'a\0b'],
  ['a lone high surrogate', 'a\ud83d'],
  ['a lone low surrogate', '\ude00a'],
  ['a line break', 'a\nb'],
  ['a line break at the end', 'a\n'],
  ['a tab', 'a\tb'],
  ['a C1 control', 'a\u0085b'],
  ['a line separator', 'a\u2028b'],
  ['an escape', 'a\u001b[31m'],
  ['a right-to-left override', 'exe\u202egpj'],
  ['an isolate', 'a\u2066b'],
  ['nothing', ''],
  ['spaces only', ' \u00a0\u3000'],
  ['invisible characters only', '\u200b\u2060\ufeff'],
])('a text with %s is refused with its field and without its value', (_what, value) => {
  const { refusal } = checkText(value, at);
  expect(refusal).toMatchObject({ code: 'INVALID_TEXT', field: ['input', 'name'] });
  expect(refusal?.message).toMatch(/^[A-Z][A-Za-z0-9 -]+\.$/);
});

test('the limit counts bytes of UTF-8 after trimming', () => {
  expect(textCode('é'.repeat(10))).toBeUndefined();
  expect(textCode(` ${'é'.repeat(10)} `)).toBeUndefined();
  expect(textCode('é'.repeat(10) + 'a')).toBe('INVALID_TEXT');
});

const field = ['input', 'traits'];
const limits = { ...defaultLimits, traitKeys: 6, traitDepth: 3, traitBytes: 100 };

function jsonCode(text: string): string | undefined {
  return checkJsonObject(JSON.parse(text) as Record<string, unknown>, limits, field).refusal?.code;
}

test('a JSON object within the limits comes back as it is', () => {
  const value = { name: 'Zoë', tags: ['a', null, true, -1.5], home: { city: 'Pune' }, '': 0 };
  expect(checkJsonObject(value, limits, field).value).toBe(value);
});

test('whatever the JSON, the check answers a value or a refusal', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), (value) => {
      const checked = checkJsonObject(value, limits, field);
      expect(checked.value ?? checked.refusal.field).toBe(checked.value ? value : field);
    }),
  );
});

test('keys that reach a prototype are refused at any depth', () => {
  for (const key of ['__proto__', 'constructor', 'prototype']) {
    expect(jsonCode(`{"${key}": 1}`)).toBe('INVALID_VALUE');
    expect(jsonCode(`{"a": [{"${key}": {}}]}`)).toBe('INVALID_VALUE');
  }
  expect(jsonCode('{"a": "__proto__"}')).toBeUndefined();
});

test('keys are counted over all levels: as many as the limit and not one more', () => {
  expect(jsonCode('{"a":1,"b":[{"c":1,"d":1}],"e":{"f":1}}')).toBeUndefined();
  expect(jsonCode('{"a":1,"b":[{"c":1,"d":1}],"e":{"f":1,"g":1}}')).toBe('LIMIT_EXCEEDED');
});

test('levels are counted through objects and lists: as deep as the limit and not one more', () => {
  expect(jsonCode('{"a":[{"b":1}]}')).toBeUndefined();
  expect(jsonCode('{"a":[{"b":[]}]}')).toBe('LIMIT_EXCEEDED');
  expect(jsonCode(`{"a":${'['.repeat(60_000)}${']'.repeat(60_000)}}`)).toBe('LIMIT_EXCEEDED');
});

test('bytes are counted as JSON in UTF-8: as many as the limit and not one more', () => {
  expect(jsonCode(JSON.stringify({ a: 'é'.repeat(46) }))).toBeUndefined();
  expect(jsonCode(JSON.stringify({ a: 'é'.repeat(46) + 'b' }))).toBe('LIMIT_EXCEEDED');
});

test('NUL and lone surrogates are refused in keys and in texts', () => {
  for (const text of ['{"a":"\\u0000"}', '{"a\\u0000":1}', '{"a":["\\ud800"]}', '{"\\udc00":1}']) {
    expect(jsonCode(text)).toBe('INVALID_TEXT');
  }
  expect(jsonCode('{"a":"line\\nbreak 😀"}')).toBeUndefined();
});

test('numbers that are not finite and things that are no JSON are refused', () => {
  expect(jsonCode('{"a":1e400}')).toBe('INVALID_VALUE');
  for (const a of [NaN, undefined, 1n, () => 1]) {
    expect(checkJsonObject({ a }, limits, field).refusal?.code).toBe('INVALID_VALUE');
  }
});

test('an idempotency key is 8 to 200 printable ASCII characters', () => {
  const badInput = expect.objectContaining({ code: 'BAD_USER_INPUT' }) as Error;
  for (const key of ['12345678', 'x'.repeat(200), ' key with ~ and ! ']) {
    expect(() => checkIdempotencyKey(key)).not.toThrow();
  }
  for (const key of [
    '',
    '1234567',
    'x'.repeat(201),
    'key-ключ',
    'key\tkey8',
    'key-key8\n',
    'key\0key8',
  ]) {
    expect(() => checkIdempotencyKey(key)).toThrow(badInput);
  }
});
