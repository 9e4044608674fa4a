import {
  HeaderMap,
  type ApolloServerPlugin,
  type GraphQLRequestContextDidResolveOperation,
  type GraphQLRequestContextResponseForOperation,
  type GraphQLRequestContextWillSendResponse,
  type GraphQLResponse,
} from '@apollo/server';
import { GraphQLError, type ExecutionResult, type GraphQLFormattedError } from 'graphql';
import { uuidv7 } from 'uuidv7';
import type { Graph } from '../gateway';
import type { Caller } from '../platform/auth/caller';
import { RequestError, requestErrorCodes, type RequestErrorCode } from '../platform/errors';
import { checkAccess } from '../platform/graphql/access';
import { formatErrors } from '../platform/graphql/format-error';
import type { Limits } from '../platform/limits';
import type { FormattedErrors } from './apollo';
import type { Charge, CostBuckets } from './cost-buckets';
import { retryAfter } from './json-errors';
import { RememberedCosts } from './limits/remembered-costs';
import type { Metrics } from './metrics';
import { readingWell } from './reading-well';
import type { Served } from './served';

/** What the plugin needs of the server it works in. */
export interface OperationParts {
  graph: Graph;
  limits: Limits;
  buckets: CostBuckets;
  metrics: Metrics;
  formatted: FormattedErrors;
}

type Resolved = GraphQLRequestContextDidResolveOperation<Served>;
type Answering = GraphQLRequestContextWillSendResponse<Served>;

/**
 * Stands between a valid document and its execution: access, cost, bucket, in that order. And between
 * execution and answer: errors in our form, at most as many as the limit, and the status they ask for.
 */
export function operationPlugin(parts: OperationParts): ApolloServerPlugin<Served> {
  const costs = new RememberedCosts(parts.graph.schema, parts.limits);
  return {
    async requestDidStart() {
      let charge: Charge | null = null;
      let thrown: readonly unknown[] = [];
      return {
        async didResolveOperation(request) {
          charge = admit(request, parts, costs);
        },
        async responseForOperation(request) {
          const { response, errors } = await answer(request, parts);
          thrown = errors;
          return response;
        },
        async didEncounterErrors({ errors, contextValue }) {
          const shown = formatErrors(errors, parts.limits, contextValue.log, () => uuidv7());
          errors.forEach((error, at) => parts.formatted.set(error, shown[at] ?? { message: '' }));
        },
        async willSendResponse(request) {
          settle(request, parts, charge, request.errors ?? thrown);
        },
      };
    },
  };
}

function admit(
  request: Resolved,
  { limits, buckets }: OperationParts,
  costs: RememberedCosts,
): Charge | null {
  const { document, operation, schema, contextValue } = request;
  const { caller, served } = contextValue;
  checkAccess(schema, document, request.request.operationName, caller);
  if (operation === undefined) throw new RequestError('OPERATION_RESOLUTION_FAILURE');
  const cost = costs.of(document, operation, request.request.variables);
  if (cost === null) return null;
  if (cost.weighed > limits.operationCost) throw new RequestError('OPERATION_TOO_COMPLEX');
  return buckets.charge(payerOf(contextValue), served.address, cost.charged);
}

/** Has the graph run the operation in place of Apollo Server, which then only sends what is answered. */
async function answer(
  request: GraphQLRequestContextResponseForOperation<Served>,
  { graph, limits }: OperationParts,
): Promise<{ response: GraphQLResponse; errors: readonly unknown[] }> {
  const { document, source, operation, contextValue } = request;
  const { operationName, variables } = request.request;
  const asked = { document, source, operationName, variables, context: contextValue };
  const { showsPlan } = contextValue.served;
  const execute = async (): Promise<
    Pick<ExecutionResult, 'data'> & { errors?: readonly unknown[] }
  > => graph.execute({ ...asked, showsPlan }).catch((error: unknown) => ({ errors: [error] }));
  const result = await readingWell(contextValue, operation.operation, execute);
  const { errors, ...singleResult } = result;
  const shown = errors && formatErrors(errors, limits, contextValue.log, () => uuidv7());
  const response: GraphQLResponse = {
    http: { status: undefined, headers: new HeaderMap() },
    body: {
      kind: 'single',
      singleResult: shown ? { ...singleResult, errors: shown } : singleResult,
    },
  };
  return { response, errors: errors ?? [] };
}

/** A router that asks without a caller's key (for the SDL) has shown its secret: it is no stranger. */
function payerOf({ caller, served }: Served): Caller {
  const isRouter = caller.kind === 'anonymous' && served.endpoint === 'subgraph';
  return isRouter ? { kind: 'platform' } : caller;
}

function settle(
  request: Answering,
  { limits, metrics }: OperationParts,
  charge: Charge | null,
  errors: readonly unknown[],
): void {
  const { response, contextValue, operation } = request;
  if (response.body.kind !== 'single') return;
  const result = response.body.singleResult;
  const shown = result.errors?.slice(0, limits.errorsReturned);
  const { endpoint, showsCost } = contextValue.served;
  metrics.operation(endpoint, operation?.operation ?? 'none', codeOf(shown?.[0]) ?? 'OK');
  if (shown === undefined) {
    if (charge !== null && showsCost) result.extensions = { ...result.extensions, cost: charge };
    return;
  }
  result.errors = shown;
  const failure = failureOf(result.data, shown);
  if (failure === null) return;
  if (result.data !== undefined) result.data = null;
  // Apollo has set a status of its own where HTTP has a finer one than the code.
  const { status = 500 } = response.http;
  if (status < 400 || status >= 500) response.http.status = requestErrorCodes[failure].status;
  const seconds = errors.map(waitAskedBy).find((it) => it !== null);
  if (seconds !== undefined) response.http.headers.set('retry-after', String(seconds));
}

/** The seconds that an error, or what it wraps, asks to wait for. */
function waitAskedBy(error: unknown): number | null {
  const wrapped = error instanceof GraphQLError ? error.originalError : undefined;
  return wrapped === undefined ? retryAfter(error) : waitAskedBy(wrapped);
}

/**
 * The code an answer fails with as a whole: there is no data, or nothing of it is left because each
 * field at the root fell to a fault of ours. Null when part of the answer stands.
 */
function failureOf(
  data: unknown,
  errors: readonly GraphQLFormattedError[],
): RequestErrorCode | null {
  const codes = errors.map((error) => codeOf(error) ?? 'INTERNAL');
  if (data === undefined || data === null) return codes[0] ?? 'INTERNAL';
  const faults = codes.filter((code) => requestErrorCodes[code].status >= 500);
  const empty = Object.values(data).every((value) => value === null);
  return empty && faults.length === codes.length ? (faults[0] ?? null) : null;
}

function codeOf(error: GraphQLFormattedError | undefined): RequestErrorCode | null {
  return (error?.extensions?.['code'] as RequestErrorCode | undefined) ?? null;
}
