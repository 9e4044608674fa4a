import { getNamedType, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import type { Dump } from '../support/dump';
import { selectAll } from '../support/select-all';
import type { Data } from '../support/test-service';

const documents = new Map<string, string>();

/** A mutation that asks for what its payload tells, but for what is read live and so differs each time. */
export function documentOf(schema: GraphQLSchema, mutation: string): string {
  const known = documents.get(mutation);
  if (known !== undefined) return known;
  const field = (schema.getMutationType() as GraphQLObjectType).getFields()[mutation]!;
  const live = ['Brand.budget', 'Brand.reserved', 'ReferralProgram.reserved'];
  const everything = selectAll(schema, getNamedType(field.type).name, 1, live);
  const input = String(field.args[0]?.type);
  const document = `mutation ($input: ${input}) { ${mutation}(input: $input) ${everything} }`;
  documents.set(mutation, document);
  return document;
}

/** What an answer says, whoever and whatever it is about. */
export function plain(payload: Data | null): unknown {
  const text = JSON.stringify(payload, (name, value: unknown) =>
    [
      'token',
      'apiKey',
      'secret',
      'expiresAt',
      'code',
      'address',
      'cursor',
      'startCursor',
      'endCursor',
      'commitment',
      'seed',
    ].includes(name) && typeof value === 'string'
      ? name
      : value,
  );
  return JSON.parse(
    text
      .replace(/\b[a-z]{3}_[0-9a-z]{26}\b/g, 'id')
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'moment')
      .replace(/name-\d+/g, 'name'),
  ) as unknown;
}

/** How many rows each table has more. */
export function growth(before: Dump, after: Dump): Record<string, number> {
  return Object.fromEntries(
    Object.entries(after).map(([table, { rows }]) => [table, rows - (before[table]?.rows ?? 0)]),
  );
}
