import fc from 'fast-check';
import { parseValue, type GraphQLScalarType } from 'graphql';
import {
  DateTime,
  EmailAddress,
  JSONObject,
  Mu,
  PhoneNumber,
  ScalarRefusal,
} from '../../../src/platform/graphql/scalars';

function literal(scalar: GraphQLScalarType, text: string): unknown {
  return scalar.parseLiteral(parseValue(text));
}

/** Fails the test when the value is taken; otherwise the message of the refusal. */
function expectRefusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(ScalarRefusal);
    expect((error as ScalarRefusal).extensions).toEqual({ code: 'BAD_USER_INPUT' });
    return (error as ScalarRefusal).message;
  }
  throw new Error('the value was taken');
}

const json = (text: string): unknown => JSON.parse(text);

test('Mu takes every safe integer, as a variable and as a literal, and hands it back (d9)', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (amount) => {
      expect(Mu.parseValue(amount)).toBe(amount + 0);
      expect(literal(Mu, String(amount))).toBe(amount + 0);
      expect(Mu.serialize(amount)).toBe(amount);
      expect(Mu.serialize(BigInt(amount))).toBe(amount + 0);
    }),
  );
});

test('Mu refuses every fraction and every number beyond the safe integers', () => {
  const unsafe = fc.double({ noInteger: true }).map(String);
  const huge = fc.bigInt({ min: 2n ** 53n }).map(String);
  fc.assert(
    fc.property(fc.oneof(unsafe, huge), (text) => {
      expectRefusal(() => Mu.parseValue(Number(text)));
      if (/^-?[0-9.e+-]+$/.test(text)) expectRefusal(() => literal(Mu, text));
    }),
  );
});

