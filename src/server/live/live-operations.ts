import {
  getOperationAST,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
} from 'graphql';
import type { IncomingHttpHeaders } from 'node:http';
import { uuidv7 } from 'uuidv7';
import type { Graph, GraphRequest } from '../../gateway';
import type { Caller } from '../../platform/auth/caller';
import { RequestError, UnavailableError } from '../../platform/errors';
import { checkAccess } from '../../platform/graphql/access';
import { formatErrors } from '../../platform/graphql/format-error';
import type { CostBuckets } from '../cost-buckets';
import { operationCost } from '../limits/operation-cost';
import { checkShape, chosenOperation, type ShapeReader } from '../limits/shape-limits';
import type { Service } from '../service';
import type { LiveCount } from './live-count';

/** A subscription as it was sent; nothing of it is checked. */
export interface LiveRequest {
  query?: unknown;
  variables?: unknown;
  operationName?: unknown;
}

/** Who asks, as the connection knows it. */
export interface Asker {
  /** The Authorization header, of the request or of the connection's first message. */
  headers: IncomingHttpHeaders;
  address: string;
  requestId: string;
}

/** Results of a subscription, in the form a client gets them. */
export type LiveResults = AsyncGenerator<ExecutionResult, void, void>;

export interface LiveParts {
  service: Service;
  /** What is served now; a subscription stays with the graph it began with. */
  graph: () => Graph;
  count: LiveCount;
  shapes: ShapeReader;
  buckets: CostBuckets;
}

interface Admitted {
  asker: Asker;
  caller: Caller;
  graph: Graph;
  operation: Omit<GraphRequest, 'context'>;
}

/**
 * Runs subscriptions for whatever carries them. Every update is executed as if it were a request of its
 * own: the caller is authenticated and allowed anew, in a fresh context. A stream ends when its key is
 * revoked, its token expires, or its reader falls behind.
 */
export class LiveOperations {
  private readonly started = new Set<LiveResults>();

  constructor(private readonly parts: LiveParts) {}

  /** Subscriptions that are open now. */
  get open(): number {
    return this.parts.count.open;
  }

  /** Starts a subscription. Throws RequestError when it may not run; validation errors are results. */
  async start(asker: Asker, request: LiveRequest): Promise<LiveResults | ExecutionResult> {
    const caller = await this.parts.service.authenticate(asker.headers);
    const admitted = this.admit(asker, caller, request);
    if (!('operation' in admitted)) return admitted;
    const release = this.parts.count.take(caller);
    try {
      const source = await this.source(admitted);
      if (Symbol.asyncIterator in source) return this.results(admitted, source, release);
      release();
      return this.shown(source);
    } catch (error) {
      release();
      throw error;
    }
  }

  /** Ends every subscription, so that the server can stop; their clients come back to another. */
  async hangUp(): Promise<void> {
    await Promise.all([...this.started].map((results) => results.return()));
  }

  /** Throws RequestError for somebody who may start nothing at all. */
  async greet(asker: Asker): Promise<void> {
    const { kind } = await this.parts.service.authenticate(asker.headers);
    if (kind === 'anonymous') throw new RequestError('UNAUTHENTICATED');
  }

  /** An error in the form a client gets it. */
  refusal(error: unknown): GraphQLError {
    const [shown] = this.shown({ errors: [error] }).errors ?? [];
    return new GraphQLError(shown?.message ?? '', { extensions: shown?.extensions });
  }

  private admit(asker: Asker, caller: Caller, request: LiveRequest): Admitted | ExecutionResult {
    const { shapes, service, buckets } = this.parts;
    const graph = this.parts.graph();
    const { schema } = graph;
    const { limits } = service.config;
    const { query, operationName, variables } = readRequest(request);
    const shape = shapes.read(query);
    const document = parsed(query, limits.tokens);
    if (document instanceof GraphQLError) return this.shown({ errors: [document] });
    const operation = getOperationAST(document, operationName);
    const chosen = shape === null ? undefined : chosenOperation(shape, operationName);
    if (operation == null || chosen === undefined) {
      throw new RequestError('OPERATION_RESOLUTION_FAILURE');
    }
    checkShape(chosen, limits);
    if (chosen.type !== 'subscription') {
      throw new RequestError('BAD_REQUEST', 'Only subscriptions are carried here.');
    }
    const most = { maxErrors: limits.errorsReturned - 1 };
    const errors = validate(schema, document, specifiedRules, most);
    if (errors.length > 0) return this.shown({ errors });
    checkAccess(schema, document, operationName, caller);
    const cost = operationCost(schema, document, operation, variables, limits);
    if (cost !== null && cost.weighed > limits.operationCost) {
      throw new RequestError('OPERATION_TOO_COMPLEX');
    }
    buckets.charge(caller, asker.address, cost?.charged ?? 1);
    return {
      asker,
      caller,
      graph,
      operation: { document, source: query, operationName, variables },
    };
  }

