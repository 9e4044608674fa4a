import {
  getNamedType,
  getNullableType,
  GraphQLError,
  isInputObjectType,
  isLeafType,
  isListType,
  Kind,
  type DocumentNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import {
  fieldExtensionsEstimator,
  getComplexity,
  type ComplexityEstimatorArgs,
} from 'graphql-query-complexity';
import { RequestError } from '../../platform/errors';
import { defaultPageSize } from '../../platform/graphql/connection';
import { mutationCost } from '../../platform/graphql/cost-directives';
import type { Limits } from '../../platform/limits';
import { isPartners, PartnerCosts } from './partner-cost';

/** What an operation is reckoned to cost, in points: about one for every object of the answer. */
export interface OperationCost {
  /** Charged to the caller's bucket: a list in the input counts item by item. */
  charged: number;
  /** Held against the ceiling of one operation: a list in the input counts once, it has its own limit. */
  weighed: number;
}

const declared = fieldExtensionsEstimator();

/**
 * Reckons what an operation of a valid document would cost with these variables. An object costs 1 and
 * its plain values nothing, since they come with its row; a mutation costs 10; a field may declare
 * another `complexity`. A list with `first` costs its page size times what it selects of an item, at
 * least 1. At the root, a list in the input multiplies the field. Fields of partners cost what they say. Answers null when the variables do
 * not fit, which execution refuses.
 * Throws RequestError OPERATION_TOO_COMPLEX for more selections than can be reckoned, BAD_USER_INPUT
 * for a list in the input above the limit and for arguments that do not fit.
 */
export function operationCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown> | undefined,
  limits: Limits,
): OperationCost | null {
  const estimator = new Estimator(schema, limits);
  const fragments = document.definitions.filter((it) => it.kind === Kind.FRAGMENT_DEFINITION);
  try {
    const charged = getComplexity({
      schema,
      query: { kind: Kind.DOCUMENT, definitions: [operation, ...fragments] },
      variables,
      estimators: [(args) => estimator.cost(args)],
      maxQueryNodes: limits.tokens * 5,
    });
    return { charged, weighed: charged - estimator.forListItems };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    if (error.nodes?.[0]?.kind === Kind.VARIABLE_DEFINITION) return null;
    throw new RequestError(error.nodes === undefined ? 'OPERATION_TOO_COMPLEX' : 'BAD_USER_INPUT');
  }
}

class Estimator {
  /** The part of the cost that comes from items of input lists beyond the first. */
  forListItems = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly limits: Limits,
  ) {}

  cost(args: ComplexityEstimatorArgs): number {
    const { field, type } = args;
    const cost = isPartners(field)
      ? PartnerCosts.of(this.schema).cost(args)
      : this.costOfOurs(args);
    if (!this.isRoot(type)) return cost;
    const most = this.limits[listLimitOf(field)];
    const items = Math.max(this.inputItems(field.args, args.args, { most, levels: 1 }), 1);
    this.forListItems += cost * (items - 1);
    return cost * items;
  }

  private costOfOurs(args: ComplexityEstimatorArgs): number {
    const { field } = args;
    const paged = field.args.some((argument) => argument.name === 'first');
    const childComplexity = paged
      ? this.pageSize(args.args['first']) * Math.max(args.childComplexity, 1)
      : args.childComplexity;
    const known = declared({ ...args, childComplexity });
    return typeof known === 'number' ? known : this.ownCost(args) + childComplexity;
  }

  private isRoot(type: GraphQLNamedType): boolean {
    return type === this.schema.getQueryType() || type === this.schema.getMutationType();
  }

  private ownCost({ type, field }: ComplexityEstimatorArgs): number {
    if (type === this.schema.getMutationType()) return mutationCost;
    if (this.isRoot(type)) return 1;
    const named = getNamedType(field.type);
    // An edge and its node are one row.
    const isEnvelope = named.name === 'PageInfo' || type.name.endsWith('Edge');
    return isLeafType(named) || isEnvelope ? 0 : 1;
  }

  /** A page size outside the limits is the resolver's to refuse; here it must only not mislead. */
  private pageSize(first: unknown): number {
    const asked = typeof first === 'number' ? first : defaultPageSize;
    return Math.min(Math.max(asked, 1), this.limits.pageSize);
  }

  /** Items of the lists among these arguments and, one level down, in their input objects. */
  private inputItems(
    inputs: readonly (GraphQLArgument | GraphQLInputField)[],
    values: Record<string, unknown>,
    { most, levels }: { most: number; levels: number },
  ): number {
    let items = 0;
    for (const input of inputs) {
      const value = values[input.name];
      const named = getNamedType(input.type);
      if (Array.isArray(value) && isListType(getNullableType(input.type))) {
        // Representations come from a router and have a limit of their own.
        if (named.name !== '_Any' && value.length > most) {
          throw new RequestError('BAD_USER_INPUT', `A list holds at most ${most}.`);
        }
        items += value.length;
      } else if (levels > 0 && isInputObjectType(named) && isRecord(value)) {
        const below = Object.values(named.getFields());
        items += this.inputItems(below, value, { most, levels: levels - 1 });
      }
    }
    return items;
  }
}

/** Which limit lists in the input of a root field have: its own, if it declares one. */
function listLimitOf(field: GraphQLField<unknown, unknown>): keyof Limits {
  const own = field.extensions['listLimit'] as keyof Limits | undefined;
  return own ?? 'listInput';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
