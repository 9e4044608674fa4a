import { registerEnumType } from 'type-graphql';

/** The names of a record as an enum of GraphQL whose descriptions are the sentences. */
export function enumOf<Name extends string>(
  name: string,
  description: string,
  values: Record<Name, string>,
): { [One in Name]: One } {
  const entries = Object.entries(values) as [Name, string][];
  const names = Object.fromEntries(entries.map(([one]) => [one, one])) as { [One in Name]: One };
  const valuesConfig = Object.fromEntries(
    entries.map(([one, text]) => [one, { description: text }]),
  );
  registerEnumType(names, { name, description, valuesConfig: valuesConfig as never });
  return names;
}
