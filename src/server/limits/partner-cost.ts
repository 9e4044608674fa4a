import {
  getNamedType,
  getNullableType,
  isInterfaceType,
  isLeafType,
  isListType,
  isObjectType,
  Kind,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import type { ComplexityEstimatorArgs } from 'graphql-query-complexity';
import { RequestError } from '../../platform/errors';
import { defaultPageSize } from '../../platform/graphql/connection';
import { mutationCost } from '../../platform/graphql/cost-directives';

type AnyField = GraphQLField<unknown, unknown>;

/** `@listSize`, as a subgraph says it. */
interface ListSize {
  assumedSize?: number;
  slicingArguments?: readonly string[];
  sizedFields?: readonly string[];
  requireOneSlicingArgument?: boolean;
}

/** Whether a field is answered by somebody else; what it costs is then theirs to say. */
export function isPartners(field: AnyField): boolean {
  return 'subgraph' in field.extensions;
}

/**
 * Reckons fields of partners by their `@cost` and `@listSize`: a field costs its weight, or that of its
 * type, 1 for an object and 10 for a mutation; a list its size times what it selects of an item. Where
 * a page of another type is asked for, the lists right below have its size. A list of which nothing
 * is known holds a page of 20.
 */
export class PartnerCosts {
  private static readonly known = new WeakMap<GraphQLSchema, PartnerCosts>();
  private readonly sized: ReadonlySet<AnyField>;

  private constructor(private readonly schema: GraphQLSchema) {
    this.sized = fieldsSizedAbove(schema);
  }

  static of(schema: GraphQLSchema): PartnerCosts {
    const costs = PartnerCosts.known.get(schema) ?? new PartnerCosts(schema);
    PartnerCosts.known.set(schema, costs);
    return costs;
  }

  /** Throws RequestError BAD_USER_INPUT when not exactly one argument says how long a list is that needs one. */
  cost(args: ComplexityEstimatorArgs): number {
    const { field, type, childComplexity: below } = args;
    const named = getNamedType(field.type);
    const weight = weightOf(field);
    const ofItem = weightOf(named) ?? (isLeafType(named) ? 0 : 1);
    const size = this.sizeOf(args);
    const ofArguments = argumentsCost(args);
    if (size !== null && isList(field)) {
      return ofArguments + (weight ?? this.rootCost(type)) + size * (ofItem + below);
    }
    const own = weight ?? Math.max(ofItem, this.rootCost(type));
    return ofArguments + own + (size === null ? below : size * Math.max(below, 1));
  }

  private rootCost(type: GraphQLNamedType): number {
    if (type === this.schema.getMutationType()) return mutationCost;
    return type === this.schema.getQueryType() ? 1 : 0;
  }

  /** How many items the field asks for; null when that is not its to say. */
  private sizeOf({ field, args, node }: ComplexityEstimatorArgs): number | null {
    const listSize = listSizeOf(field);
    if (listSize === undefined && this.sized.has(field)) return null;
    if (listSize === undefined && !isList(field) && !takesFirst(field)) return null;
    const { slicingArguments = listSize === undefined ? ['first'] : [] } = listSize ?? {};
    const given = slicingArguments.filter((path) => typeof valueAt(args, path) === 'number');
    const written = given.filter((path) => isWritten(field, node, path, valueAt(args, path)));
    const slicing = written.length > 0 ? written : given;
    const needsOne = listSize !== undefined && listSize.requireOneSlicingArgument !== false;
    if (needsOne && slicingArguments.length > 0 && slicing.length !== 1) {
      throw new RequestError(
        'BAD_USER_INPUT',
        `${field.name} takes exactly one of ${slicingArguments.join(', ')}.`,
      );
    }
    const sizes = slicing.map((path) => Number(valueAt(args, path)));
    const size = sizes.length > 0 ? Math.max(...sizes) : listSize?.assumedSize;
    return Math.max(size ?? defaultPageSize, 1);
  }
}

/** The lists whose length the field above them has said. */
function fieldsSizedAbove(schema: GraphQLSchema): Set<AnyField> {
  const sized = new Set<AnyField>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const page = getNamedType(field.type);
      if (isList(field) || (!isObjectType(page) && !isInterfaceType(page))) continue;
      const below = Object.values(page.getFields()).filter(isList);
      const names = listSizeOf(field)?.sizedFields;
      if (names === undefined && !takesFirst(field)) continue;
      for (const list of below) if (names?.includes(list.name) ?? true) sized.add(list);
    }
  }
  return sized;
}

function argumentsCost({ field, args }: ComplexityEstimatorArgs): number {
  return field.args
    .filter((argument) => args[argument.name] != null)
    .reduce((sum, argument) => sum + (weightOf(argument) ?? 0), 0);
}

/** A weight below nothing would pay for something else. */
function weightOf({ extensions }: { extensions: Readonly<object> }): number | undefined {
  const { cost } = extensions as { cost?: unknown };
  return typeof cost === 'number' && Number.isFinite(cost) ? Math.max(cost, 0) : undefined;
}

function listSizeOf(field: AnyField): ListSize | undefined {
  return field.extensions['listSize'] as ListSize | undefined;
}

function takesFirst(field: AnyField): boolean {
  return field.args.some((argument) => argument.name === 'first');
}

function isList(field: AnyField): boolean {
  return isListType(getNullableType(field.type));
}

/** Whether the client has said it, in a variable or not, instead of leaving it to the default. */
function isWritten(field: AnyField, node: FieldNode, path: string, value: unknown): boolean {
  const [name] = path.split('.');
  const argument = node.arguments?.find((one) => one.name.value === name);
  if (argument?.value.kind !== Kind.VARIABLE) return argument !== undefined;
  return field.args.find((one) => one.name === name)?.defaultValue !== value;
}

/** `input.page.first` is a path into an input object. */
function valueAt(values: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce((value, name) => (value as Record<string, unknown> | null | undefined)?.[name], values);
}