test('no literal of Mu is rounded into range: 2^53 + 1 is refused', () => {
  expect(literal(Mu, '9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
  for (const text of ['9007199254740992', '9007199254740993', '-9007199254740993', '1e3', '1.0']) {
    expectRefusal(() => literal(Mu, text));
  }
});

test('Mu refuses strings, booleans, other digits, infinity and structures, and takes -0 as 0', () => {
  for (const value of ['12', '1e3', '١٢', true, null, [1], { amount: 1 }, json('1e400'), 1n]) {
    expectRefusal(() => Mu.parseValue(value));
  }
  for (const text of ['"12"', 'true', 'null', '[1]', 'TWELVE', '{a: 1}']) {
    expectRefusal(() => literal(Mu, text));
  }
  expect(Object.is(Mu.parseValue(-0), 0)).toBe(true);
  expect(Object.is(literal(Mu, '-0'), 0)).toBe(true);
});

test('Mu throws rather than serialise what is no safe integer', () => {
  for (const value of [2 ** 53, 2n ** 53n, -(2n ** 53n), 0.5, '12', NaN, null, true]) {
    expect(() => Mu.serialize(value)).toThrow('no safe integer');
  }
});

const instants = fc.date({
  min: new Date('0001-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
});

test('DateTime reads back what it writes, to the millisecond (d9)', () => {
  fc.assert(
    fc.property(instants, (instant) => {
      const text = DateTime.serialize(instant);
      expect(DateTime.parseValue(text)).toEqual(instant);
      expect(literal(DateTime, JSON.stringify(text))).toEqual(instant);
    }),
  );
});

test('DateTime reads the same instant from any zone', () => {
  const offset = fc.record({
    sign: fc.constantFrom(1, -1),
    minutes: fc.integer({ min: 0, max: 839 }),
  });
  const middle = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(middle, offset, (instant, { sign, minutes }) => {
      const local = new Date(instant.getTime() + sign * minutes * 60_000).toISOString();
      const two = (part: number) => String(part).padStart(2, '0');
      const zone = `${sign > 0 ? '+' : '-'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
      expect(DateTime.parseValue(local.replace('Z', zone))).toEqual(instant);
    }),
  );
});

test('DateTime knows the calendar', () => {
  expect(DateTime.parseValue('2024-02-29T12:00:00Z')).toEqual(new Date('2024-02-29T12:00:00Z'));
  for (const text of ['2026-02-30', '2026-02-29', '1900-02-29', '2026-04-31', '2026-13-01']) {
    expectRefusal(() => DateTime.parseValue(`${text}T12:00:00Z`));
  }
});

test.each([
  '2026-01-01T00:00:00',
  '2026-01-01',
  '2026-01-01 00:00:00Z',
  '2016-12-31T23:59:60Z',
  '2026-01-01T24:00:00Z',
  '2026-01-01T00:60:00Z',
  '+275760-01-01T00:00:00Z',
  '275760-01-01T00:00:00Z',
  '0000-12-31T00:00:00Z',
  '0001-01-01T00:00:00+14:00',
  '9999-12-31T23:59:59-14:00',
  '2026-01-01T00:00:00+24:00',
  '٢٠٢٦-01-01T00:00:00Z',
  '2026-01-01T00:00:00Z\n',
  ' 2026-01-01T00:00:00Z',
  `2026-01-01T00:00:00.${'0'.repeat(100_000)}Z`,
  'yesterday',
  '',
])('DateTime refuses %j', (text) => {
  expectRefusal(() => DateTime.parseValue(text));
  expectRefusal(() => literal(DateTime, JSON.stringify(text)));
});

test('DateTime refuses numbers and other kinds, and serialises only storable instants', () => {
  for (const value of [0, 1e12, true, null, {}, new Date()]) {
    expectRefusal(() => DateTime.parseValue(value));
  }
  expectRefusal(() => literal(DateTime, '2026'));
  for (const value of [new Date(NaN), new Date(8.64e15), 0, null, 'yesterday']) {
    expect(() => DateTime.serialize(value)).toThrow('no storable instant');
  }
});

test.each([EmailAddress, PhoneNumber])('%s takes any string up to 1,000 characters', (scalar) => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      expect(scalar.parseValue(text)).toBe(text);
    }),
  );
  expect(scalar.parseValue('x'.repeat(1000))).toHaveLength(1000);
  expectRefusal(() => scalar.parseValue('x'.repeat(1001)));
  expect(literal(scalar, '" Not judged here "')).toBe(' Not judged here ');
  for (const value of [12, true, null, ['a@b.example'], {}]) {
    expectRefusal(() => scalar.parseValue(value));
  }
  for (const text of ['12', 'NAME', 'null', '["a"]']) expectRefusal(() => literal(scalar, text));
});

test('JSONObject takes every JSON object and changes nothing', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      expect(JSONObject.parseValue(value)).toBe(value);
      expect(JSONObject.serialize(value)).toBe(value);
    }),
  );
});

test('JSONObject keeps an own __proto__ key, from a variable and from a literal', () => {
  const variable = json('{"__proto__": {"admin": true}, "a": 1}');
  const values = [
    JSONObject.parseValue(variable),
    literal(JSONObject, '{__proto__: {admin: true}, a: 1}'),
  ] as Record<string, unknown>[];
  for (const value of values) {
    expect(Object.keys(value)).toEqual(['__proto__', 'a']);
    expect(value['admin']).toBeUndefined();
  }
  expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
});

test('JSONObject refuses lists, strings, numbers, dates and null', () => {
  for (const value of [[], 'text', 1, true, null, new Date(), new Map()]) {
    expectRefusal(() => JSONObject.parseValue(value));
  }
  for (const text of ['[]', '"{}"', '1', 'null', 'ENUM', '{a: ENUM}', '{a: [{b: ENUM}]}']) {
    expectRefusal(() => literal(JSONObject, text));
  }
});

test('JSONObject takes 100 levels and refuses more, however many there are', () => {
  const nested = (levels: number): unknown =>
    json(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);
  const listed = (levels: number): unknown =>
    json(`{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`);
  for (const made of [nested, listed]) {
    const deepest = made(100);
    expect(JSONObject.parseValue(deepest)).toBe(deepest);
    for (const levels of [101, 10_000, 100_000]) {
      expectRefusal(() => JSONObject.parseValue(made(levels)));
    }
  }
  const text = (levels: number): string =>
    `{a: ${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
  expect(literal(JSONObject, text(100))).toBeDefined();
  expectRefusal(() => literal(JSONObject, text(101)));
});

test('JSONObject refuses a number beyond the largest, which JSON can write and not read', () => {
  for (const text of ['{"a":1e400}', '{"a":[{"b":-1e400}]}']) {
    expectRefusal(() => JSONObject.parseValue(json(text)));
  }
  for (const text of ['{a: 1e400}', '{a: [{b: -1e400}]}']) {
    expectRefusal(() => literal(JSONObject, text));
  }
});

test('JSONObject refuses a literal integer that would be rounded', () => {
  expect(literal(JSONObject, '{a: 9007199254740991}')).toEqual({ a: Number.MAX_SAFE_INTEGER });
  expectRefusal(() => literal(JSONObject, '{a: 9007199254740993}'));
});

test('no refusal repeats the value', () => {
  const secret = 'hunter2hunter2';
  const scalars = [Mu, DateTime, JSONObject];
  for (const scalar of scalars) {
    expect(expectRefusal(() => scalar.parseValue(secret))).not.toContain(secret);
    expect(expectRefusal(() => literal(scalar, `"${secret}"`))).not.toContain(secret);
  }
  const long = secret.repeat(100);
  for (const scalar of [EmailAddress, PhoneNumber]) {
    expect(expectRefusal(() => scalar.parseValue(long))).not.toContain(secret);
  }
});