  private async source({ asker, caller, graph, operation }: Admitted) {
    const { service } = this.parts;
    const context = service.contextFor(caller, asker.requestId, service.log);
    context.clientHeaders = asker.headers;
    try {
      return await graph.listen({ ...operation, context });
    } finally {
      await context.reads.close();
    }
  }

  /** As a generator, but `return` does not wait for the update that may never come. */
  private results(
    admitted: Admitted,
    source: AsyncIterable<unknown>,
    release: () => void,
  ): LiveResults {
    const iterator = source[Symbol.asyncIterator]();
    const ended = (): void => {
      this.started.delete(results);
      release();
    };
    const updates = this.updates(admitted, iterator, ended);
    const results: LiveResults = {
      next: () => updates.next(),
      throw: (error) => updates.throw(error),
      async return() {
        await iterator.return?.();
        void updates.return();
        // A generator that nobody has begun to read ends without a word.
        ended();
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]: () => results,
      [Symbol.asyncDispose]: async () => {
        await results.return();
      },
    };
    this.started.add(results);
    return results;
  }

  private async *updates(
    admitted: Admitted,
    iterator: AsyncIterator<unknown>,
    ended: () => void,
  ): LiveResults {
    const watch = this.watch(admitted, iterator);
    try {
      for await (const announced of { [Symbol.asyncIterator]: () => iterator }) {
        yield await this.update(admitted, announced);
        if (watch.refusal !== null) break;
      }
      if (watch.refusal !== null) yield this.shown({ errors: [watch.refusal] });
    } catch (error) {
      yield this.shown({ errors: [error] });
    } finally {
      watch.stop();
      ended();
      await iterator.return?.();
    }
  }

  /** Throws when the caller may no longer be told. */
  private async update(
    { asker, graph, operation }: Admitted,
    event: unknown,
  ): Promise<ExecutionResult> {
    const { service } = this.parts;
    const caller = await service.authenticate(asker.headers);
    checkAccess(graph.schema, operation.document, operation.operationName, caller);
    const context = service.contextFor(caller, asker.requestId, service.log);
    context.clientHeaders = asker.headers;
    const { reads } = context;
    const course = reads.steer(caller, false);
    try {
      const shown = this.shown(await graph.update({ ...operation, context }, event));
      if (course === null) return shown;
      // Also where the event said it all: what its reader asks next must know of it.
      await reads.query('SELECT 1');
      return { ...shown, extensions: { position: course.token } };
    } finally {
      await context.reads.close();
    }
  }

  /** Ends the stream when nothing happens but the caller may no longer listen. */
  private watch({ asker, caller, graph, operation }: Admitted, iterator: AsyncIterator<unknown>) {
    const { service } = this.parts;
    const state: { refusal: unknown; stop(): void } = { refusal: null, stop: () => undefined };
    const end = (refusal: unknown): void => {
      state.refusal ??= refusal;
      state.stop();
      void iterator.return?.();
    };
    const check = async (): Promise<void> => {
      const now = await service.authenticate(asker.headers);
      checkAccess(graph.schema, operation.document, operation.operationName, now);
    };
    const every = setInterval(() => {
      check().catch((error: unknown) => {
        if (!(error instanceof UnavailableError)) end(error);
      });
    }, service.config.limits.liveCheckMs);
    const expiresAt = caller.kind === 'customer' ? caller.expiresAt : undefined;
    const left = expiresAt && expiresAt.getTime() - service.clock.now(new Date()).getTime();
    const expiry =
      left === undefined
        ? undefined
        : setTimeout(() => end(new RequestError('UNAUTHENTICATED')), Math.max(0, left));
    state.stop = () => {
      clearInterval(every);
      clearTimeout(expiry);
    };
    return state;
  }

  private shown(result: {
    data?: ExecutionResult['data'];
    errors?: readonly unknown[];
  }): ExecutionResult {
    const { log, config } = this.parts.service;
    if (result.errors === undefined) return { data: result.data ?? null };
    const errors = formatErrors(result.errors, config.limits, log, () => uuidv7());
    const readable = errors as unknown as readonly GraphQLError[];
    return result.data === undefined
      ? { errors: readable }
      : { data: result.data, errors: readable };
  }
}

function parsed(query: string, maxTokens: number): DocumentNode | GraphQLError {
  try {
    return parse(query, { maxTokens });
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

function readRequest({ query, variables, operationName }: LiveRequest) {
  const isObject = typeof variables === 'object' && variables !== null && !Array.isArray(variables);
  if (typeof query !== 'string') throw new RequestError('BAD_REQUEST', 'The document is missing.');
  if (variables != null && !isObject) throw new RequestError('BAD_REQUEST');
  if (operationName != null && typeof operationName !== 'string')
    throw new RequestError('BAD_REQUEST');
  return {
    query,
    operationName: operationName ?? undefined,
    variables: (variables ?? undefined) as Record<string, unknown> | undefined,
  };
}
