import { Field, Float, InputType } from 'type-graphql';
import { userError, type UserErrorShape } from '../../platform/errors';
import { checkText } from '../../platform/text';
import type { CheckScope, FilterKind } from './filter-kind';

@InputType({
  description:
    'A trait of the customer. Of a trait that is a list, one item must meet all that is asked of it.',
})
export class TraitCondition {
  @Field(() => String, { description: 'Name of the trait.' })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'It is this text; a number or boolean as it is written.',
  })
  equals?: string | null;

  @Field(() => [String], { nullable: true, description: 'It is one of these texts.' })
  in?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'This text is part of it, letter by letter; `%`, `_` and `\\` are what they are.',
  })
  contains?: string | null;

  @Field(() => Float, { nullable: true, description: 'It is a number, and at least this one.' })
  atLeast?: number | null;

  @Field(() => Float, { nullable: true, description: 'It is a number, and at most this one.' })
  atMost?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether there is such a trait; false stands alone.',
  })
  exists?: boolean | null;
}

function check(
  { name, exists, ...asked }: TraitCondition,
  { limits }: CheckScope,
  field: string[],
): UserErrorShape | null {
  const given = Object.values(asked).filter((one) => one != null);
  if (given.length === 0 && exists == null) {
    return userError('INVALID_VALUE', field, 'Say what the trait must be.');
  }
  if (exists === false && given.length > 0) {
    return userError('INVALID_VALUE', field, '`exists: false` is alone.');
  }
  if (asked.in?.length === 0) return userError('INVALID_VALUE', field, 'Name at least one value.');
  // Compared as they are, so they are judged and not trimmed.
  for (const text of [name, asked.equals, asked.contains, ...(asked.in ?? [])]) {
    if (text == null) continue;
    const { refusal } = checkText(text, { maxBytes: limits.textBytes, field });
    if (refusal) return refusal;
  }
  return null;
}

/** A condition on what the brand noted about the customer. */
export const trait: FilterKind<TraitCondition> = {
  facet: 'relationship',
  check,
  parts: (asked) => asked.in?.length ?? 0,
  moves: () => false,
  sql({ name, equals, in: values, contains, atLeast, atMost, exists }, scope) {
    const value = `(r.traits -> ${scope.value(name, 'text')})`;
    const there = `coalesce(jsonb_typeof(${value}) <> 'null', false)`;
    if (exists === false) return `NOT ${there}`;
    const text = `(i.v #>> '{}')`;
    const plain = `jsonb_typeof(i.v) IN ('string', 'number', 'boolean')`;
    const number = `CASE WHEN jsonb_typeof(i.v) = 'number' THEN ${text}::numeric END`;
    const asked = [
      ...(equals == null ? [] : [plain, `${text} = ${scope.value(equals, 'text')}`]),
      ...(values == null ? [] : [plain, `${text} = ANY (${scope.value(values, 'text[]')})`]),
      ...(contains == null ? [] : [plain, `strpos(${text}, ${scope.value(contains, 'text')}) > 0`]),
      ...(atLeast == null ? [] : [`${number} >= ${scope.value(String(atLeast), 'numeric')}`]),
      ...(atMost == null ? [] : [`${number} <= ${scope.value(String(atMost), 'numeric')}`]),
    ];
    if (asked.length === 0) return there;
    // In its lax mode a path takes a value that is no list for a list of itself.
    return `EXISTS (SELECT FROM jsonb_path_query(${value}, 'lax $[*]') AS i(v)
      WHERE ${asked.join(' AND ')})`;
  },
};
