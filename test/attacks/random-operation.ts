import type { GeneratorValue } from 'fast-check';
import fc from 'fast-check';
import {
  getNamedType,
  isAbstractType,
  isLeafType,
  isRequiredArgument,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { nastyValue } from './nasty';
import { validArguments, type Facts } from './samples';

/** An operation that fits the schema, and its variables. */
export interface RandomOperation {
  document: string;
  variables: Record<string, unknown>;
}

/** Makes values for places of a type; one a type, because fast-check tells draws apart by their makers. */
const makers = new Map<string, () => fc.Arbitrary<unknown>>();

function makerOf(argument: GraphQLArgument): () => fc.Arbitrary<unknown> {
  const name = String(argument.type);
  const maker = makers.get(name) ?? (() => nastyValue(argument.type));
  makers.set(name, maker);
  return maker;
}

interface Draft {
  schema: GraphQLSchema;
  facts: Facts;
  pick: GeneratorValue;
  declared: string[];
  variables: Record<string, unknown>;
  /** Fields that may still be selected. */
  left: number;
  /** Share of arguments, in percent, with values made to break something. */
  nasty: number;
}

const levels = 6;

/**
 * Draws an operation of at most six levels from a schema: root fields, mostly such as the caller may
 * run, any arguments, any selections, fragments and aliases included. Arguments are variables.
 */
export function randomOperation(
  schema: GraphQLSchema,
  facts: Facts,
  pick: GeneratorValue,
  may: (rootField: string) => boolean,
): RandomOperation {
  const nasty = pick(fc.constantFrom, 0, 0, 10, 50);
  const draft: Draft = { schema, facts, pick, declared: [], variables: {}, left: 35, nasty };
  const operation = pick(fc.constantFrom, 'query' as const, 'query' as const, 'mutation' as const);
  const root = operation === 'query' ? schema.getQueryType() : schema.getMutationType();
  const count = pick(fc.integer, { min: 1, max: operation === 'query' ? 4 : 2 });
  const every = Object.values((root as GraphQLObjectType).getFields());
  const allowed = every.filter((field) => may(field.name));
  const fields = allowed.length === 0 || pick(fc.nat, 9) === 0 ? every : allowed;
  const selected = Array.from({ length: count }, (_, at) => {
    const field = fields[pick(fc.nat, fields.length - 1)] as (typeof fields)[number];
    return `f${at}: ${selectField(draft, field, levels)}`;
  });
  const declared = draft.declared.length === 0 ? '' : `(${draft.declared.join(', ')})`;
  return {
    document: `${operation} ${declared} { ${selected.join(' ')} }`,
    variables: draft.variables,
  };
}

function selectField(draft: Draft, field: GraphQLField<unknown, unknown>, depth: number): string {
  draft.left -= 1;
  const valid = validArguments(
    { operation: 'query', name: field.name, field, alternatives: [], scopes: [] },
    draft.facts,
  );
  const args = field.args.flatMap((argument) => {
    const chance = argument.name === 'first' ? 95 : 40;
    const wanted = isRequiredArgument(argument) || draft.pick(fc.nat, 99) < chance;
    return wanted ? [passArgument(draft, argument, valid[argument.name])] : [];
  });
  const passed = args.length === 0 ? '' : `(${args.join(', ')})`;
  return `${field.name}${passed} ${selectionOf(draft, getNamedType(field.type), depth - 1)}`;
}

function passArgument(draft: Draft, argument: GraphQLArgument, valid: unknown): string {
  const name = `v${draft.declared.length}`;
  const isNasty = draft.pick(fc.nat, 99) < draft.nasty;
  const usual = argument.name === 'first' ? draft.pick(fc.integer, { min: 1, max: 3 }) : valid;
  draft.declared.push(`$${name}: ${String(argument.type)}`);
  draft.variables[name] = isNasty ? draft.pick(makerOf(argument)) : usual;
  return `${argument.name}: $${name}`;
}

function selectionOf(draft: Draft, type: GraphQLNamedType, depth: number): string {
  if (isLeafType(type)) return '';
  const parts = ['__typename'];
  if (isAbstractType(type)) {
    for (const one of draft.schema.getPossibleTypes(type)) {
      if (draft.left > 0 && draft.pick(fc.boolean)) {
        parts.push(`... on ${one.name} ${selectionOf(draft, one, depth)}`);
      }
    }
    return `{ ${parts.join(' ')} }`;
  }
  const fields = Object.values((type as GraphQLObjectType).getFields()).filter(
    (field) => depth > 0 || isLeafType(getNamedType(field.type)),
  );
  if (fields.length === 0) return `{ ${parts.join(' ')} }`;
  const count = draft.pick(fc.integer, { min: 1, max: 4 });
  for (let at = 0; at < count && draft.left > 0; at += 1) {
    const alias = `a${draft.declared.length}_${draft.left}`;
    const field = fields[draft.pick(fc.nat, fields.length - 1)] as (typeof fields)[number];
    const isAliased = field.args.length > 0 || isAbstractOwner(type);
    const text = selectField(draft, field, depth);
    // A field with arguments may be there twice only under two names.
    parts.push(isAliased ? `${alias}: ${text}` : text);
  }
  return draft.pick(fc.boolean) ? `{ ${parts.join(' ')} }` : `{ ... { ${parts.join(' ')} } }`;
}

/** Types that stand beside one another in a union may give one name to fields of two kinds. */
function isAbstractOwner(type: GraphQLNamedType): boolean {
  return 'getInterfaces' in type && (type as GraphQLObjectType).getInterfaces().length > 0;
}
